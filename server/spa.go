package main

import (
	"bytes"
	"compress/gzip"
	"crypto/rand"
	"encoding/base64"
	"fmt"
	"io/fs"
	"mime"
	"path"
	"strings"

	"github.com/gofiber/fiber/v2"
)

// page serves the front end: its files as they are, and index.html for every page path. An unknown file or an unknown
// address under /api is 404, never index.html.
type page struct {
	index string // with the token for the nonce
	files map[string]file
}

type file struct {
	mime    string
	plain   []byte
	gzipped []byte
}

const nonceToken = "__CSP_NONCE__"

// workerFile keeps the page's program in the browser. What it may fetch is said by its own headers, not by those of the page.
const workerFile = "/worker.js"

// newPage reads the built front end. dist without an index.html, as in a checkout that was not built, serves only the API.
func newPage(dist fs.FS) (*page, error) {
	p := &page{files: map[string]file{}}
	err := fs.WalkDir(dist, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() && name != "." && strings.HasPrefix(name, ".") {
			return fs.SkipDir // what the build keeps for itself
		}
		if entry.IsDir() || name == ".keep" {
			return nil
		}
		content, err := fs.ReadFile(dist, name)
		if err != nil {
			return err
		}
		if name == "index.html" {
			p.index = string(content)
			return nil
		}
		kind := mime.TypeByExtension(path.Ext(name))
		f := file{mime: kind, plain: content}
		if strings.HasPrefix(kind, "text/") || strings.Contains(kind, "javascript") || strings.Contains(kind, "json") || strings.Contains(kind, "svg") {
			var b bytes.Buffer
			z := gzip.NewWriter(&b)
			if _, err := z.Write(content); err != nil {
				return err
			}
			if err := z.Close(); err != nil {
				return err
			}
			f.gzipped = b.Bytes()
		}
		p.files["/"+name] = f
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read the built front end: %w", err)
	}
	return p, nil
}

// isMailedLink says whether an address is a page that mails link to: the tokens in them hold dots, and are not file names.
func isMailedLink(where string) bool {
	return strings.HasPrefix(where, "/invitation/") || strings.HasPrefix(where, "/password-reset/") || strings.HasPrefix(where, "/answer/")
}

func (p *page) serve(c *fiber.Ctx) error {
	if c.Method() != fiber.MethodGet && c.Method() != fiber.MethodHead {
		return errNotFound
	}
	where := c.Path()
	if f, ok := p.files[where]; ok {
		switch {
		case strings.HasPrefix(where, "/assets/"): // their names hold a hash of what is in them
			c.Set(fiber.HeaderCacheControl, "public, max-age=31536000, immutable")
		case where == workerFile:
			c.Set(fiber.HeaderCacheControl, "no-cache")
			c.Set("Content-Security-Policy", "default-src 'none'; connect-src 'self'; frame-ancestors 'none'")
		default:
			c.Set(fiber.HeaderCacheControl, "public, max-age=3600")
		}
		c.Set(fiber.HeaderContentType, f.mime)
		if f.gzipped != nil {
			c.Set(fiber.HeaderVary, fiber.HeaderAcceptEncoding)
			if strings.Contains(c.Get(fiber.HeaderAcceptEncoding), "gzip") {
				c.Set(fiber.HeaderContentEncoding, "gzip")
				return c.Send(f.gzipped)
			}
		}
		return c.Send(f.plain)
	}
	if p.index == "" || where == "/api" || strings.HasPrefix(where, "/api/") || (path.Ext(where) != "" && !isMailedLink(where)) {
		return errNotFound
	}
	nonce := make([]byte, 16)
	rand.Read(nonce)
	text := base64.StdEncoding.EncodeToString(nonce)
	c.Set("Content-Security-Policy", "default-src 'none'; script-src 'self' 'nonce-"+text+"'; style-src 'self' 'nonce-"+text+
		"'; img-src 'self' data:; font-src 'self'; connect-src 'self'; media-src 'self'; manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'")
	c.Set(fiber.HeaderCacheControl, "no-store")
	c.Set(fiber.HeaderContentType, fiber.MIMETextHTMLCharsetUTF8)
	return c.SendString(strings.ReplaceAll(p.index, nonceToken, text))
}
