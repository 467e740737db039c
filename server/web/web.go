// Package web registers typed handlers: a request type in, a view out. It decodes strictly, validates, checks the
// declared access, and collects the types into one OpenAPI document, so that the description can not drift from the code.
package web

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"reflect"
	"sync"
	"time"

	"github.com/gofiber/fiber/v2"

	"luotsi/server/auth"
	"luotsi/server/fault"
)

// Route declares one operation of the API.
type Route struct {
	Method  string // GET, HEAD, POST, PUT or DELETE
	Path    string // with Fiber's parameters: /api/courses/:course
	ID      string // operationId: a verb and a noun in camelCase
	Summary string // one line for the API description
	Tag     string // the feature
	Access  auth.Access
	Status  int // status of success; 200 when zero
	// Faults are the coded failures a caller should expect, besides those every route has.
	Faults []*fault.Error
}

// Write reports whether the route may change something.
func (r Route) Write() bool { return r.Method != fiber.MethodGet && r.Method != fiber.MethodHead }

// Router mounts routes on Fiber and keeps them for the API description and for tests that walk all of them.
type Router struct {
	fiber  fiber.Router
	routes []Registered
	caller func(*fiber.Ctx) (auth.Caller, error)
	// fingerprint is kept with an idempotency key to recognise the same request. It needs a secret: from a plain hash a short
	// personal text could be guessed.
	fingerprint func(request string) string
}

// Registered is a mounted route with the types it takes and gives.
type Registered struct {
	Route
	Request  reflect.Type
	Response reflect.Type
}

// NewRouter mounts on app. caller finds who calls; its error is answered unless the route is open to anyone. fingerprint is
// a keyed hash, the same on every server.
func NewRouter(app fiber.Router, caller func(*fiber.Ctx) (auth.Caller, error), fingerprint func(request string) string) *Router {
	return &Router{fiber: app, caller: caller, fingerprint: fingerprint}
}

// Routes lists what is mounted, in order.
func (r *Router) Routes() []Registered { return r.routes }

// Appender is a view that writes its own JSON, the same that json.Marshal would write: for large views that are asked for often.
type Appender interface {
	AppendJSON(to []byte) ([]byte, error)
}

// buffers are for Appenders: a hundred kilobytes a request would keep the garbage collector busy.
var buffers = sync.Pool{New: func() any { return new([]byte) }}

// None is the request or the response of routes that take or give nothing.
type None struct{}

// Handle mounts a typed handler. Req is a struct whose fields have a `path`, `query` or `json` tag and `validate` rules;
// unknown parameters and JSON fields are refused. Res is encoded as JSON; None answers 204.
// It panics on a route without a rule or with a type it can not read: both are mistakes of the program, found at start.
func Handle[Req, Res any](r *Router, route Route, h func(ctx context.Context, caller auth.Caller, req Req) (Res, error)) {
	if !route.Access.Declared() {
		panic(fmt.Sprintf("web: %s %s declares no access", route.Method, route.Path))
	}
	in, out := reflect.TypeFor[Req](), reflect.TypeFor[Res]()
	decode := newDecoder(in)
	empty := out == reflect.TypeFor[None]()
	if route.Status == 0 {
		route.Status = http.StatusOK
		if empty {
			route.Status = http.StatusNoContent
		}
	}
	r.routes = append(r.routes, Registered{Route: route, Request: in, Response: out})
	r.fiber.Add(route.Method, route.Path, func(c *fiber.Ctx) error {
		caller, err := r.caller(c)
		if err != nil && !route.Access.Open() {
			return err
		}
		if !route.Access.Allows(caller.Identity) {
			return auth.ErrForbidden
		}
		var req Req
		if err := decode(c, &req); err != nil {
			return err
		}
		if route.Write() {
			if caller.Key, err = r.keyOf(c); err != nil {
				return err
			}
		}
		effects := &effects{cookie: func(name string) string { return c.Cookies(name) }}
		res, err := h(context.WithValue(c.UserContext(), effectsKey{}, effects), caller, req)
		if err != nil {
			return err
		}
		for _, cookie := range effects.cookies {
			c.Response().Header.Add(fiber.HeaderSetCookie, cookie.String())
		}
		if empty {
			return c.SendStatus(route.Status)
		}
		c.Set(fiber.HeaderContentType, fiber.MIMEApplicationJSONCharsetUTF8)
		c.Status(route.Status)
		if view, ok := any(res).(Appender); ok {
			buffer := buffers.Get().(*[]byte)
			defer buffers.Put(buffer)
			if *buffer, err = view.AppendJSON((*buffer)[:0]); err != nil {
				return fmt.Errorf("encode %s: %w", route.ID, err)
			}
			c.Response().SetBody(*buffer) // copies: the buffer serves again
			return nil
		}
		body, err := json.Marshal(res)
		if err != nil {
			return fmt.Errorf("encode %s: %w", route.ID, err)
		}
		return c.Send(body)
	})
}

// Mount adds a route that is not JSON in, JSON out (a page, a file, a stream); it is described without types.
func Mount(r *Router, route Route, h func(c *fiber.Ctx, caller auth.Caller) error) {
	if !route.Access.Declared() {
		panic(fmt.Sprintf("web: %s %s declares no access", route.Method, route.Path))
	}
	none := reflect.TypeFor[None]()
	r.routes = append(r.routes, Registered{Route: route, Request: none, Response: none})
	r.fiber.Add(route.Method, route.Path, func(c *fiber.Ctx) error {
		caller, err := r.caller(c)
		if err != nil && !route.Access.Open() {
			return err
		}
		if !route.Access.Allows(caller.Identity) {
			return auth.ErrForbidden
		}
		return h(c, caller)
	})
}

type effectsKey struct{}

type effects struct {
	cookie  func(name string) string // of the request
	cookies []*http.Cookie           // of the answer
}

// Cookie reads a cookie of the request that ctx belongs to; empty when it has none of that name.
func Cookie(ctx context.Context, name string) string {
	if e, ok := ctx.Value(effectsKey{}).(*effects); ok {
		return e.cookie(name)
	}
	return ""
}

// SetCookie adds a cookie to the answer of the handler that ctx belongs to, if it succeeds.
func SetCookie(ctx context.Context, cookie *http.Cookie) {
	if e, ok := ctx.Value(effectsKey{}).(*effects); ok {
		e.cookies = append(e.cookies, cookie)
	}
}

// ErrKey is the failure of an Idempotency-Key that is too long or has odd characters.
var ErrKey = fault.New(fault.Invalid, "idempotency_key_invalid", "Idempotency-Key takes 1 to 64 letters, digits, - or _")

func (r *Router) keyOf(c *fiber.Ctx) (auth.Key, error) {
	id := c.Get("Idempotency-Key")
	if id == "" {
		return auth.Key{}, nil
	}
	if !idForm.MatchString(id) {
		return auth.Key{}, ErrKey
	}
	return auth.Key{ID: id, Request: r.fingerprint(c.Method() + " " + c.OriginalURL() + "\n" + string(c.BodyRaw()))}, nil
}

// Date is a calendar day without a time or a zone: 2026-11-21.
type Date string

// Day parses the date as midnight UTC of that day; a Finnish day is made of it in one place, where its times are computed.
func (d Date) Day() (time.Time, error) { return time.Parse(time.DateOnly, string(d)) }
