package mail

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"mime/quotedprintable"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"time"
)

// Files writes messages as .eml files, a folder for each person: what happens without a mail server.
type Files struct {
	folder string
	from   string
}

// NewFiles writes under a folder, which is made when the first message comes.
func NewFiles(folder, from string) *Files { return &Files{folder: folder, from: from} }

const others = "others" // the folder of those without an account

var (
	personForm = regexp.MustCompile(`^[A-Za-z0-9_-]{1,64}$`)
	unsafeName = regexp.MustCompile(`[^A-Za-z0-9._-]+`)
)

// Send writes the file; the same message twice is one file.
func (f *Files) Send(_ context.Context, id string, at time.Time, m Message) error {
	msg, err := compose(f.from, id, at, m)
	if err != nil {
		return err
	}
	folder := others
	if personForm.MatchString(m.Person) {
		folder = m.Person
	}
	folder = filepath.Join(f.folder, folder)
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return fmt.Errorf("make the mail folder: %w", err)
	}
	var text bytes.Buffer
	if err := write(&text, msg); err != nil {
		return fmt.Errorf("write a mail: %w", err)
	}
	name := filepath.Join(folder, at.UTC().Format("20060102T150405")+"-"+unsafeName.ReplaceAllString(id, "-")+".eml")
	part := name + ".part"
	if err := os.WriteFile(part, text.Bytes(), 0o600); err != nil {
		return fmt.Errorf("write a mail: %w", err)
	}
	return os.Rename(part, name)
}

// Forget deletes a person's folder, and the mails of others in which one of the words (their name, their address) occurs.
func (f *Files) Forget(person string, words ...string) error {
	if personForm.MatchString(person) {
		if err := os.RemoveAll(filepath.Join(f.folder, person)); err != nil {
			return fmt.Errorf("delete mails: %w", err)
		}
	}
	for i, word := range words {
		words[i] = strings.ToLower(word)
	}
	root, err := os.OpenRoot(f.folder)
	if errors.Is(err, fs.ErrNotExist) {
		return nil // nothing was ever sent
	}
	if err != nil {
		return fmt.Errorf("delete mails: %w", err)
	}
	return errors.Join(forget(root, words), root.Close())
}

// forget deletes the mails in which one of the words occurs.
func forget(root *os.Root, words []string) error {
	err := fs.WalkDir(root.FS(), ".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		raw, err := root.ReadFile(path)
		if err != nil {
			return err
		}
		text := readable(raw)
		for _, word := range words {
			if word != "" && strings.Contains(text, word) {
				return root.Remove(path)
			}
		}
		return nil
	})
	if errors.Is(err, fs.ErrNotExist) {
		return nil // somebody else deletes too
	}
	return err
}

// readable undoes what stands between a mail's bytes and its words: quoted-printable (which compose uses for every part but
// the attached copy of the calendar) and the folded lines of headers and calendars.
func readable(raw []byte) string {
	lenient := bytes.ReplaceAll(raw, []byte("=?UTF-8?q?"), nil)
	text, err := io.ReadAll(quotedprintable.NewReader(bytes.NewReader(lenient)))
	if err != nil {
		text = append(text, raw...)
	}
	return strings.ToLower(strings.NewReplacer("\r\n ", "", "\n ", "", "\r\n\t", "", "\n\t", "").Replace(string(text)))
}
