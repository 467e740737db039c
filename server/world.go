package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/google/uuid"

	"luotsi/courses"
	"luotsi/courses/library"
	"luotsi/courses/psycap"
	"luotsi/migrations"
	"luotsi/scheduling"
	"luotsi/scheduling/ical"
	"luotsi/server/auth"
	"luotsi/server/journal"
	"luotsi/server/mail"
	"luotsi/server/mongodb"
	"luotsi/server/people"
	"luotsi/server/vault"
)

const databaseName = "luotsi"

// states are the features' parts of the memory, empty until the journal fills them.
type states struct {
	people     *people.State
	courses    *courses.State
	psycap     *psycap.State
	scheduling *scheduling.State
}

func newStates() states {
	return states{people.NewState(), courses.NewState(), psycap.NewState(), scheduling.NewState()}
}

func (s states) list() []journal.State {
	return []journal.State{s.people, s.courses, s.psycap, s.scheduling}
}

func (s states) options(db *mongodb.Database, log *slog.Logger, config Config) journal.Options {
	types := people.Events()
	types = append(types, courses.Events()...)
	types = append(types, psycap.Events()...)
	types = append(types, scheduling.Events()...)
	return journal.Options{
		Database: db, Types: types, Upgrades: migrations.Upgrades(), States: s.list(),
		Now: time.Now, Log: log, Shared: config.MongoDB != "",
	}
}

// world is everything that was opened, and what people do with it.
type world struct {
	past       atomic.Int64 // how far behind the clock is while a demo is filled
	config     Config
	log        *slog.Logger
	db         *mongodb.Database
	states     states
	journal    *journal.Journal
	vault      *vault.Vault
	names      *people.Names
	access     *people.AccessLog
	passwords  *auth.Passwords
	people     *people.Service
	courses    *courses.Service
	psycap     *psycap.Service
	scheduling *scheduling.Service
	outbox     *mail.Outbox
	files      *mail.Files // nil when mail goes out by SMTP
}

// openDatabase connects and brings stored data up to what this program reads.
func openDatabase(ctx context.Context, config Config) (*mongodb.Database, error) {
	var db *mongodb.Database
	var err error
	if config.MongoDB != "" {
		db, err = mongodb.Connect(ctx, config.MongoDB, databaseNameOf(config.MongoDB))
	} else {
		db, err = mongodb.OpenEmbedded(ctx, config.Data, databaseName, mongodb.Collections)
	}
	if err != nil {
		return nil, err
	}
	if err := migrations.Run(ctx, db, migrations.Steps(), time.Now); err != nil {
		return nil, errors.Join(err, db.Close(ctx))
	}
	return db, nil
}

// databaseNameOf is the database that the address names, so that several regions can share a MongoDB.
func databaseNameOf(uri string) string {
	if u, err := url.Parse(uri); err == nil && len(u.Path) > 1 {
		return u.Path[1:]
	}
	return databaseName
}

// openWorld is readWorld, ready for people. Nothing runs in the background yet.
func openWorld(ctx context.Context, config Config, log *slog.Logger) (*world, error) {
	w, err := readWorld(ctx, config, log)
	if err != nil {
		return nil, err
	}
	if err := w.start(ctx); err != nil {
		w.journal.Close()
		return nil, errors.Join(err, w.db.Close(context.WithoutCancel(ctx)))
	}
	return w, nil
}

// readWorld connects, checks the keys, reads the journal, and makes the services. It adds nothing to the journal.
func readWorld(ctx context.Context, config Config, log *slog.Logger) (w *world, err error) {
	w = &world{config: config, log: log, states: newStates()}
	if w.db, err = openDatabase(ctx, config); err != nil {
		return nil, err
	}
	db := w.db // w is nil where a failure returns it
	defer func() {
		if err != nil {
			err = errors.Join(err, db.Close(context.WithoutCancel(ctx)))
		}
	}()
	if w.vault, err = vault.New(w.db, config.VaultKey, time.Now); err != nil {
		return nil, err
	}
	if err := checkVaultKey(ctx, w.db, w.vault.KeyID()); err != nil {
		return nil, err
	}
	w.names = people.NewNames(w.db, w.vault, time.Now, log)
	w.names.Attach(w.states.people)
	options := w.states.options(w.db, log, config)
	options.Now = w.now
	if w.journal, err = journal.Open(ctx, options); err != nil {
		return nil, err
	}
	if config.Demo && w.journal.Applied() == 0 {
		w.goBack(demoBegan)
	}
	if err := w.makeServices(); err != nil {
		w.journal.Close()
		return nil, err
	}
	return w, nil
}

// start reads the names, finishes erasures, and publishes the courses that ship when they are new.
func (w *world) start(ctx context.Context) error {
	if err := w.people.Start(ctx); err != nil {
		return err
	}
	all, err := allCourses(w.config.Courses)
	if err != nil {
		return err
	}
	return w.courses.Publish(ctx, all)
}

// allCourses reads the courses that ship, and those of a folder of the operator's own.
func allCourses(folder string) ([]*courses.Content, error) {
	all, err := library.Shipped()
	if err != nil || folder == "" {
		return all, err
	}
	own, err := library.Load(os.DirFS(folder))
	if err != nil {
		return nil, fmt.Errorf("LUOTSI_COURSES: %w", err)
	}
	for _, c := range own {
		if slices.ContainsFunc(all, func(shipped *courses.Content) bool { return shipped.ID == c.ID }) {
			return nil, fmt.Errorf("LUOTSI_COURSES: course %s ships with Luotsi; give yours another id", c.ID)
		}
	}
	return append(all, own...), nil
}

func (w *world) makeServices() error {
	tokens, err := auth.NewTokens(w.config.JWTKey)
	if err != nil {
		return err
	}
	links, err := auth.NewLinks(w.config.JWTKey)
	if err != nil {
		return err
	}
	newID := func() string { return uuid.Must(uuid.NewV7()).String() }
	public := w.config.PublicURL.String()
	w.access = people.NewAccessLog(w.db, time.Now)
	w.passwords = auth.NewPasswords()
	w.people = people.NewService(people.Options{
		Database: w.db, Journal: w.journal, State: w.states.people, Names: w.names, Vault: w.vault, Access: w.access,
		Tokens: tokens, Links: links, Passwords: w.passwords, PublicURL: public, NewID: newID, Now: time.Now, Log: w.log,
	})
	w.psycap = psycap.NewService(psycap.Options{
		Database: w.db, Journal: w.journal, State: w.states.psycap, Vault: w.vault, People: w.states.people, Names: w.names, Access: w.access,
		Cohorts: courses.CohortsFor(w.states.courses, w.states.people), NewID: newID, Now: time.Now, Log: w.log, PublicURL: public,
		WantsMail: func(person string, kind psycap.NoticeKind) bool {
			return w.states.courses.WantsMail(person, courses.NoticeKind(kind))
		},
	})
	w.courses, err = courses.NewService(courses.Options{
		Database: w.db, Journal: w.journal, State: w.states.courses, Vault: w.vault, People: w.states.people, Names: w.names,
		Access: w.access, NewID: newID, Now: time.Now, Log: w.log, Shared: w.config.MongoDB != "", PublicURL: public, Inviter: inviter{w.people}, Drafts: w.psycap, More: w.notices,
		BadgeKey: w.config.BadgeKey, Media: filepath.Join(w.config.Data, "media"),
	})
	if err != nil {
		return err
	}
	sender := "luotsi@" + w.config.PublicURL.Hostname()
	w.scheduling = scheduling.NewService(scheduling.Options{
		Journal: w.journal, State: w.states.scheduling, People: w.states.people, Names: w.names, Vault: w.vault, Database: w.db, Log: w.log,
		Fetch: scheduling.NewFetcher(nil, false).Fetch,
		Links: links, NewID: newID, Now: time.Now,
		Organizer: ical.Person{Name: "Luotsi", Email: sender}, PublicURL: public, Access: w.access, TextsDays: w.config.TextsDays,
	})
	var out mail.Sender
	if w.config.SMTP != "" {
		if out, err = mail.NewSMTP(w.config.SMTP, sender); err != nil {
			return err
		}
	} else {
		w.files = mail.NewFiles(filepath.Join(w.config.Data, "mail"), sender)
		out = w.files
		w.people.Keeps(people.Keeper{Name: "mail", Forget: func(_ context.Context, person string, name people.Name) error {
			return w.files.Forget(person, name.Name, name.Email)
		}})
	}
	w.people.Keeps(w.courses.Keeper())
	w.people.Keeps(w.courses.NoticesKeeper())
	w.people.Keeps(w.psycap.Keeper())
	w.people.Keeps(w.scheduling.Keeper())
	w.outbox = mail.NewOutbox(w.db, w.journal, out, w.config.PublicURL.Hostname(), time.Now, w.log, w.people.Announce, w.scheduling.Announce, w.scheduling.AnnounceConsultations, w.scheduling.AnnounceDeputies, w.courses.AnnounceMessages, w.courses.AnnounceNotices, w.psycap.Announce)
	return nil
}

// demoMark is in the settings of a database that was filled with demo people.
const demoMark = "demo"

// checkDemo refuses to serve demo people, whose password everybody knows, as if they were real; and a database with real
// people is no demo, whatever the settings say.
func (w *world) checkDemo(ctx context.Context) error {
	_, err := mongodb.Open[struct{}](w.db, "settings").Get(ctx, demoMark)
	if errors.Is(err, mongodb.ErrNotFound) {
		w.config.Demo = false
		return nil
	}
	if err == nil && !w.config.Demo {
		err = errors.New("this database holds demo people whose password is public: set LUOTSI_DEMO=1, or begin with an empty data folder")
	}
	return err
}

// checkVaultKey refuses another key than the one the names were sealed with: it would show everybody without a name.
func checkVaultKey(ctx context.Context, db *mongodb.Database, keyID string) error {
	type setting struct {
		KeyID string `bson:"key_id"`
	}
	settings := mongodb.Open[setting](db, "settings")
	err := settings.Insert(ctx, "vault key", setting{keyID})
	if !errors.Is(err, mongodb.ErrDuplicate) {
		return err
	}
	kept, err := settings.Get(ctx, "vault key")
	if err != nil {
		return err
	}
	if kept.KeyID != keyID {
		return fmt.Errorf("LUOTSI_VAULT_KEY is not the key of this database (%s): with another one every name would be lost", kept.KeyID)
	}
	return nil
}

// work runs everything that happens without being asked, until ctx ends; wait returns when all of it has.
func (w *world) work(ctx context.Context) (wait func()) {
	var group sync.WaitGroup
	group.Go(func() { w.outbox.Run(ctx) })
	group.Go(func() { courses.NewProjection(w.db, w.journal, w.states.courses, w.vault, w.log).Run(ctx) })
	group.Go(func() { scheduling.NewProjection(w.db, w.journal, w.states.scheduling, w.log).Run(ctx) })
	group.Go(func() {
		seen := time.NewTicker(5 * time.Minute)
		defer seen.Stop()
		w.people.Run(ctx, seen.C)
	})
	group.Go(func() { w.every(ctx, 10*time.Second, "write places", w.courses.Flush) })
	group.Go(func() { w.every(ctx, 10*time.Second, "issue certificates", w.courses.IssueCertificates) })
	group.Go(func() { w.every(ctx, 10*time.Second, "hand in late attempts", w.courses.CloseQuizzes) })
	group.Go(func() { w.every(ctx, 30*time.Second, "ask what is still in use", w.courses.FollowUp) })
	group.Go(func() { w.every(ctx, 30*time.Second, "tell what opens and is due", w.courses.TellNews) })
	group.Go(func() { w.every(ctx, 30*time.Second, "remind of goals", w.psycap.RemindGoals) })
	group.Go(func() { w.every(ctx, 30*time.Second, "tell what cohorts are asked", w.psycap.Tell) })
	group.Go(func() { w.every(ctx, 5*time.Second, "free kept times", w.scheduling.Expire) })
	group.Go(func() { w.every(ctx, time.Second, "offer free places", w.scheduling.OfferWaiting) })
	group.Go(func() {
		w.every(ctx, 30*time.Second, "end what people who are gone were to come to", w.scheduling.Departures)
	})
	group.Go(func() { w.every(ctx, time.Minute, "return unclaimed places", w.scheduling.ReturnPlaces) })
	group.Go(func() { w.every(ctx, time.Minute, "read other calendars", w.scheduling.ReadCalendars) })
	group.Go(func() { w.every(ctx, 30*time.Second, "send reminders", w.scheduling.Remind) })
	group.Go(func() { w.every(ctx, 30*time.Second, "send digests", w.scheduling.Digest) })
	group.Go(func() { w.every(ctx, 5*time.Minute, "let texts vanish", w.scheduling.VanishTexts) })
	var swept time.Time // an hour after the start, then daily: a server that is restarted every day sweeps too
	group.Go(func() {
		w.every(ctx, time.Hour, "sweep the vault", func(ctx context.Context) error {
			if time.Since(swept) < 24*time.Hour {
				return nil
			}
			swept = time.Now()
			return w.sweepVault(ctx)
		})
	})
	return group.Wait
}

func (w *world) every(ctx context.Context, period time.Duration, what string, do func(context.Context) error) {
	ticker := time.NewTicker(period)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
			if err := do(ctx); err != nil && ctx.Err() == nil {
				w.log.Warn(what, "error", err)
			}
		}
	}
}

// sweepVault deletes texts that nobody names. A server that does not follow the journal does not know what is named.
func (w *world) sweepVault(ctx context.Context) error {
	if err := w.journal.Ready(ctx); err != nil {
		return err
	}
	named := map[string]bool{}
	w.journal.View(func() {
		for id := range w.states.courses.Texts() {
			named[id] = true
		}
		for id := range w.states.psycap.Texts() {
			named[id] = true
		}
		for _, id := range w.states.people.Texts() {
			named[id] = true
		}
		for id := range w.states.scheduling.Texts(time.Now()) {
			named[id] = true
		}
	})
	n, err := w.vault.Sweep(ctx, func(id string) bool { return named[id] })
	if n > 0 {
		w.log.Info("texts that nobody named deleted", "count", n)
	}
	return errors.Join(err, w.psycap.SweepDrafts(ctx))
}

// close ends what openWorld opened; what is only in memory is written first.
func (w *world) close() {
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	err := w.courses.Flush(ctx)
	err = errors.Join(err, w.journal.SnapshotIfDue(ctx, 1000))
	w.journal.Close()
	if err = errors.Join(err, w.db.Close(ctx)); err != nil {
		w.log.Warn("close", "error", err)
	}
}
