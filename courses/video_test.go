package courses

import (
	"bytes"
	"context"
	"io"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
)

// filmed is the sample course with a video of ten bytes and captions in two languages.
func filmed(t testing.TB, version, picture string) *Content {
	t.Helper()
	content := sampleContent(version)
	files := fstest.MapFS{
		"film.mp4": {Data: []byte(picture)}, "fi.vtt": {Data: []byte("WEBVTT\n\n00:00.000 --> 00:01.000\nHei\n")}, "sv.vtt": {Data: []byte("WEBVTT\n\n00:00.000 --> 00:01.000\nHej\n")},
	}
	add := func(name string) string {
		m, err := ReadMedia(bytes.NewReader(files[name].Data), filepath.Ext(name), io.Discard)
		if err != nil {
			t.Fatal(err)
		}
		m.Open = func() (fs.File, error) { return files.Open(name) }
		content.Media = append(content.Media, m)
		return m.File
	}
	film, finnish, swedish := add("film.mp4"), add("fi.vtt"), add("sv.vtt")
	content.Modules[0].Activities = append(content.Modules[0].Activities, Activity{
		ID: "film", Kind: Video, Minutes: 4, Optional: true, Hash: "film-" + version, Faces: Faces[ActivityFace]{
			"fi": {Title: "Video", HTML: "<p>Litterointi</p>", Film: &Film{film, 120, finnish}},
			"sv": {Title: "Video", HTML: "<p>Utskrift</p>", Film: &Film{film, 120, swedish}},
		},
	})
	return content
}

func (r *region) film(t testing.TB, content *Content) {
	t.Helper()
	if err := r.service.Publish(context.Background(), []*Content{content}); err != nil {
		t.Fatal(err)
	}
}

// fetch asks for a file with headers.
func (r *region) fetch(t testing.TB, person, method, path string, headers ...string) (*http.Response, string) {
	t.Helper()
	req, err := http.NewRequest(method, path, nil)
	if err != nil {
		t.Fatal(err)
	}
	if person != "" {
		req.Header.Set("Test-Person", person)
	}
	for i := 0; i < len(headers); i += 2 {
		req.Header.Set(headers[i], headers[i+1])
	}
	res, err := r.app.Test(req, 60_000)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return res, string(body)
}

func TestVideoIsServedInParts(t *testing.T) {
	r := newRegion(t)
	content := filmed(t, "v2", "0123456789")
	r.film(t, content)
	v := r.want(t, 200, "aino", "GET", activities+"film", "")
	address, tag := "/api/courses/coord/media/"+content.Media[0].File, `"`+strings.TrimSuffix(content.Media[0].File, ".mp4")+`"`
	wantAt(t, v, "video.source", address, "video.type", "video/mp4", "video.seconds", 120, "video.captions.0.language", "fi",
		"video.captions.0.source", "/api/courses/coord/media/"+content.Media[1].File, "video.captions.1.language", "sv", "video.captions.2", nil)
	wantAt(t, r.want(t, 200, "bo", "GET", activities+"film", ""), "video.captions.0.language", "sv", "video.captions.1.language", "fi")

	tests := []struct {
		name    string
		method  string
		headers []string
		status  int
		body    string
		about   string // Content-Range
	}{
		{"whole", "GET", nil, 200, "0123456789", ""},
		{"the first byte", "GET", []string{"Range", "bytes=0-0"}, 206, "0", "bytes 0-0/10"},
		{"the last byte", "GET", []string{"Range", "bytes=9-9"}, 206, "9", "bytes 9-9/10"},
		{"from the middle", "GET", []string{"Range", "bytes=4-"}, 206, "456789", "bytes 4-9/10"},
		{"from the end", "GET", []string{"Range", "bytes=-3"}, 206, "789", "bytes 7-9/10"},
		{"out of bounds", "GET", []string{"Range", "bytes=10-"}, 416, "", "bytes */10"},
		{"reversed", "GET", []string{"Range", "bytes=5-4"}, 200, "0123456789", ""},
		{"several", "GET", []string{"Range", "bytes=0-1,4-5"}, 200, "0123456789", ""},
		{"of the same file", "GET", []string{"Range", "bytes=4-5", "If-Range", tag}, 206, "45", "bytes 4-5/10"},
		{"of another file", "GET", []string{"Range", "bytes=4-5", "If-Range", `"other"`}, 200, "0123456789", ""},
		{"of a weakly same file", "GET", []string{"Range", "bytes=4-5", "If-Range", "W/" + tag}, 200, "0123456789", ""},
		{"of a day", "GET", []string{"Range", "bytes=4-5", "If-Range", "Sat, 21 Nov 2026 07:28:00 GMT"}, 200, "0123456789", ""},
		{"out of bounds of another file", "GET", []string{"Range", "bytes=10-", "If-Range", `"other"`}, 200, "0123456789", ""},
		{"kept by the browser", "GET", []string{"If-None-Match", `"other", W/` + tag}, 304, "", ""},
		{"another kept by the browser", "GET", []string{"If-None-Match", `"other"`}, 200, "0123456789", ""},
		{"its head", "HEAD", nil, 200, "", ""},
		{"the head of a part", "HEAD", []string{"Range", "bytes=4-5"}, 200, "", ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			res, body := r.fetch(t, "aino", test.method, address, test.headers...)
			if res.StatusCode != test.status || body != test.body || res.Header.Get("Content-Range") != test.about {
				t.Errorf("got %d %q %q, want %d %q %q", res.StatusCode, body, res.Header.Get("Content-Range"), test.status, test.body, test.about)
			}
			if res.Header.Get("ETag") != tag || res.Header.Get("Accept-Ranges") != "bytes" {
				t.Errorf("got ETag %s, Accept-Ranges %s", res.Header.Get("ETag"), res.Header.Get("Accept-Ranges"))
			}
			if test.status < 300 && (res.Header.Get("Content-Type") != "video/mp4" || !strings.Contains(res.Header.Get("Cache-Control"), "private, max-age=31536000, immutable")) {
				t.Errorf("got %s, %s", res.Header.Get("Content-Type"), res.Header.Get("Cache-Control"))
			}
			if test.method == "HEAD" && res.ContentLength != 10 {
				t.Errorf("length: got %d, want 10", res.ContentLength)
			}
		})
	}
	res, body := r.fetch(t, "aino", "GET", "/api/courses/coord/media/"+content.Media[1].File)
	if res.StatusCode != 200 || res.Header.Get("Content-Type") != "text/vtt; charset=utf-8" || !strings.HasPrefix(body, "WEBVTT") {
		t.Errorf("captions: got %d %s %q", res.StatusCode, res.Header.Get("Content-Type"), body)
	}
}

func TestWhoSeesAVideo(t *testing.T) {
	r := newRegion(t)
	content := filmed(t, "v2", "0123456789")
	r.film(t, content)
	name := content.Media[0].File
	if err := os.WriteFile(filepath.Join(r.media, "secret.mp4"), []byte("secret"), 0o600); err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		name   string
		person string
		path   string
		status int
	}{
		{"a learner", "aino", "coord/media/" + name, 200},
		{"nobody", "", "coord/media/" + name, 401},
		{"a learner of another course", "aino", "other/media/" + name, 404},
		{"a file that is not there", "aino", "coord/media/" + strings.Repeat("0", 64) + ".mp4", 404},
		{"the wrong ending", "aino", "coord/media/" + strings.Replace(name, ".mp4", ".vtt", 1), 404},
		{"capital letters", "aino", "coord/media/" + strings.ToUpper(name), 404},
		{"the folder", "aino", "coord/media/.", 404},
		{"a way out", "aino", "coord/media/..%2fsecret.mp4", 404},
		{"a way out of the course", "aino", "..%2f/media/secret.mp4", 404},
		{"a zero byte", "aino", "coord/media/" + name + "%00", 404},
	}
	for _, test := range tests {
		if res, body := r.fetch(t, test.person, "GET", "/api/courses/"+test.path); res.StatusCode != test.status || strings.Contains(body, "secret") {
			t.Errorf("%s: got %d %q, want %d", test.name, res.StatusCode, body, test.status)
		}
	}
}

// A page that shows an older version plays on after a newer one was published, also after the server was started again.
func TestOlderVideosStay(t *testing.T) {
	r := newRegion(t)
	older, newer := filmed(t, "v2", "0123456789"), filmed(t, "v3", "abcdefghij")
	r.film(t, older)
	r.film(t, newer)
	r.film(t, newer) // as at another start
	for _, content := range []*Content{older, newer} {
		if res, _ := r.fetch(t, "aino", "GET", "/api/courses/coord/media/"+content.Media[0].File); res.StatusCode != 200 {
			t.Errorf("%s: got %d", content.Hash, res.StatusCode)
		}
	}
	if left, err := filepath.Glob(filepath.Join(r.media, "coord", ".new-*")); err != nil || len(left) > 0 {
		t.Errorf("left over: %v %v", left, err)
	}
	// What was cut off, by a full disk perhaps, is written again.
	file := filepath.Join(r.media, "coord", newer.Media[0].File)
	if err := os.Truncate(file, 3); err != nil {
		t.Fatal(err)
	}
	r.film(t, newer)
	if text, err := os.ReadFile(file); err != nil || string(text) != "abcdefghij" {
		t.Errorf("got %q %v", text, err)
	}
}

func TestChangedWhileItIsCopied(t *testing.T) {
	r := newRegion(t)
	content := filmed(t, "v2", "0123456789")
	content.Media[0].Open = func() (fs.File, error) { return fstest.MapFS{"x": {Data: []byte("9876543210")}}.Open("x") }
	if err := r.service.Publish(context.Background(), []*Content{content}); err == nil || !strings.Contains(err.Error(), "changed while it was read") {
		t.Errorf("got %v", err)
	}
	if left, err := os.ReadDir(filepath.Join(r.media, "coord")); err != nil || len(left) > 0 {
		t.Errorf("left over: %v %v", left, err)
	}
}

// "Continue" leads to the second, and tells it.
func TestVideoGoesOnAtItsSecond(t *testing.T) {
	r := newRegion(t)
	r.film(t, filmed(t, "v2", "0123456789"))
	r.want(t, 204, "aino", "PUT", "/api/courses/coord/place", `{"activity":"film","position":500,"second":84}`)
	wantAt(t, r.want(t, 200, "aino", "GET", "/api/learning", ""), "courses.0.continue.activity", "film", "courses.0.continue.second", 84, "courses.0.continue.minutes", 2)
	wantAt(t, r.want(t, 200, "aino", "GET", activities+"film", ""), "place.activity", "film", "place.second", 84, "place.position", 500)
	wantAt(t, r.want(t, 200, "aino", "POST", activities+"film/done", ""), "done", 0) // it is optional
	wantAt(t, r.want(t, 200, "aino", "GET", activities+"film", ""), "done", true)
	for _, body := range []string{`{"activity":"film","position":1,"second":-1}`, `{"activity":"film","position":1,"second":86401}`, `{"activity":"film","position":1,"second":1.5}`} {
		r.want(t, 400, "aino", "PUT", "/api/courses/coord/place", body)
	}
	r.want(t, 204, "aino", "PUT", "/api/courses/coord/place", `{"activity":"l2","position":0}`)
	wantAt(t, r.want(t, 200, "aino", "GET", "/api/learning", ""), "courses.0.continue.activity", "l2", "courses.0.continue.second", nil)
}
