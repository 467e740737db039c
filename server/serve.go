package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"math"
	"net"
	"net/url"
	"os"
	"runtime"
	"runtime/debug"
	"time"

	"luotsi/frontend"
	"luotsi/server/auth"
	"luotsi/server/web"
)

// drainTime is how long requests in flight may take to finish after the end was asked for.
const drainTime = 20 * time.Second

// serve runs until ctx ends, then lets requests in flight finish.
func serve(ctx context.Context, config Config, log *slog.Logger, stdout io.Writer) error {
	w, err := openWorld(ctx, config, log)
	if err != nil {
		return err
	}
	defer w.close()
	if config.Demo {
		if err := w.fillDemo(ctx); err != nil {
			return fmt.Errorf("demo data: %w", err)
		}
	}
	if err := w.checkDemo(ctx); err != nil {
		return err
	}
	p, err := builtPage()
	if err != nil {
		return err
	}
	a := newApp(w, p, log)
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", config.Addr)
	if err != nil {
		return err
	}
	limitMemory()
	background, stop := context.WithCancel(context.WithoutCancel(ctx))
	wait := w.work(background)
	served := make(chan error, 1)
	go func() { served <- a.fiber.Listener(listener) }()
	w.greet(stdout)

	select {
	case err = <-served:
	case <-ctx.Done():
		a.draining.Store(true)
		err = a.fiber.ShutdownWithTimeout(drainTime)
		_ = listener.Close() // when the end came before serving began, there was nothing to shut down yet
		err = errors.Join(err, <-served)
	}
	stop()
	wait()
	if state, failed := w.journal.Fingerprint(); failed == nil { // the same as of any other server at that commit
		log.Info("ended", "commit", state.Commit, "state", state.Hash)
	}
	return err
}

// limitMemory makes the collector work sooner once memory is twice what the state takes: each password that is checked
// leaves 19 MB behind. Below that it works half as often as it would by itself: looking through the state takes most of its
// time, and a search for joint times takes an eighth less of the processor for 60 MB more. GOMEMLIMIT and GOGC, when they are
// set, are obeyed instead.
func limitMemory() {
	if before := debug.SetGCPercent(200); before != 100 {
		debug.SetGCPercent(before)
	}
	if debug.SetMemoryLimit(-1) != math.MaxInt64 {
		return
	}
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	debug.SetMemoryLimit(max(260<<20, 2*int64(m.HeapAlloc)+100<<20))
}

// builtPage is the front end as it was built into the program.
func builtPage() (*page, error) {
	dist, err := fs.Sub(frontend.Dist, "dist")
	if err != nil {
		return nil, err
	}
	return newPage(dist)
}

// greet tells where the page is and, in a demo, who can sign in.
func (w *world) greet(out io.Writer) {
	fmt.Fprintf(out, "Luotsi is at %s\n", w.config.PublicURL)
	if !w.config.Demo {
		return
	}
	fmt.Fprintf(out, "\nDemo people, all with the password %q:\n", demoPassword)
	for _, d := range demoSignIns() {
		fmt.Fprintf(out, "  %-34s %-20s %s\n", d.email, d.name, d.roles())
	}
	if w.files != nil {
		fmt.Fprintf(out, "\nMail is written to files in %s/mail.\n", w.config.Data)
	}
}

// found makes the first organisation and prints the link with which its administrator comes in.
func found(ctx context.Context, config Config, log *slog.Logger, args []string, stdout io.Writer) error {
	flags := flag.NewFlagSet("init", flag.ContinueOnError)
	org := flags.String("organisation", "", "name of the organisation: the controller of its data")
	unit := flags.String("unit", "", "name of its first unit")
	kind := flags.String("kind", "health_centre", "kind of that unit")
	email := flags.String("email", "", "mail address of the first administrator")
	name := flags.String("name", "", "name of the first administrator")
	language := flags.String("language", "fi", "fi, sv or en")
	if err := flags.Parse(args); err != nil || *org == "" || *unit == "" || *email == "" || *name == "" || flags.NArg() > 0 {
		return errUsage
	}
	w, err := openWorld(ctx, config, log)
	if err != nil {
		return err
	}
	defer w.close()
	link, err := w.people.Found(ctx, *org, *unit, *kind, *email, *name, *language)
	if err != nil {
		return err
	}
	fmt.Fprintf(stdout, "%s\n\nThe link serves once, for 7 days. It also goes out by mail when the server runs.\n", link)
	return nil
}

// printOpenAPI describes the API, on a throw-away database.
func printOpenAPI(ctx context.Context, stdout io.Writer) (err error) {
	folder, err := os.MkdirTemp("", "luotsi-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(folder)) }()
	log := slog.New(slog.DiscardHandler)
	config := Config{
		Data: folder, PublicURL: &url.URL{Scheme: "http", Host: "localhost"},
		JWTKey: []byte(auth.NewSecret())[:32], VaultKey: []byte(auth.NewSecret())[:32],
	}
	w, err := openWorld(ctx, config, log)
	if err != nil {
		return err
	}
	defer w.close()
	a := newApp(w, &page{}, log)
	text, err := web.OpenAPI(a.router.Routes(), statusOf)
	if err != nil {
		return err
	}
	_, err = stdout.Write(append(text, '\n'))
	return err
}
