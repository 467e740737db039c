package main

import (
	"log/slog"
	"net"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/gofiber/fiber/v2/middleware/adaptor"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"luotsi/courses"
	"luotsi/courses/psycap"
	"luotsi/scheduling"
	"luotsi/server/auth"
	"luotsi/server/people"
	"luotsi/server/web"
)

// app is the HTTP side: Fiber with every route, and what tests and the API description need to know of them.
type app struct {
	fiber    *fiber.App
	router   *web.Router
	draining atomic.Bool // /readyz answers 503 from the first moment of an orderly end
}

// newApp mounts everything, in the order a request passes it.
func newApp(w *world, p *page, log *slog.Logger) *app {
	a := &app{fiber: fiber.New(fiber.Config{
		AppName: "Luotsi", DisableStartupMessage: true, Immutable: true, StrictRouting: true, CaseSensitive: true,
		BodyLimit: bodyLimit, ReadBufferSize: headerLimit, ReadTimeout: 30 * time.Second, WriteTimeout: 30 * time.Second, IdleTimeout: 2 * time.Minute,
		ErrorHandler: errorHandler(log),
	})}
	a.fiber.Server().HeaderReceived = bodyLimits(w.people.Tokens)
	metrics := newMetrics(w)
	secure := w.config.PublicURL.Scheme == "https"

	a.fiber.Use(observe(log, time.Now, metrics.seconds))
	a.fiber.Use(recovery())
	a.fiber.Use(securityHeaders(secure))
	a.fiber.Use(deadline())

	api := a.fiber.Group("/api/")
	api.Use(noStore())
	api.Use(sameSite())
	api.Use((&limits{buckets: map[string]*bucket{}, now: time.Now}).handler(w.people.Tokens))
	api.Use(commits(w.journal))

	a.router = web.NewRouter(a.fiber, caller(w.people), func(request string) string { return w.vault.Fingerprint("request", request) })
	people.Mount(a.router, w.people)
	courses.Mount(a.router, w.courses)
	psycap.Mount(a.router, w.psycap)
	scheduling.Mount(a.router, w.scheduling)
	a.mountStatus(w)
	a.mountHealth(w, metrics.registry)

	a.fiber.Use(p.serve)
	return a
}

// caller reads who calls from the token's cookie. A page that was opened by one person and finds another signed in, in the same
// browser, must not act or read in that one's name: it says in Luotsi-Person whose it is.
func caller(s *people.Service) func(*fiber.Ctx) (auth.Caller, error) {
	return func(c *fiber.Ctx) (auth.Caller, error) {
		identity, err := s.Identify(c.Cookies(people.TokenCookie), time.Now())
		if page := c.Get("Luotsi-Person"); err == nil && page != "" && page != identity.Person {
			return auth.Caller{Address: address(c)}, auth.ErrOtherPerson
		}
		return auth.Caller{Identity: identity, Address: address(c)}, err
	}
}

// address is where a request comes from: what a proxy on this machine or network says in X-Real-IP, else the connection's own. Of
// IPv6 it is the network of 64 bits that one subscriber gets: they could send every request from another address of it.
func address(c *fiber.Ctx) string {
	from := c.Context().RemoteIP()
	if from.IsLoopback() || from.IsPrivate() {
		if told := net.ParseIP(c.Get("X-Real-IP")); told != nil {
			from = told
		}
	}
	if from.To4() == nil {
		from = from.Mask(net.CIDRMask(64, 128))
	}
	return from.String()
}

// viaProxy reports whether somebody outside asks: proxies tell so in one of these, whatever else they are set up to tell.
func viaProxy(c *fiber.Ctx) bool {
	return c.Get("X-Real-IP") != "" || c.Get(fiber.HeaderXForwardedFor) != "" || c.Get("Forwarded") != ""
}

func noStore() fiber.Handler {
	return func(c *fiber.Ctx) error {
		c.Set(fiber.HeaderCacheControl, "no-store")
		return c.Next()
	}
}

// statusView is what the sign-in page shows before anybody is signed in.
type statusView struct {
	Demo         bool       `json:"demo"`
	DemoPassword string     `json:"demoPassword,omitempty"`
	DemoPeople   []demoView `json:"demoPeople,omitempty"`
}

type demoView struct {
	Name  string `json:"name"`
	Email string `json:"email"`
	Role  string `json:"role"`
}

func (a *app) mountStatus(w *world) {
	open := web.Route{Method: fiber.MethodGet, Tag: "status", Access: auth.Anyone()}
	status := open
	status.Path, status.ID, status.Summary = "/api/status", "getStatus", "What this server is; in a demo, who can sign in"
	web.Handle(a.router, status, w.status)

	description := open
	description.Path, description.ID, description.Summary = "/api/openapi.json", "getOpenAPI", "This description"
	// Made at the first request: by then every route is mounted.
	describe := sync.OnceValues(func() ([]byte, error) { return web.OpenAPI(a.router.Routes(), statusOf) })
	web.Mount(a.router, description, func(c *fiber.Ctx, _ auth.Caller) error {
		text, err := describe()
		if err != nil {
			return err
		}
		c.Set(fiber.HeaderContentType, fiber.MIMEApplicationJSONCharsetUTF8)
		return c.Send(text)
	})
}

func (a *app) mountHealth(w *world, registry *prometheus.Registry) {
	a.fiber.Get("/healthz", func(c *fiber.Ctx) error { return c.SendString("ok") })
	a.fiber.Get("/readyz", func(c *fiber.Ctx) error {
		if a.draining.Load() {
			return c.Status(http.StatusServiceUnavailable).SendString("draining")
		}
		if err := w.journal.Ready(c.UserContext()); err != nil {
			w.log.Warn("not ready", "error", err)
			return c.Status(http.StatusServiceUnavailable).SendString("the database does not answer")
		}
		return c.SendString("ready")
	})
	metrics := adaptor.HTTPHandler(promhttp.HandlerFor(registry, promhttp.HandlerOpts{}))
	a.fiber.Get("/metrics", func(c *fiber.Ctx) error {
		if remote := c.Context().RemoteIP(); viaProxy(c) || !remote.IsLoopback() && !remote.IsPrivate() {
			return errNotFound // for the operator's own network
		}
		return metrics(c)
	})
}

// metrics are kept in a registry of their own: the embedded engine has its own in the default one.
type metrics struct {
	registry *prometheus.Registry
	seconds  *prometheus.HistogramVec
}

func newMetrics(w *world) metrics {
	m := metrics{prometheus.NewRegistry(), prometheus.NewHistogramVec(prometheus.HistogramOpts{
		Name: "luotsi_request_seconds", Help: "Time to answer a request.",
		Buckets: []float64{.0005, .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 15},
	}, []string{"method", "route", "status"})}
	gauge := func(name, help string, value func() float64) prometheus.Collector {
		return prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: name, Help: help}, value)
	}
	counter := func(name, help string, value func() float64) prometheus.Collector {
		return prometheus.NewCounterFunc(prometheus.CounterOpts{Name: name, Help: help}, value)
	}
	stats := w.journal.Stats()
	m.registry.MustRegister(m.seconds,
		gauge("luotsi_journal_commit", "The newest commit in the state.", func() float64 { return float64(w.journal.Applied()) }),
		counter("luotsi_journal_lost_total", "Tries to commit that another server won.", func() float64 { return float64(stats.Lost.Load()) }),
		counter("luotsi_journal_unknown_total", "Commits whose outcome was not known at once.", func() float64 { return float64(stats.Unknown.Load()) }),
		counter("luotsi_mail_sent_total", "Mails sent.", func() float64 { return float64(w.outbox.Counts().Sent) }),
		counter("luotsi_mail_given_up_total", "Mails given up after 48 hours.", func() float64 { return float64(w.outbox.Counts().GivenUp) }),
		gauge("luotsi_mail_waiting", "Mails to send or to try again.", func() float64 { return float64(w.outbox.Counts().Waiting) }),
	)
	return m
}
