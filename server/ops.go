package main

import (
	"bufio"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"luotsi/courses"
	"luotsi/scheduling"
	"luotsi/server/journal"
	"luotsi/server/mongodb"
)

// health asks the running server, for the container's health check.
func health(ctx context.Context, config Config) error {
	host, port, err := net.SplitHostPort(config.Addr)
	if err != nil {
		return err
	}
	if ip := net.ParseIP(host); host == "" || ip.IsUnspecified() { // it listens on every address of this machine
		host = "127.0.0.1"
	}
	ctx, cancel := context.WithTimeout(ctx, 3*time.Second)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+net.JoinHostPort(host, port)+"/healthz", nil)
	if err != nil {
		return err
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return err
	}
	defer res.Body.Close()
	if res.StatusCode != http.StatusOK {
		return fmt.Errorf("health: status %d", res.StatusCode)
	}
	return nil
}

// serveEngine serves the embedded engine alone, so that several servers, or another program, can use it at once.
func serveEngine(ctx context.Context, config Config, args []string, stdout io.Writer) error {
	addr := "127.0.0.1:27117"
	if len(args) == 1 {
		addr = args[0]
	} else if len(args) > 1 {
		return errUsage
	}
	host, _, err := net.SplitHostPort(addr)
	if err != nil || host != "localhost" && !net.ParseIP(host).IsLoopback() {
		return fmt.Errorf("the engine has no passwords: %q is not a loopback address", addr)
	}
	engine, err := mongodb.StartEngine(config.Data, addr)
	if err != nil {
		return err
	}
	db, err := engine.Connect(ctx, databaseName)
	if err == nil {
		err = errors.Join(engine.Prepare(ctx, db, mongodb.Collections), db.Close(ctx))
	}
	if err != nil {
		return errors.Join(err, engine.Close())
	}
	fmt.Fprintln(stdout, engine.URI())
	<-ctx.Done()
	return engine.Close()
}

// verify replays everything and says what does not agree.
func verify(ctx context.Context, config Config, log *slog.Logger, stdout io.Writer) error {
	db, err := openDatabase(ctx, config)
	if err != nil {
		return err
	}
	defer db.Close(context.WithoutCancel(ctx))
	options := newStates().options(db, log, config)
	report, err := journal.Verify(ctx, options, func() []journal.State { return newStates().list() })
	if err != nil {
		return err
	}
	fmt.Fprintf(stdout, "commits  %d\nsegments %d\nstate    %s\n", report.Commits, report.Segments, report.Hash)
	for _, wrong := range report.Wrong {
		fmt.Fprintln(stdout, "WRONG   ", wrong)
	}
	if len(report.Wrong) > 0 {
		return errors.New("the journal and what is derived from it do not agree")
	}
	return nil
}

// export writes a backup and, beside it, the list of people who were erased until then.
func export(ctx context.Context, config Config, log *slog.Logger, args []string, stdout io.Writer) error {
	if len(args) != 1 {
		return errUsage
	}
	w, err := openWorld(ctx, config, log)
	if err != nil {
		return err
	}
	defer w.close()
	state, err := w.journal.Fingerprint()
	if err != nil {
		return err
	}
	header := mongodb.Header{
		At: time.Now().UTC().Truncate(time.Millisecond), Commit: int64(state.Commit), Hash: state.Hash, Shape: state.Shape, Erased: w.erased(),
	}
	file, err := os.OpenFile(args[0], os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	if err := errors.Join(w.db.Dump(ctx, file, header), file.Sync(), file.Close()); err != nil {
		return errors.Join(err, os.Remove(args[0]))
	}
	list := args[0] + ".erased"
	if err := os.WriteFile(list, []byte(strings.Join(append(header.Erased, ""), "\n")), 0o600); err != nil {
		return err
	}
	fmt.Fprintf(stdout, "%s: %d commits, state %s\n%s: %d erased people; keep the newest such list beside every backup\n",
		args[0], header.Commit, header.Hash, list, len(header.Erased))
	return nil
}

// restore reads a backup into an empty database, compares the state, and erases again whoever the list names.
func restore(ctx context.Context, config Config, log *slog.Logger, args []string, stdout io.Writer) error {
	flags := flag.NewFlagSet("import", flag.ContinueOnError)
	list := flags.String("erased", "", "the newest list of erased people; the one beside the backup when it is not given")
	if err := flags.Parse(args); err != nil || flags.NArg() != 1 {
		return errUsage
	}
	path := flags.Arg(0)
	file, err := os.Open(filepath.Clean(path))
	if err != nil {
		return err
	}
	defer file.Close()
	if *list == "" {
		*list = path + ".erased"
	}
	erased, err := readLines(*list)
	if err != nil {
		return fmt.Errorf("the list of erased people: %w", err)
	}
	db, err := openDatabase(ctx, config)
	if err != nil {
		return err
	}
	header, err := db.Restore(ctx, bufio.NewReader(file))
	if err := errors.Join(err, db.Close(ctx)); err != nil {
		return err
	}
	w, err := readWorld(ctx, config, log)
	if err != nil {
		return err
	}
	defer w.close()
	compared, err := w.compare(header)
	if err != nil {
		return err
	}
	if err := w.start(ctx); err != nil {
		return err
	}
	again := 0
	for _, person := range erased {
		was, err := w.people.EraseAgain(ctx, person)
		if err != nil {
			return fmt.Errorf("erase %s again: %w", person, err)
		}
		if was {
			again++
		}
	}
	if err := w.rebuildCopies(ctx); err != nil { // the backup holds none
		return err
	}
	fmt.Fprintf(stdout, "%d commits, %s; %d people erased again\n", header.Commit, compared, again)
	return nil
}

// compare holds the state that was read back beside the one that was written. This program may make another state of the same
// commits than the one that wrote them; then only their number can be compared.
func (w *world) compare(header mongodb.Header) (compared string, err error) {
	state, err := w.journal.Fingerprint()
	switch {
	case err != nil:
		return "", err
	case int64(state.Commit) != header.Commit:
		return "", fmt.Errorf("%d commits were read back, %d were written", state.Commit, header.Commit)
	case state.Shape != header.Shape:
		return "written by another version of Luotsi, whose state can not be compared; luotsi verify checks it", nil
	case state.Hash != header.Hash:
		return "", fmt.Errorf("the state read back (%s) is not the one that was written (%s)", state.Hash, header.Hash)
	}
	return "state " + state.Hash + ", as written", nil
}

func readLines(path string) ([]string, error) {
	text, err := os.ReadFile(filepath.Clean(path))
	if err != nil {
		return nil, err
	}
	return strings.Fields(string(text)), nil
}

// erased lists who was erased, for the list beside a backup.
func (w *world) erased() []string {
	list := []string{}
	w.journal.View(func() {
		for p := range w.states.people.People() {
			if p.Erased {
				list = append(list, p.ID)
			}
		}
	})
	slices.Sort(list)
	return list
}

// project writes all readable copies anew.
func project(ctx context.Context, config Config, log *slog.Logger, stdout io.Writer) error {
	w, err := openWorld(ctx, config, log)
	if err != nil {
		return err
	}
	defer w.close()
	if err := w.rebuildCopies(ctx); err != nil {
		return err
	}
	fmt.Fprintf(stdout, "progress and appointments are written anew, up to commit %d\n", w.journal.Applied())
	return nil
}

func (w *world) rebuildCopies(ctx context.Context) error {
	if err := courses.NewProjection(w.db, w.journal, w.states.courses, w.vault, w.log).Rebuild(ctx); err != nil {
		return err
	}
	return scheduling.NewProjection(w.db, w.journal, w.states.scheduling, w.log).Rebuild(ctx)
}
