package library

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"regexp"
	"strings"

	"luotsi/courses"
)

// videoKeys are what a video says beside what every activity says.
var videoKeys = []string{"video", "captions", "seconds"}

const mostSeconds = 4 * 60 * 60

// mediaFile is the name of a video or of captions; they lie beside the Markdown that shows them.
var mediaFile = regexp.MustCompile(`^[0-9]{2}-[a-z0-9-]+(?:\.[a-z]+)?\.(mp4|webm|vtt)$`)

// medium is a file beside the Markdown.
type medium struct {
	courses.Media
	used bool
}

// video reads what a video says in one language. Captions are of the language of the file. Another language may have a video of its
// own, with its seconds; without one its readers see the Finnish one, with captions in their language.
func (c *course) video(f fields, a *courses.Activity, face *courses.ActivityFace, language courses.Language) {
	film := courses.Film{}
	if finnish := a.Faces[courses.Finnish].Film; language != courses.Finnish && finnish != nil {
		film.File, film.Seconds = finnish.File, finnish.Seconds
	}
	_, file := f.values["video"]
	_, seconds := f.values["seconds"]
	if language == courses.Finnish || file || seconds {
		film.Seconds = f.number("seconds", 1, mostSeconds)
		film.File = c.film(f, film.Seconds)
	}
	film.Captions = c.captions(f, film.Seconds)
	face.Film = &film
}

// beside finds the file that a key names, which lies in the folder of the Markdown.
func (c *course) beside(f fields, key string, endings ...string) (string, *medium) {
	name := f.text(key)
	if name == "" {
		return "", nil
	}
	file := path.Join(path.Dir(f.file), name)
	m := c.media[file]
	if m == nil || path.Base(name) != name {
		f.mistake(key, "%s names %q, which is no file beside this one", key, name)
		return "", nil
	}
	m.used = true
	for _, ending := range endings {
		if path.Ext(name) == ending {
			return file, m
		}
	}
	f.mistake(key, "%s must be a file of %v, not %q", key, endings, name)
	return "", nil
}

func (c *course) film(f fields, seconds int) string {
	file, m := c.beside(f, "video", ".mp4", ".webm")
	if m == nil {
		return ""
	}
	lasts, err := c.lengthOf(file)
	switch {
	case err != nil:
		f.mistake("video", "%s: %v", path.Base(file), err)
	case lasts > 0 && seconds > 0 && (lasts > float64(seconds)+1 || lasts < float64(seconds)-1):
		f.mistake("seconds", "seconds is %d, but the video lasts %.1f s", seconds, lasts)
	}
	return m.File
}

func (c *course) captions(f fields, seconds int) string {
	file, m := c.beside(f, "captions", ".vtt")
	if m == nil {
		return ""
	}
	text, err := fs.ReadFile(c.files, file)
	if err != nil {
		f.mistake("captions", "%s can not be read", path.Base(file))
		return ""
	}
	if line, reason := checkCaptions(text, seconds); reason != "" {
		c.mistake(file, line, "%s", reason)
	}
	return m.File
}

var (
	errNoVideo = errors.New("neither MP4 nor WebM")
	errSlow    = errors.New("what tells how to play it (moov) stands behind the pictures, so that it plays late; write it with ffmpeg -movflags +faststart")
	errCut     = errors.New("the file is cut off")
)

// lengthOf looks whether a file is what its name says, and gives how many seconds it lasts: 0 when that is not told, as in a WebM.
func (l *loader) lengthOf(name string) (float64, error) {
	file, err := l.files.Open(name)
	if err != nil {
		return 0, errNoVideo
	}
	defer func() { _ = file.Close() }() // it was only read
	info, err := file.Stat()
	at, ok := file.(io.ReaderAt)
	if err != nil || !ok {
		return 0, errors.New("the file can not be read")
	}
	if path.Ext(name) == ".webm" {
		head := make([]byte, 64)
		n, _ := at.ReadAt(head, 0) // a shorter file is none either
		if !bytes.HasPrefix(head[:n], []byte("\x1a\x45\xdf\xa3")) || !bytes.Contains(head[:n], []byte("webm")) {
			return 0, errNoVideo
		}
		return 0, nil
	}
	return lengthOfMP4(io.NewSectionReader(at, 0, info.Size()))
}

// lengthOfMP4 walks over the boxes of a file: ftyp is the first, and moov has to come before mdat.
func lengthOfMP4(r *io.SectionReader) (float64, error) {
	if r.Size() == 0 {
		return 0, errNoVideo
	}
	for at, first := int64(0), true; at < r.Size(); first = false {
		kind, body, end, err := box(r, at, r.Size())
		switch {
		case first && (err != nil || kind != "ftyp"):
			return 0, errNoVideo
		case err != nil:
			return 0, err
		case kind == "mdat":
			return 0, errSlow
		case kind == "moov":
			return lengthOfMovie(r, body, end)
		}
		at = end
	}
	return 0, errCut
}

func lengthOfMovie(r *io.SectionReader, at, end int64) (float64, error) {
	for at < end {
		kind, body, next, err := box(r, at, end)
		if err != nil {
			return 0, err
		}
		if kind == "mvhd" {
			head := make([]byte, 32)
			if n, _ := r.ReadAt(head, body); n < len(head) {
				return 0, errCut
			}
			scale, length := uint64(binary.BigEndian.Uint32(head[12:])), uint64(binary.BigEndian.Uint32(head[16:]))
			if head[0] == 1 { // times of 64 bits
				scale, length = uint64(binary.BigEndian.Uint32(head[20:])), binary.BigEndian.Uint64(head[24:])
			}
			if scale == 0 || length == 0 {
				return 0, errors.New("it has no length")
			}
			return float64(length) / float64(scale), nil
		}
		at = next
	}
	return 0, errCut
}

// box reads the head of the box at a place: where its content begins, and where it ends.
func box(r *io.SectionReader, at, limit int64) (kind string, body, end int64, err error) {
	head := make([]byte, 16)
	n, _ := r.ReadAt(head, at)
	if n < 8 {
		return "", 0, 0, errCut
	}
	kind, body = string(head[4:8]), at+8
	switch size := int64(binary.BigEndian.Uint32(head)); {
	case size == 0:
		end = limit
	case size == 1 && n == 16:
		body = at + 16
		end = at + int64(min(binary.BigEndian.Uint64(head[8:]), 1<<62))
	default:
		end = at + size
	}
	if end < body || end > limit {
		return kind, body, end, errCut
	}
	return kind, body, end, nil
}

// shown lists the files that activities show, and complains of those that nobody does.
func (l *loader) shown(folder string) (all []courses.Media) {
	for _, name := range l.mediaOrder {
		if path.Dir(path.Dir(name)) != folder {
			continue
		}
		m := l.media[name]
		if !m.used {
			l.mistake(name, 0, "no activity shows this file")
		}
		all = append(all, m.Media)
	}
	return all
}

// medium takes a file in, with the hash of what is in it; the course's own hash covers it too.
func (l *loader) medium(folder, name string, sum io.Writer) error {
	file, err := l.files.Open(name)
	if err != nil {
		return err
	}
	defer func() { _ = file.Close() }() // it was only read
	info, err := file.Stat()
	if err != nil {
		return err
	}
	fmt.Fprintf(sum, "%s\x00%d\x00", strings.TrimPrefix(name, folder+"/"), info.Size())
	m, err := courses.ReadMedia(file, path.Ext(name), sum)
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	m.Open = func() (fs.File, error) { return l.files.Open(name) }
	l.media[name] = &medium{Media: m}
	l.mediaOrder = append(l.mediaOrder, name)
	return nil
}
