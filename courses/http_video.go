package courses

import (
	"io"
	"math"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"luotsi/server/auth"
	"luotsi/server/fault"
	"luotsi/server/web"
)

// mountVideo adds the files that courses show. They never change, so browsers keep them.
func mountVideo(r *web.Router, s *Service) {
	route := web.Route{
		Method: http.MethodGet, Path: "/api/courses/:course/media/:file", ID: "getMedia", Tag: "learning", Access: auth.Only(auth.Trainee, auth.Coordinator),
		Summary: "A video or captions of a course, whole or a range of it: 206, or 416 for a range that is not in it; 304 for whoever has it",
		Faults:  []*fault.Error{ErrNotEnrolled, ErrUnknownMedia},
	}
	serve := func(c *fiber.Ctx, caller auth.Caller) error { return s.serveMedia(c, caller) }
	web.Mount(r, route, serve)
	route.Method, route.ID, route.Summary = http.MethodHead, "headMedia", "What kind of file it is, and how large"
	web.Mount(r, route, serve)
}

var mediaTypes = map[string]string{".mp4": "video/mp4", ".webm": "video/webm", ".vtt": "text/vtt; charset=utf-8"}

// serveMedia answers with a file or a part of it, as RFC 9110 has it, and never holds more of it than a buffer.
func (s *Service) serveMedia(c *fiber.Ctx, caller auth.Caller) error {
	name := c.Params("file")
	file, size, err := s.Media(caller, c.Params("course"), name)
	if err != nil {
		return err
	}
	tag := `"` + strings.TrimSuffix(name, filepath.Ext(name)) + `"`
	c.Set(fiber.HeaderContentType, mediaTypes[filepath.Ext(name)])
	c.Set(fiber.HeaderETag, tag)
	c.Set(fiber.HeaderAcceptRanges, "bytes")
	c.Set(fiber.HeaderCacheControl, "private, max-age=31536000, immutable")
	if hasTag(c.Get(fiber.HeaderIfNoneMatch), tag) {
		c.Status(http.StatusNotModified)
		return file.Close()
	}
	part := byteRange{0, size - 1}
	wanted := c.Get(fiber.HeaderRange)
	if had := c.Get(fiber.HeaderIfRange); c.Method() == fiber.MethodHead || had != "" && had != tag {
		wanted = "" // a range is of a GET, and of the file that the browser has the rest of
	}
	switch asked, answer := rangeOf(wanted, size); answer {
	case noSuchPart:
		c.Set(fiber.HeaderContentRange, "bytes */"+strconv.FormatInt(size, 10))
		c.Set(fiber.HeaderCacheControl, "no-store")
		c.Status(http.StatusRequestedRangeNotSatisfiable)
		return file.Close()
	case partOfFile:
		part = asked
		c.Set(fiber.HeaderContentRange, "bytes "+strconv.FormatInt(part.first, 10)+"-"+strconv.FormatInt(part.last, 10)+"/"+strconv.FormatInt(size, 10))
		c.Status(http.StatusPartialContent)
	}
	length := part.last - part.first + 1
	if length > math.MaxInt {
		length = math.MaxInt
	}
	if c.Method() == fiber.MethodHead {
		c.Response().Header.SetContentLength(int(length))
		return file.Close()
	}
	c.Context().SetBodyStream(&stream{io.NewSectionReader(file, part.first, length), file, c.Context().Conn(), s.now}, int(length))
	return nil
}

// hasTag reports whether a list of entity tags holds one; a weak one of the same name is as good here.
func hasTag(list, tag string) bool {
	for one := range strings.SplitSeq(list, ",") {
		if one = strings.TrimPrefix(strings.TrimSpace(one), "W/"); one == tag || one == "*" {
			return true
		}
	}
	return false
}

// streamPatience is how long a connection may take nothing: a whole video takes minutes, longer than any other answer may.
const streamPatience = 30 * time.Second

// stream reads a part of a file, and moves the end of the connection's patience on with each buffer that was taken.
type stream struct {
	io.Reader
	file *os.File
	conn net.Conn
	now  func() time.Time
}

func (s *stream) Read(to []byte) (int, error) {
	if err := s.conn.SetWriteDeadline(s.now().Add(streamPatience)); err != nil {
		return 0, err
	}
	return s.Reader.Read(to)
}

// Close is called when all was sent, or when the browser went away.
func (s *stream) Close() error { return s.file.Close() }

// videoView is a video with the captions that go with it. The addresses are of this server.
type videoView struct {
	Source   string        `json:"source"`
	Type     string        `json:"type" validate:"oneof=video/mp4 video/webm"`
	Seconds  int           `json:"seconds"`
	Captions []captionView `json:"captions"` // the reader's language first
}

type captionView struct {
	Language string `json:"language" validate:"oneof=fi sv en"`
	Source   string `json:"source"`
}

// viewVideo offers the captions of every language that shows the same video: another one has other times.
func viewVideo(p Page, face ActivityFace, shown Language) *videoView {
	film := face.Film
	if film == nil {
		return nil // a version of before there were videos
	}
	address := func(file string) string { return "/api/courses/" + p.Course + "/media/" + file }
	view := &videoView{
		Source: address(film.File), Type: mediaTypes[filepath.Ext(film.File)], Seconds: film.Seconds,
		Captions: []captionView{{shown, address(film.Captions)}},
	}
	for _, language := range Languages() {
		other, there := p.Activity.Faces[language]
		if there && language != shown && other.Film != nil && other.Film.File == film.File {
			view.Captions = append(view.Captions, captionView{language, address(other.Film.Captions)})
		}
	}
	return view
}
