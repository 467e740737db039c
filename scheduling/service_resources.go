package scheduling

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"slices"
	"sync"
	"time"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"

	"luotsi/server/auth"
	"luotsi/server/journal"
	"luotsi/server/vault"
)

// contact is what the vault keeps of an interpreter.
type contact struct {
	Name  string `json:"name"`
	Email string `json:"email,omitempty"`
}

// contacts remembers what was read from the vault, by resource, with the id of the text it was read from: a change makes
// another text, so what is remembered of an older one is not used.
type contacts struct {
	mu sync.Mutex
	of map[string]contact
	at map[string]string // resource → text
}

// ResourceWish is what somebody wants to keep of a room or an interpreter. Only an interpreter has an address and languages.
type ResourceWish struct {
	Name      string
	Email     string
	Languages []string
}

// mayKeep reports whether somebody looks after the resources of a unit: its schedulers, and the administrators of its
// organisation. It reads the state: call it inside View or a rule.
func (s *Service) mayKeep(i auth.Identity, unit string) bool {
	u, known := s.people.Unit(unit)
	return known && (i.HasIn(unit, auth.Scheduler) || i.HasInOrg(u.Org, auth.Admin))
}

// AddResource gives a unit a room or an interpreter.
func (s *Service) AddResource(ctx context.Context, caller auth.Caller, unit string, kind ResourceKind, w ResourceWish) (string, error) {
	id := s.newID()
	name, text, err := s.keepContact(ctx, kind, w)
	if err != nil {
		return "", err
	}
	answer, err := s.journal.Update(ctx, caller.Person, journal.Key(caller.Key), func(time.Time) (journal.Decision, error) {
		if !s.mayKeep(caller.Identity, unit) {
			return journal.Decision{}, ErrNoResource
		}
		return s.state.AddResource(id, Resource{Unit: unit, Kind: kind, Name: name, Text: text, Languages: w.Languages})
	})
	s.dropUnnamed(ctx, text, err)
	if err != nil {
		return "", err
	}
	return answer.IDs[0], nil
}

// ChangeResource gives a resource another name, and an interpreter another address and other languages.
func (s *Service) ChangeResource(ctx context.Context, caller auth.Caller, id string, w ResourceWish) error {
	r, err := s.kept(caller.Identity, id)
	if err != nil {
		return err
	}
	name, text, err := s.keepContact(ctx, r.Kind, w)
	if err != nil {
		return err
	}
	_, err = s.journal.Update(ctx, caller.Person, journal.Key(caller.Key), func(time.Time) (journal.Decision, error) {
		if now, ok := s.state.Resource(id); !ok || !s.mayKeep(caller.Identity, now.Unit) {
			return journal.Decision{}, ErrNoResource
		}
		return s.state.ChangeResource(id, name, text, w.Languages)
	})
	s.dropUnnamed(ctx, text, err)
	s.dropUnnamed(ctx, r.Text, nil)
	return err
}

// RetireResource takes a resource out of use. An interpreter's name and address are deleted when nothing that is coming
// needs them any more: now, or on the night after.
func (s *Service) RetireResource(ctx context.Context, caller auth.Caller, id string) error {
	r, err := s.kept(caller.Identity, id)
	if err != nil {
		return err
	}
	_, err = s.journal.Update(ctx, caller.Person, journal.Key(caller.Key), func(time.Time) (journal.Decision, error) {
		if now, ok := s.state.Resource(id); !ok || !s.mayKeep(caller.Identity, now.Unit) {
			return journal.Decision{}, ErrNoResource
		}
		return s.state.RetireResource(id)
	})
	s.dropUnnamed(ctx, r.Text, err)
	return err
}

// kept gives a resource to whoever looks after it.
func (s *Service) kept(i auth.Identity, id string) (r Resource, err error) {
	s.journal.View(func() {
		var ok bool
		if r, ok = s.state.Resource(id); !ok || !s.mayKeep(i, r.Unit) {
			err = ErrNoResource
		}
	})
	return r, err
}

// keepContact puts an interpreter's name and address into the vault; a room's name is no secret.
func (s *Service) keepContact(ctx context.Context, kind ResourceKind, w ResourceWish) (name, text string, err error) {
	if kind == Room {
		return w.Name, "", nil
	}
	sealed, err := json.Marshal(contact{w.Name, w.Email})
	if err != nil {
		return "", "", err
	}
	text = s.newID()
	return "", text, s.vault.Put(ctx, text, nil, string(sealed))
}

// dropUnnamed deletes a text unless a resource names it. When the outcome of the commit is not known, or the vault is away,
// the nightly sweep does it.
func (s *Service) dropUnnamed(ctx context.Context, text string, outcome error) {
	if text == "" || errors.Is(outcome, journal.ErrUnavailable) {
		return
	}
	named := false
	s.journal.View(func() {
		for one := range s.state.resourceTexts(s.now()) {
			named = named || one == text
		}
	})
	if !named {
		_ = s.vault.Delete(context.WithoutCancel(ctx), text)
	}
}

// nameOf is the name of a person or a resource; empty for who was erased and what is forgotten. Call it outside View.
func (s *Service) nameOf(id string) string {
	var r Resource
	var ok bool
	s.journal.View(func() { r, ok = s.state.Resource(id) })
	switch {
	case !ok:
		return s.names.Of(id).Name
	case r.Kind == Room:
		return r.Name
	}
	return s.contactOf(id).Name
}

// contactOf is an interpreter's name and mail address; empty when they are forgotten, or can not be read now.
func (s *Service) contactOf(id string) contact {
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Second)
	defer cancel()
	c, err := s.contact(ctx, id)
	if err != nil {
		return contact{}
	}
	return c
}

// contact is an interpreter's name and mail address; empty when they are forgotten.
func (s *Service) contact(ctx context.Context, id string) (contact, error) {
	var r Resource
	known := false
	s.journal.View(func() {
		r, _ = s.state.Resource(id)
		known = s.state.resourceKnown(id, s.now())
	})
	c := &s.contacts
	c.mu.Lock()
	defer c.mu.Unlock()
	if !known || r.Text == "" {
		delete(c.of, id)
		delete(c.at, id)
		return contact{}, nil
	}
	if c.at[id] == r.Text {
		return c.of[id], nil
	}
	var found contact
	text, err := s.vault.Get(ctx, r.Text)
	if err == nil {
		err = json.Unmarshal([]byte(text), &found)
	}
	if err == nil || errors.Is(err, vault.ErrGone) {
		c.of[id], c.at[id] = found, r.Text
		return found, nil
	}
	return contact{}, err
}

// resourceOf is a resource as somebody sees it. Email and Coming are for who keeps it.
type resourceOf struct {
	ID string
	Resource
	UnitName string
	Name     string
	Email    string
	Mine     bool // the viewer keeps it
	Hours    int  // weekly hours in force or to come
	Coming   []listed
}

// Resources lists what is in use in the units that the viewer may see, or in one of them, sorted by unit and name.
func (s *Service) Resources(i auth.Identity, unit string) []resourceOf {
	list := []resourceOf{}
	s.journal.View(func() {
		for u := range s.people.Units() {
			if unit != "" && u.ID != unit || !s.sees(i, u.ID) {
				continue
			}
			for id, r := range s.state.Resources(u.ID) {
				if r.InUse() {
					list = append(list, s.resourceOf(i, id, r))
				}
			}
		}
	})
	for n := range list {
		s.nameResource(&list[n])
	}
	finnish := collate.New(language.Finnish)
	slices.SortFunc(list, func(a, b resourceOf) int {
		return cmp.Or(finnish.CompareString(a.UnitName, b.UnitName), cmp.Compare(b.Kind, a.Kind), finnish.CompareString(a.Name, b.Name), cmp.Compare(a.ID, b.ID))
	})
	return list
}

// ResourceFor gives one resource to who keeps it, with the coming appointments that use it.
func (s *Service) ResourceFor(i auth.Identity, id string) (resourceOf, error) {
	if _, err := s.kept(i, id); err != nil {
		return resourceOf{}, err
	}
	var of resourceOf
	now := s.now().UnixMilli()
	s.journal.View(func() {
		r, _ := s.state.Resource(id)
		of = s.resourceOf(i, id, r)
		of.Coming = []listed{}
		if p := s.state.plans[id]; p != nil {
			for _, h := range p.live {
				if h.End > now && h.until == 0 {
					of.Coming = append(of.Coming, listed{h.id, s.state.primary.Appointments[h.id]})
				}
			}
		}
	})
	s.nameResource(&of)
	return of, nil
}

func (s *Service) resourceOf(i auth.Identity, id string, r Resource) resourceOf {
	u, _ := s.people.Unit(r.Unit)
	of := resourceOf{ID: id, Resource: r, UnitName: u.Name, Mine: s.mayKeep(i, r.Unit)}
	today := s.state.calendar.dayOf(s.now().UnixMilli())
	if p := s.state.plans[id]; p != nil {
		for weekday := range p.hours {
			for n := range p.hours[weekday] {
				if p.hours[weekday][n].ValidUntil >= today {
					of.Hours++
				}
			}
		}
	}
	return of
}

func (s *Service) nameResource(of *resourceOf) {
	of.Name = of.Resource.Name
	if of.Kind == Interpreter {
		c := s.contactOf(of.ID)
		of.Name = c.Name
		if of.Mine {
			of.Email = c.Email
		}
	}
}
