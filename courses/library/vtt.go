package library

import (
	"bytes"
	"errors"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"
)

// cueTime is when a cue is shown; hours may be left out.
var cueTime = regexp.MustCompile(`^(?:([0-9]{2,}):)?([0-5][0-9]):([0-5][0-9])\.([0-9]{3})[ \t]+-->[ \t]+(?:([0-9]{2,}):)?([0-5][0-9]):([0-5][0-9])\.([0-9]{3})(?:[ \t].*)?$`)

// checkCaptions reads WebVTT as browsers do, but for what they forgive: a cue that they would leave out is a mistake. It gives the
// line and what is wrong there; nothing is when the reason is empty. Styles and regions are the page's, not the file's.
func checkCaptions(text []byte, seconds int) (line int, reason string) {
	if !utf8.Valid(text) {
		return 0, "not UTF-8"
	}
	text = bytes.ReplaceAll(bytes.TrimPrefix(text, []byte("\ufeff")), []byte("\r\n"), []byte("\n"))
	lines := strings.Split(string(text), "\n")
	if head, note, _ := strings.Cut(lines[0], " "); head != "WEBVTT" || strings.Contains(note, "-->") {
		return 1, "captions start with a line WEBVTT"
	}
	cues, last := 0, 0
	for at := 1; at < len(lines); {
		if lines[at] == "" {
			at++
			continue
		}
		start := at
		for at < len(lines) && lines[at] != "" {
			at++
		}
		block := lines[start:at]
		if start == 1 {
			return 2, "an empty line comes after WEBVTT"
		}
		if strings.HasPrefix(block[0], "NOTE") && !strings.Contains(block[0], "-->") {
			continue
		}
		times := 0
		if len(block) > 1 && !strings.Contains(block[0], "-->") {
			times = 1 // its name comes first
		}
		line := start + times + 1
		m := cueTime.FindStringSubmatch(block[times])
		if m == nil {
			return line, "here should be when a cue is shown, as 00:01.000 --> 00:04.500"
		}
		from, to := milliseconds(m[1:5]), milliseconds(m[5:9])
		switch {
		case to <= from:
			return line, "the cue ends before it begins"
		case from < last:
			return line, "the cue begins before the one above it"
		case seconds > 0 && to > (seconds+1)*1000:
			return line, "the cue ends after the video"
		case strings.TrimSpace(strings.Join(block[times+1:], "")) == "":
			return line, "the cue has no text"
		}
		cues, last = cues+1, from
	}
	if cues == 0 {
		return 0, "there is no cue"
	}
	return 0, ""
}

// milliseconds adds up hours, minutes, seconds and thousandths; the expression let nothing but digits through.
func milliseconds(parts []string) int {
	total := 0
	for i, unit := range []int{3600_000, 60_000, 1000, 1} {
		n, err := strconv.Atoi(parts[i]) // hours may be left out, and be more than fit
		if errors.Is(err, strconv.ErrRange) {
			n = mostHours
		}
		total += min(n, mostHours) * unit
	}
	return total
}
