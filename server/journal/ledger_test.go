package journal_test

import (
	"context"
	"fmt"
	"log/slog"
	"sync/atomic"
	"testing"
	"time"

	"luotsi/server/fault"
	"luotsi/server/journal"
	"luotsi/server/mongodb"
)

// The tests' own feature: accounts with whole euros that must never be below zero.

type deposited struct {
	Account string `bson:"account"`
	Amount  int64  `bson:"amount"`
	Note    string `bson:"note,omitempty"`
}

type withdrawn struct {
	Account string `bson:"account"`
	Amount  int64  `bson:"amount"`
}

func ledgerTypes() []journal.Type {
	return []journal.Type{journal.Define[deposited]("test.deposited"), journal.Define[withdrawn]("test.withdrawn")}
}

type account struct {
	Balance int64
	Moves   []int64
}

type ledgerData struct {
	Accounts map[string]account
	Total    int64
}

type ledger struct {
	data    ledgerData
	rich    map[string]bool // derived: balance of 100 or more
	version int
}

func newLedger() *ledger {
	l := &ledger{version: 1}
	l.Reindex()
	return l
}

func (l *ledger) Name() string { return "ledger" }
func (l *ledger) Version() int { return l.version }
func (l *ledger) Primary() any { return &l.data }

func (l *ledger) Apply(_ journal.Meta, e journal.Event) {
	switch e := e.(type) {
	case deposited:
		l.move(e.Account, e.Amount)
	case withdrawn:
		l.move(e.Account, -e.Amount)
	}
}

func (l *ledger) move(name string, amount int64) {
	a := l.data.Accounts[name]
	a.Balance += amount
	a.Moves = append(a.Moves, amount)
	l.data.Accounts[name] = a
	l.data.Total += amount
	if a.Balance >= 100 {
		l.rich[name] = true
	} else {
		delete(l.rich, name)
	}
}

func (l *ledger) Reindex() {
	if l.data.Accounts == nil {
		l.data.Accounts = map[string]account{}
	}
	l.rich = map[string]bool{}
	for name, a := range l.data.Accounts {
		if a.Balance >= 100 {
			l.rich[name] = true
		}
	}
}

func (l *ledger) Check() []string {
	var wrong []string
	for name, a := range l.data.Accounts {
		sum := int64(0)
		for _, m := range a.Moves {
			sum += m
		}
		if sum != a.Balance {
			wrong = append(wrong, fmt.Sprintf("%s holds %d, its moves sum to %d", name, a.Balance, sum))
		}
	}
	return wrong
}

var errPoor = fault.New(fault.Conflict, "poor", "not that much there")

func (l *ledger) withdraw(name string, amount int64) journal.Rule {
	return func(time.Time) (journal.Decision, error) {
		if l.data.Accounts[name].Balance < amount {
			return journal.Decision{}, errPoor
		}
		return journal.Happens(withdrawn{name, amount}), nil
	}
}

func deposit(name string, amount int64) journal.Rule {
	return func(time.Time) (journal.Decision, error) {
		return journal.Happens(deposited{Account: name, Amount: amount}).Answering(name), nil
	}
}

func options(db *mongodb.Database, l *ledger) journal.Options {
	return journal.Options{
		Database: db, Types: ledgerTypes(), States: []journal.State{l},
		Now: time.Now, Log: slog.New(slog.DiscardHandler),
	}
}

func open(t testing.TB, o journal.Options) *journal.Journal {
	t.Helper()
	j, err := journal.Open(context.Background(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(j.Close)
	return j
}

func hash(t testing.TB, j *journal.Journal) string {
	t.Helper()
	h, err := j.Hash()
	if err != nil {
		t.Fatal(err)
	}
	return h
}

// clock is moved by the test while the journal reads it.
type clock struct{ ns atomic.Int64 }

func newClock() *clock {
	c := &clock{}
	c.ns.Store(time.Now().UnixNano())
	return c
}

func (c *clock) now() time.Time      { return time.Unix(0, c.ns.Load()) }
func (c *clock) add(d time.Duration) { c.ns.Add(int64(d)) }

func mustUpdate(t testing.TB, j *journal.Journal, rule journal.Rule) journal.Answer {
	t.Helper()
	a, err := j.Update(context.Background(), "anna", journal.Key{}, rule)
	if err != nil {
		t.Fatal(err)
	}
	return a
}
