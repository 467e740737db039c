package library_test

import (
	"encoding/binary"
	"strings"
	"testing"
	"testing/fstest"

	"luotsi/courses"
	"luotsi/courses/library"
)

const captions = "WEBVTT\n\n00:00.000 --> 00:02.000\nHei\n\nNOTE nothing to see\n\nname\n00:00:02.000 --> 00:00:03.500 line:0\nTaas\n"

// boxOf is a box of an MP4.
func boxOf(kind string, body []byte) []byte {
	head := binary.BigEndian.AppendUint32(nil, uint32(8+len(body)))
	return append(append(head, kind...), body...)
}

// movie is the smallest file that tells how long it lasts, in milliseconds.
func movie(ms uint32) []byte {
	head := make([]byte, 100)
	binary.BigEndian.PutUint32(head[12:], 1000)
	binary.BigEndian.PutUint32(head[16:], ms)
	return append(append(boxOf("ftyp", []byte("isom0000")), boxOf("moov", boxOf("mvhd", head))...), boxOf("mdat", []byte("pictures"))...)
}

// filmed is the small course with a video in Finnish and Swedish.
func filmed(t *testing.T) fstest.MapFS {
	t.Helper()
	files := small(t)
	write := func(name, text string) { files["pieni/m01/"+name] = &fstest.MapFile{Data: []byte(text)} }
	write("03-film.fi.md", "---\nid: film\nkind: video\ntitle: Video\nminutes: 3\nvideo: 03-film.mp4\ncaptions: 03-film.fi.vtt\nseconds: 4\n---\nLitterointi.\n")
	write("03-film.sv.md", "---\nid: film\nkind: video\ntitle: Video\nminutes: 3\ncaptions: 03-film.sv.vtt\n---\nUtskrift.\n")
	write("03-film.mp4", string(movie(4200)))
	write("03-film.fi.vtt", captions)
	write("03-film.sv.vtt", "\ufeff"+strings.ReplaceAll(captions, "\n", "\r\n"))
	return files
}

func TestVideo(t *testing.T) {
	load := func(files fstest.MapFS) (*courses.Content, *courses.Activity) {
		t.Helper()
		all, err := library.Load(files)
		if err != nil {
			t.Fatal(err)
		}
		_, a := all[0].Find("film")
		return all[0], a
	}
	content, film := load(filmed(t))
	fi, sv := film.Faces["fi"].Film, film.Faces["sv"].Film
	if film.Requires != courses.ToMarkDone || fi.Seconds != 4 || sv.Seconds != 4 || fi.File != sv.File || fi.Captions == sv.Captions {
		t.Errorf("got %+v, %+v", fi, sv)
	}
	if !strings.HasSuffix(fi.File, ".mp4") || len(fi.File) != 68 || len(content.Media) != 3 {
		t.Errorf("got %q and %d files", fi.File, len(content.Media))
	}

	// Another picture, or another word in the captions, is another version of the activity and of the course.
	edited := filmed(t)
	edited["pieni/m01/03-film.mp4"].Data = append(movie(4200), "more"...)
	spoken := filmed(t)
	replace(t, spoken, "pieni/m01/03-film.sv.vtt", "Hei", "Hej")
	for _, files := range []fstest.MapFS{edited, spoken} {
		other, a := load(files)
		if other.Hash == content.Hash || a.Hash == film.Hash {
			t.Error("a changed file changed no hash")
		}
	}
	if again, a := load(filmed(t)); again.Hash != content.Hash || a.Hash != film.Hash {
		t.Error("the same files got another hash")
	}

	// Another language may have its own video.
	dubbed := filmed(t)
	dubbed["pieni/m01/03-film.sv.mp4"] = &fstest.MapFile{Data: movie(6000)}
	replace(t, dubbed, "pieni/m01/03-film.sv.md", "captions:", "video: 03-film.sv.mp4\nseconds: 6\ncaptions:")
	if _, a := load(dubbed); a.Faces["sv"].Film.Seconds != 6 || a.Faces["sv"].Film.File == a.Faces["fi"].Film.File {
		t.Errorf("got %+v", a.Faces["sv"].Film)
	}
}

func TestVideoMistakes(t *testing.T) {
	const fi, sv, film, vtt = "pieni/m01/03-film.fi.md", "pieni/m01/03-film.sv.md", "pieni/m01/03-film.mp4", "pieni/m01/03-film.fi.vtt"
	swap := func(name, old, text string) func(*testing.T, fstest.MapFS) {
		return func(t *testing.T, files fstest.MapFS) { replace(t, files, name, old, text) }
	}
	put := func(name string, data []byte) func(*testing.T, fstest.MapFS) {
		return func(_ *testing.T, files fstest.MapFS) { files[name] = &fstest.MapFile{Data: data} }
	}
	slow := append(append(boxOf("ftyp", []byte("isom0000")), boxOf("mdat", []byte("pictures"))...), boxOf("moov", nil)...)
	long := movie(4200)
	binary.BigEndian.PutUint32(long[16:], 1<<31)
	tests := []struct {
		name   string
		change func(*testing.T, fstest.MapFS)
		want   string
	}{
		{"no video", swap(fi, "video: 03-film.mp4\n", ""), fi + ":2: video is missing"},
		{"no captions", swap(fi, "captions: 03-film.fi.vtt\n", ""), fi + ":2: captions is missing"},
		{"no captions in another language", swap(sv, "captions: 03-film.sv.vtt\n", ""), sv + ":2: captions is missing"},
		{"no seconds", swap(fi, "seconds: 4\n", ""), fi + ":2: seconds is missing"},
		{"no time at all", swap(fi, "seconds: 4", "seconds: 0"), fi + ":8: seconds must be a whole number from 1"},
		{"too long a time", swap(fi, "seconds: 4", "seconds: 14401"), fi + ":8: seconds must be a whole number from 1"},
		{"another time", swap(fi, "seconds: 4", "seconds: 6"), fi + ":8: seconds is 6, but the video lasts 4.2 s"},
		{"no transcript", swap(fi, "Litterointi.", ""), fi + ":10: the text is missing"},
		{"a file that is not there", swap(fi, "video: 03-film.mp4", "video: 03-other.mp4"), fi + `:6: video names "03-other.mp4"`},
		{"a file elsewhere", swap(fi, "video: 03-film.mp4", "video: ../m01/03-film.mp4"), fi + `:6: video names "../m01/03-film.mp4"`},
		{"the captions as the video", swap(fi, "video: 03-film.mp4", "video: 03-film.fi.vtt"), fi + ":6: video must be a file of [.mp4 .webm]"},
		{"the video as captions", swap(fi, "captions: 03-film.fi.vtt", "captions: 03-film.mp4"), fi + ":7: captions must be a file of [.vtt]"},
		{"its own seconds without its own video", swap(sv, "captions:", "seconds: 4\ncaptions:"), sv + ":2: video is missing"},
		{"a file that nobody shows", put("pieni/m01/03-left.vtt", []byte(captions)), "pieni/m01/03-left.vtt: no activity shows this file"},
		{"a video beside the module", put("pieni/03-film.mp4", movie(1)), "pieni/03-film.mp4: not a file of a course"},
		{"a picture in the place of the video", put(film, []byte("\x89PNG\r\n\x1a\n0000")), fi + ":6: 03-film.mp4: neither MP4 nor WebM"},
		{"an empty video", put(film, nil), fi + ":6: 03-film.mp4: neither MP4 nor WebM"},
		{"a video that starts late", put(film, slow), "-movflags +faststart"},
		{"a video that is cut off", put(film, movie(4200)[:40]), fi + ":6: 03-film.mp4: the file is cut off"},
		{"a box beyond the end", put(film, long), fi + ":6: 03-film.mp4: the file is cut off"},
		{"a video without a length", put(film, movie(0)), "it has no length"},
		{"a WebM that is none", func(t *testing.T, files fstest.MapFS) {
			files["pieni/m01/03-film.webm"] = files[film]
			delete(files, film)
			replace(t, files, fi, "03-film.mp4", "03-film.webm")
		}, fi + ":6: 03-film.webm: neither MP4 nor WebM"},
		{"captions that end after the video", swap(vtt, "00:00:03.500", "00:00:05.001"), vtt + ":9: the cue ends after the video"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			files := filmed(t)
			test.change(t, files)
			if _, err := library.Load(files); err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("got %v, want %s", err, test.want)
			}
		})
	}
}

func TestCaptions(t *testing.T) {
	const vtt = "pieni/m01/03-film.fi.vtt"
	tests := []struct {
		name string
		text string
		want string // of the mistake; none when it is empty
	}{
		{"a cue", "WEBVTT\n\n00:01.000 --> 00:02.000\nHei\n", ""},
		{"a title and a language", "WEBVTT Kind: captions\n\n00:01.000 --> 00:02.000\nHei\n", ""},
		{"two lines", "WEBVTT\n\n00:01.000 --> 00:02.000\nHei\ntaas\n", ""},
		{"cues at the same time", "WEBVTT\n\n00:01.000 --> 00:02.000\nHei\n\n00:01.000 --> 00:03.000\ntaas\n", ""},
		{"no empty line at the end", "WEBVTT\n\n00:01.000 --> 00:02.000\nHei", ""},
		{"up to the last second", "WEBVTT\n\n00:01.000 --> 00:05.000\nHei\n", ""},
		{"nothing", "", vtt + ":1: captions start with a line WEBVTT"},
		{"another format", "1\n00:00:01,000 --> 00:00:02,000\nHei\n", vtt + ":1: captions start with a line WEBVTT"},
		{"a word that begins the same", "WEBVTTX\n\n00:01.000 --> 00:02.000\nHei\n", vtt + ":1: captions start with a line WEBVTT"},
		{"no cue", "WEBVTT\n\nNOTE nothing\n", vtt + ": there is no cue"},
		{"no empty line after the head", "WEBVTT\n00:01.000 --> 00:02.000\nHei\n", vtt + ":2: an empty line comes after WEBVTT"},
		{"a comma in the time", "WEBVTT\n\n00:01,000 --> 00:02,000\nHei\n", vtt + ":3: here should be when a cue is shown"},
		{"a minute of 60 seconds", "WEBVTT\n\n00:60.000 --> 01:02.000\nHei\n", vtt + ":3: here should be when"},
		{"no spaces around the arrow", "WEBVTT\n\n00:01.000-->00:02.000\nHei\n", vtt + ":3: here should be when"},
		{"a text without a time", "WEBVTT\n\nHei\ntaas\n", vtt + ":4: here should be when"},
		{"a lonely line", "WEBVTT\n\nHei\n", vtt + ":3: here should be when"},
		{"an end before the beginning", "WEBVTT\n\n00:02.000 --> 00:01.000\nHei\n", vtt + ":3: the cue ends before it begins"},
		{"no time between", "WEBVTT\n\n00:02.000 --> 00:02.000\nHei\n", vtt + ":3: the cue ends before it begins"},
		{"the later one first", "WEBVTT\n\n00:02.000 --> 00:03.000\nHei\n\n00:01.999 --> 00:03.000\nHei\n", vtt + ":6: the cue begins before the one above it"},
		{"no text", "WEBVTT\n\n00:01.000 --> 00:02.000\n\n", vtt + ":3: the cue has no text"},
		{"a blank text", "WEBVTT\n\n00:01.000 --> 00:02.000\n \n", vtt + ":3: the cue has no text"},
		{"hours beyond reason", "WEBVTT\n\n00:01.000 --> 99999999999999999999:00:02.000\nHei\n", vtt + ":3: the cue ends after the video"},
		{"a style", "WEBVTT\n\nSTYLE\n::cue { color: red }\n\n00:01.000 --> 00:02.000\nHei\n", vtt + ":4: here should be when"},
		{"not UTF-8", "WEBVTT\n\n00:01.000 --> 00:02.000\n\xe4\n", vtt + ": not UTF-8"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			files := filmed(t)
			files[vtt] = &fstest.MapFile{Data: []byte(test.text)}
			_, err := library.Load(files)
			if (err == nil) != (test.want == "") || err != nil && !strings.Contains(err.Error(), test.want) {
				t.Errorf("got %v, want %q", err, test.want)
			}
		})
	}
}
