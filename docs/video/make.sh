#!/bin/sh
# Draws the slides of first-meeting.html and makes a silent video of them: sh docs/video/make.sh fi OUT.mp4
# Needs Chromium, ffmpeg and the page's packages (its typeface); only who changes the video needs them.
set -eu
language=$1
out=$2
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
n=0
for seconds in 8 11 11 11 11 11 11 10; do
	"${CHROMIUM:-chromium}" --headless --no-sandbox --disable-gpu --hide-scrollbars --allow-file-access-from-files --virtual-time-budget=2000 --window-size=1280,720 \
		--screenshot="$work/$n.png" "file://$here/first-meeting.html#$language-$n" 2>/dev/null
	printf "file '%s/%s.png'\nduration %s\n" "$work" "$n" "$seconds" >>"$work/list"
	n=$((n + 1))
done
echo "file '$work/$((n - 1)).png'" >>"$work/list"
# A picture ten times a second is enough for slides; one to begin from at each change makes them jump there at once.
ffmpeg -v error -y -f concat -safe 0 -i "$work/list" -t 84 -r 10 -c:v libx264 -profile:v baseline -preset veryslow -tune stillimage -crf 30 \
	-pix_fmt yuv420p -g 110 -force_key_frames 8,19,30,41,52,63,74 -movflags +faststart -map_metadata -1 -fflags +bitexact "$out"
