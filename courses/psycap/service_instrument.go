package psycap

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"sync"
	"time"

	"luotsi/server/auth"
	"luotsi/server/journal"
	"luotsi/server/mongodb"
	"luotsi/server/people"
	"luotsi/server/vault"
	"luotsi/server/web"
)

// storedInstrument is a definition with the items that an administrator brought in, as JSON. Its _id is the hash; it is never changed.
type storedInstrument struct {
	Definition string `bson:"definition"`
}

// instrumentStore keeps in memory every definition that was read: there are few, and they never change.
type instrumentStore struct {
	docs *mongodb.Collection[storedInstrument]
	read sync.Map // hash → *Instrument
}

func newInstrumentStore(db *mongodb.Database) *instrumentStore {
	store := &instrumentStore{docs: mongodb.Open[storedInstrument](db, "instruments")}
	for _, in := range definitions {
		store.read.Store(in.Hash, in)
	}
	return store
}

func (i *instrumentStore) get(ctx context.Context, hash string) (*Instrument, error) {
	if in, ok := i.read.Load(hash); ok {
		return in.(*Instrument), nil
	}
	doc, err := i.docs.Get(ctx, hash)
	if errors.Is(err, mongodb.ErrNotFound) {
		return nil, fmt.Errorf("instrument %s: %w", hash, err)
	}
	if err != nil {
		return nil, fmt.Errorf("instrument %s: %w: %w", hash, vault.ErrAway, err)
	}
	in := &Instrument{}
	if err := json.Unmarshal([]byte(doc.Definition), in); err != nil {
		return nil, fmt.Errorf("instrument %s: %w", hash, err)
	}
	in.Hash = hash
	i.read.Store(hash, in)
	return in, nil
}

// put stores a definition and sets its hash.
func (i *instrumentStore) put(ctx context.Context, in *Instrument) error {
	text, err := json.Marshal(in)
	if err != nil {
		return fmt.Errorf("instrument %s: %w", in.ID, err)
	}
	sum := sha256.Sum256(text)
	in.Hash = hex.EncodeToString(sum[:])
	if err := i.docs.Insert(ctx, in.Hash, storedInstrument{string(text)}); err != nil && !errors.Is(err, mongodb.ErrDuplicate) {
		return fmt.Errorf("instrument %s: %w: %w", in.ID, vault.ErrAway, err)
	}
	i.read.Store(in.Hash, in)
	return nil
}

// Instrument gives one that an organisation may ask people today; an empty version means the newest. It fails with
// ErrUnknownInstrument, ErrLicenceNeeded, ErrItemsMissing or ErrElsewhere. What it gives must not be changed.
func (s *Service) Instrument(ctx context.Context, org, id, version string) (*Instrument, error) {
	var err error
	s.journal.View(func() { err = s.state.mayOpen(org, id, version, s.now()) })
	if err != nil {
		return nil, err
	}
	return s.Definition(ctx, org, id, version)
}

// Definition gives one as it was asked, also when its licence has ended since: for what was answered then.
func (s *Service) Definition(ctx context.Context, org, id, version string) (*Instrument, error) {
	var hash string
	var err error
	s.journal.View(func() { hash, err = s.state.versionOf(org, id, version) })
	if err != nil {
		return nil, err
	}
	return s.instruments.get(ctx, hash)
}

// Listed is an instrument as an organisation has it. Instrument is the newest with items, or what ships.
type Listed struct {
	*Instrument
	Standing Standing
	Licence  *Licence
	Uploads  []Upload // oldest first
}

// Instruments lists every instrument for an organisation: Luotsi's own, free ones, licensed ones.
func (s *Service) Instruments(ctx context.Context, org string) ([]Listed, error) {
	var all []Listed
	s.journal.View(func() {
		today := web.DayOf(s.now())
		for _, in := range definitions {
			if newest, _ := defined(in.ID); newest != in {
				continue
			}
			one := Listed{Instrument: in, Standing: s.state.standing(org, in, today), Uploads: slices.Clone(s.state.data.Uploads[atOrg(org, in.ID)])}
			if licence, recorded := s.state.data.Licences[atOrg(org, in.ID)]; recorded {
				one.Licence = &licence
			}
			all = append(all, one)
		}
	})
	for i, one := range all {
		if len(one.Uploads) == 0 {
			continue
		}
		in, err := s.instruments.get(ctx, one.Uploads[len(one.Uploads)-1].Hash)
		if err != nil {
			return nil, err
		}
		all[i].Instrument = in
	}
	slices.SortStableFunc(all, func(a, b Listed) int { return rightsRank(a.Rights) - rightsRank(b.Rights) })
	return all, nil
}

func rightsRank(r Rights) int { return slices.Index([]Rights{Own, FreeWithCredit, Licensed}, r) }

// administers reports whether a person is an administrator of an organisation.
func (s *Service) administers(person, org string) bool {
	return slices.ContainsFunc(s.people.Grants(person), func(g auth.Grant) bool { return g.Org == org && g.Role == auth.Admin })
}

// RecordLicence says that an organisation may use an instrument until a day, inclusive.
func (s *Service) RecordLicence(ctx context.Context, caller auth.Caller, org, id string, licence Licence) error {
	return s.administer(ctx, caller, org, func(now time.Time) (journal.Decision, error) {
		return s.state.recordLicence(org, id, licence, web.DayOf(now))
	})
}

// WithdrawLicence closes an instrument to an organisation at once. What was answered stays.
func (s *Service) WithdrawLicence(ctx context.Context, caller auth.Caller, org, id string) error {
	return s.administer(ctx, caller, org, func(time.Time) (journal.Decision, error) { return s.state.withdrawLicence(org, id) })
}

// SetFloor says how many people a group must have at least for its figures to be shown.
func (s *Service) SetFloor(ctx context.Context, caller auth.Caller, org string, floor int) error {
	return s.administer(ctx, caller, org, func(time.Time) (journal.Decision, error) { return s.state.setFloor(org, floor) })
}

// administer lets only an administrator of the organisation decide.
func (s *Service) administer(ctx context.Context, caller auth.Caller, org string, rule journal.Rule) error {
	_, err := s.journal.Update(ctx, caller.Person, journal.Key(caller.Key), func(now time.Time) (journal.Decision, error) {
		if !s.administers(caller.Person, org) {
			return journal.Decision{}, people.ErrNotFound
		}
		return rule(now)
	})
	return err
}

// UploadItems gives an organisation the items of an instrument that ships without them, as its next version.
func (s *Service) UploadItems(ctx context.Context, caller auth.Caller, org, id string, items ItemTexts) error {
	bare, err := shell(id)
	if err != nil {
		return err
	}
	var before int
	mayUpload := func(now time.Time) error {
		if !s.administers(caller.Person, org) {
			return people.ErrNotFound
		}
		before = len(s.state.data.Uploads[atOrg(org, id)])
		if standing := s.state.standing(org, bare, web.DayOf(now)); standing != Open && standing != ItemsMissing {
			return standing.refusal()
		}
		return nil
	}
	s.journal.View(func() { err = mayUpload(s.now()) })
	if err != nil {
		return err
	}
	in, err := items.into(bare, bare.Version+"."+strconv.Itoa(before+1))
	if err != nil {
		return err
	}
	if err := s.instruments.put(ctx, in); err != nil {
		return err
	}
	return s.administer(ctx, caller, org, func(now time.Time) (journal.Decision, error) {
		sofar := before
		switch err := mayUpload(now); {
		case err != nil:
			return journal.Decision{}, err
		case before != sofar:
			return journal.Decision{}, ErrUploadedSince
		}
		return journal.Happens(ItemsUploaded{Org: org, Instrument: id, Version: in.Version, Hash: in.Hash}), nil
	})
}
