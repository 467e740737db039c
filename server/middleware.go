package main

import (
	"context"
	"fmt"
	"log/slog"
	"runtime/debug"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/valyala/fasthttp"
	"golang.org/x/time/rate"

	"luotsi/server/auth"
	"luotsi/server/fault"
	"luotsi/server/journal"
	"luotsi/server/people"
)

const (
	requestTime = 15 * time.Second // longer than the journal waits for the database
	bodyLimit   = 1 << 20
	fileLimit   = 8 << 20  // of a calendar of 5 MB, written as JSON
	headerLimit = 16 << 10 // other programs of the same domain may have left the browser many cookies
)

// bodyLimits lets who is signed in send a calendar; everything else is small.
func bodyLimits(tokens *auth.Tokens) func(*fasthttp.RequestHeader) fasthttp.RequestConfig {
	return func(h *fasthttp.RequestHeader) fasthttp.RequestConfig {
		if !strings.HasPrefix(string(h.RequestURI()), "/api/people/") || !strings.HasSuffix(string(h.RequestURI()), "/file") {
			return fasthttp.RequestConfig{}
		}
		if _, err := tokens.Read(string(h.Cookie(people.TokenCookie)), time.Now()); err != nil {
			return fasthttp.RequestConfig{}
		}
		return fasthttp.RequestConfig{MaxRequestBodySize: fileLimit}
	}
}

func requestID(c *fiber.Ctx) string {
	id, _ := c.Locals("request").(string)
	return id
}

// observe gives every request an id, a log line without personal data, and its place in the metrics.
func observe(log *slog.Logger, now func() time.Time, seconds *prometheus.HistogramVec) fiber.Handler {
	return func(c *fiber.Ctx) error {
		start := now()
		id := uuid.NewString()
		c.Locals("request", id)
		c.Set("X-Request-Id", id)
		err := c.Next()
		if err != nil {
			if err := c.App().Config().ErrorHandler(c, err); err != nil {
				c.Status(fiber.StatusInternalServerError)
			}
		}
		took := now().Sub(start)
		route, status := c.Route().Path, c.Response().StatusCode()
		seconds.WithLabelValues(c.Method(), route, strconv.Itoa(status)).Observe(took.Seconds())
		if log.Enabled(c.UserContext(), slog.LevelDebug) || status >= 500 || took > time.Second {
			log.Info("request", "request", id, "method", c.Method(), "route", route, "status", status, "ms", float64(took.Microseconds())/1000)
		}
		return nil
	}
}

// recovery turns a panic in a handler into an internal failure.
func recovery() fiber.Handler {
	return func(c *fiber.Ctx) (err error) {
		defer func() {
			if r := recover(); r != nil {
				err = fmt.Errorf("panic: %v\n%s", r, debug.Stack())
			}
		}()
		return c.Next()
	}
}

// securityHeaders are on every answer. The page handler adds its own content policy with a nonce.
func securityHeaders(secure bool) fiber.Handler {
	return func(c *fiber.Ctx) error {
		c.Set("X-Content-Type-Options", "nosniff")
		c.Set("Referrer-Policy", "same-origin")
		c.Set("X-Frame-Options", "DENY")
		c.Set("Cross-Origin-Opener-Policy", "same-origin")
		c.Set("Cross-Origin-Resource-Policy", "same-origin")
		c.Set("Permissions-Policy", "camera=(), microphone=(), geolocation=(), payment=()")
		c.Set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
		if secure {
			c.Set("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
		}
		return c.Next()
	}
}

// deadline bounds what a request may wait for: Fiber's own context has none.
func deadline() fiber.Handler {
	return func(c *fiber.Ctx) error {
		ctx, cancel := context.WithTimeout(c.UserContext(), requestTime)
		defer cancel()
		c.SetUserContext(ctx)
		return c.Next()
	}
}

var errForgery = fault.New(fault.Forbidden, "csrf", "writes need the header Luotsi-Request: 1 from our own page")

// sameSite refuses writes that another site's page could have sent.
func sameSite() fiber.Handler {
	return func(c *fiber.Ctx) error {
		switch c.Method() {
		case fiber.MethodGet, fiber.MethodHead, fiber.MethodOptions:
			return c.Next()
		}
		if site := c.Get("Sec-Fetch-Site"); c.Get("Luotsi-Request") != "1" || site != "" && site != "same-origin" && site != "none" {
			return errForgery
		}
		return c.Next()
	}
}

// commits lets a page read its own writes on any server: a request may ask for a commit, and writes tell theirs.
func commits(j *journal.Journal) fiber.Handler {
	return func(c *fiber.Ctx) error {
		if text := c.Get("Luotsi-Commit"); text != "" {
			n, err := strconv.ParseUint(text, 10, 64)
			if err != nil {
				return fault.Bad("Luotsi-Commit", "wrong_type")
			}
			if err := j.WaitFor(c.UserContext(), n); err != nil {
				return err
			}
		}
		if c.Method() == fiber.MethodGet {
			return c.Next()
		}
		ctx, made := journal.Track(c.UserContext())
		c.SetUserContext(ctx)
		err := c.Next()
		if *made > 0 {
			c.Set("Luotsi-Commit", strconv.FormatUint(*made, 10))
		}
		return err
	}
}

var errTooMany = &fault.Error{Kind: fault.TooMany, Code: "too_many", Detail: "too many requests from one place", RetryAfter: 5 * time.Second}

// limits slows down writes, per session or, without one, per address. Reading is from memory and not limited, but for the feeds,
// which are open to whoever has their secret, the checks of certificates, whose numbers nobody is to guess, and for what is heavy.
type limits struct {
	mu      sync.Mutex
	buckets map[string]*bucket
	now     func() time.Time
	swept   time.Time
}

type bucket struct {
	limiter *rate.Limiter
	used    time.Time
}

func (l *limits) allow(key string, perSecond rate.Limit, burst int) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	now := l.now()
	if now.Sub(l.swept) > time.Minute {
		for k, b := range l.buckets {
			if now.Sub(b.used) > 10*time.Minute {
				delete(l.buckets, k)
			}
		}
		l.swept = now
	}
	b := l.buckets[key]
	if b == nil {
		b = &bucket{limiter: rate.NewLimiter(perSecond, burst)}
		l.buckets[key] = b
	}
	b.used = now
	return b.limiter.AllowN(now, 1)
}

// isHeavy reports whether a read costs a hundred times more than others: a file is made for it, and that it was taken is written to
// the access log of everybody in it, or it opens somebody's text for oneself, and its writer gets another line that it was opened.
func isHeavy(path string) bool {
	if strings.Contains(path, "/shared/") || strings.Contains(path, "/writings/") {
		return true
	}
	for _, ending := range []string{"/file", "-file", "/pdf", "/badge"} {
		if strings.HasSuffix(path, ending) {
			return true
		}
	}
	return false
}

func (l *limits) handler(tokens *auth.Tokens) fiber.Handler {
	return func(c *fiber.Ctx) error {
		reads, path := c.Method() == fiber.MethodGet || c.Method() == fiber.MethodHead, c.Path()
		heavy := reads && isHeavy(path)
		if reads && !heavy && !strings.HasPrefix(path, "/api/feeds/") && !strings.HasPrefix(path, "/api/checks/") {
			return c.Next()
		}
		// Only a token of ours names a session: whoever makes tokens up is counted by address, as one who sends none.
		if claim, err := tokens.Read(c.Cookies(people.TokenCookie), l.now()); err != nil {
			if !l.allow("address "+address(c), 10, 60) {
				return errTooMany
			}
		} else if heavy && !l.allow("heavy "+claim.Session, 1, 20) || !heavy && !l.allow("session "+claim.Session, 20, 100) {
			return errTooMany
		}
		return c.Next()
	}
}
