package courses

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"

	"luotsi/server/auth"
	"luotsi/server/fault"
)

// Media is a file that a version of a course shows. File names it by what is in it: SHA-256 and the ending.
type Media struct {
	File string
	Size int64
	Open func() (fs.File, error)
}

// ReadMedia gives the name and the size of a file; what it reads is also written to another place.
func ReadMedia(file io.Reader, ending string, to io.Writer) (Media, error) {
	sum := sha256.New()
	size, err := io.Copy(io.MultiWriter(sum, to), file)
	if err != nil {
		return Media{}, err
	}
	return Media{File: hex.EncodeToString(sum.Sum(nil)) + ending, Size: size}, nil
}

// Film is a video in one language. File and Captions are names of Media.
type Film struct {
	File     string
	Seconds  int
	Captions string
}

// ErrUnknownMedia is the refusal of a file that the course does not have.
var ErrUnknownMedia = fault.New(fault.NotFound, "unknown_media", "the course has no such file")

var mediaName = regexp.MustCompile(`^[0-9a-f]{64}\.(?:mp4|webm|vtt)$`)

// media keeps the files of all versions, in a folder for each course: a page that shows an older version plays on after a newer one
// has come. Every server fills its own folder from the courses that it was started with.
type media struct{ folder string }

// keep copies what is not there yet. A file has its name only when all of it is on the disk.
func (m media) keep(content *Content) error {
	if len(content.Media) == 0 {
		return nil
	}
	folder := filepath.Join(m.folder, content.ID)
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return err
	}
	for _, file := range content.Media {
		if info, err := os.Stat(filepath.Join(folder, file.File)); err == nil && info.Size() == file.Size {
			continue
		}
		if err := copyMedia(folder, file); err != nil {
			return fmt.Errorf("keep %s: %w", file.File, err)
		}
	}
	return nil
}

func copyMedia(folder string, file Media) (err error) {
	from, err := file.Open()
	if err != nil {
		return err
	}
	defer func() { _ = from.Close() }() // it was only read
	to, err := os.CreateTemp(folder, ".new-*")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, to.Close(), os.Remove(to.Name()))
		}
	}()
	read, err := ReadMedia(from, filepath.Ext(file.File), to)
	if err != nil {
		return err
	}
	if read.File != file.File {
		return errors.New("the file changed while it was read")
	}
	if err := to.Sync(); err != nil {
		return err
	}
	if err := to.Close(); err != nil {
		return err
	}
	return os.Rename(to.Name(), filepath.Join(folder, file.File))
}

// Media opens a file of a course for somebody who goes through it. Whoever knows the name of a file has seen the activity that shows
// it: locks are told there. It fails with ErrNotEnrolled and ErrUnknownMedia.
func (s *Service) Media(caller auth.Caller, course, name string) (*os.File, int64, error) {
	var err error
	s.journal.View(func() { _, err = s.state.enrolled(caller.Person, course) })
	if err != nil {
		return nil, 0, err
	}
	if !mediaName.MatchString(name) {
		return nil, 0, ErrUnknownMedia
	}
	file, err := os.OpenInRoot(s.media.folder, filepath.Join(course, name))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, 0, ErrUnknownMedia
	}
	if err != nil {
		return nil, 0, fmt.Errorf("open a file of course %s: %w", course, err)
	}
	info, err := file.Stat()
	if err != nil {
		return nil, 0, errors.Join(err, file.Close())
	}
	return file, info.Size(), nil
}
