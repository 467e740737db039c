package people

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/net/idna"
	"golang.org/x/text/collate"
	"golang.org/x/text/language"
	"golang.org/x/text/unicode/norm"

	"luotsi/server/mongodb"
	"luotsi/server/vault"
)

// Name is what a person is called and how they are reached. The zero Name is of somebody erased or unknown.
type Name struct {
	Name     string
	Email    string
	Language string // fi, sv or en
}

// Names holds everybody's name in memory, outside the state and so outside every snapshot; on disk they are sealed with
// the vault's key. It is safe anywhere, also inside journal.View: only the first look after a change reads the database.
type Names struct {
	docs  *mongodb.Collection[nameDoc]
	vault *vault.Vault
	now   func() time.Time
	log   *slog.Logger

	// rest is until when (unix ms) the database is not asked, because it did not answer just now: a list of people whose names
	// are not known yet would else wait for each of them.
	rest atomic.Int64

	mu      sync.RWMutex
	known   map[string]cachedName
	changes uint64 // grows with each forget and each miss, so that what was read or made before it is not kept after it

	collating sync.Mutex
	collator  *collate.Collator
}

const namesRest = 5 * time.Second

type nameDoc struct {
	Sealed   vault.Sealed `bson:"sealed"`
	Language string       `bson:"language"`
	At       int64        `bson:"at"` // unix ms
}

// sealedName is what is inside Sealed.
type sealedName struct {
	Name  string `json:"name"`
	Email string `json:"email"`
}

type cachedName struct {
	Name
	order  []byte // of Finnish collation
	erased bool
}

// NewNames makes an empty cache over the collection names.
func NewNames(db *mongodb.Database, v *vault.Vault, now func() time.Time, log *slog.Logger) *Names {
	return &Names{
		docs: mongodb.Open[nameDoc](db, "names"), vault: v, now: now, log: log,
		known:    map[string]cachedName{},
		collator: collate.New(language.Finnish),
	}
}

// Attach makes the state tell the names which of them changed. Call it before the journal is read.
func (n *Names) Attach(s *State) { s.names = n }

// Changes grows whenever a name may have become another one, so that what was made of names can be kept until then.
func (n *Names) Changes() uint64 {
	n.mu.RLock()
	defer n.mu.RUnlock()
	return n.changes
}

// Of gives a person's name.
func (n *Names) Of(person string) Name { return n.cached(person).Name }

func (n *Names) cached(person string) cachedName {
	n.mu.RLock()
	c, known := n.known[person]
	before := n.changes
	n.mu.RUnlock()
	if known || person == "" {
		return c
	}
	if n.now().UnixMilli() < n.rest.Load() {
		n.missed()
		return c
	}
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Second)
	defer cancel()
	name, err := n.read(ctx, person)
	if err != nil && !errors.Is(err, mongodb.ErrNotFound) {
		n.log.Warn("read a name", "error", err)
		if !errors.Is(err, vault.ErrDamaged) {
			n.rest.Store(n.now().Add(namesRest).UnixMilli())
		}
		n.missed()
		return c
	}
	c = n.prepare(name)
	n.mu.Lock()
	defer n.mu.Unlock()
	if now, known := n.known[person]; known {
		return now
	}
	if n.changes == before {
		n.known[person] = c
	}
	return c
}

// missed says that a name was shown as empty because it could not be read: nobody keeps what was made of it.
func (n *Names) missed() {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.changes++
}

func (n *Names) read(ctx context.Context, person string) (Name, error) {
	doc, err := n.docs.Get(ctx, person)
	if err != nil {
		return Name{}, err
	}
	return n.unseal(person, doc)
}

func (n *Names) unseal(person string, doc nameDoc) (Name, error) {
	text, err := n.vault.Open(person, doc.Sealed)
	if err != nil {
		return Name{}, fmt.Errorf("open the name of %s: %w", person, err)
	}
	var sealed sealedName
	if err := json.Unmarshal([]byte(text), &sealed); err != nil {
		return Name{}, fmt.Errorf("decode the name of %s: %w", person, err)
	}
	return Name{Name: sealed.Name, Email: sealed.Email, Language: doc.Language}, nil
}

func (n *Names) prepare(name Name) cachedName {
	n.collating.Lock()
	defer n.collating.Unlock()
	var buffer collate.Buffer
	return cachedName{Name: name, order: bytes.Clone(n.collator.KeyFromString(&buffer, name.Name))}
}

// Load reads all names. erased says whose must not come back, though a crash left the document.
func (n *Names) Load(ctx context.Context, erased func(person string) bool) error {
	return n.docs.Each(ctx, func(person string, doc nameDoc) error {
		if erased(person) {
			n.drop(person)
			return nil
		}
		name, err := n.unseal(person, doc)
		if err != nil {
			return err
		}
		c := n.prepare(name)
		n.mu.Lock()
		defer n.mu.Unlock()
		if !n.known[person].erased {
			n.known[person] = c
		}
		return nil
	})
}

// write stores a name, sealed, before the commit that makes it known.
func (n *Names) write(ctx context.Context, person string, name Name) error {
	text, err := json.Marshal(sealedName{Name: name.Name, Email: name.Email})
	if err != nil {
		return err
	}
	sealed, err := n.vault.Seal(person, string(text))
	if err != nil {
		return err
	}
	return away(n.docs.Put(ctx, person, nameDoc{Sealed: sealed, Language: name.Language, At: n.now().UnixMilli()}))
}

// forget makes the next look read the database again.
func (n *Names) forget(person string) {
	if n == nil {
		return
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	n.changes++
	if !n.known[person].erased {
		delete(n.known, person)
	}
}

// drop forgets an erased person for good.
func (n *Names) drop(person string) {
	if n == nil {
		return
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	n.changes++
	n.known[person] = cachedName{erased: true}
}

// Compare orders two persons by their names as Finnish does, and by their ids when those are the same; the nameless come last.
func (n *Names) Compare(a, b string) int {
	return compareNames(a, n.cached(a), b, n.cached(b))
}

func compareNames(a string, x cachedName, b string, y cachedName) int {
	if (x.Name.Name == "") != (y.Name.Name == "") {
		if x.Name.Name == "" {
			return 1
		}
		return -1
	}
	return cmp.Or(bytes.Compare(x.order, y.order), cmp.Compare(a, b))
}

// away tells the caller to try again when the database does not answer; what the driver says stays in the log.
func away(err error) error {
	if err == nil || errors.Is(err, mongodb.ErrDuplicate) || errors.Is(err, mongodb.ErrNotFound) {
		return err
	}
	return fmt.Errorf("%w: %w", vault.ErrAway, err)
}

// foldAddress is the form in which a mail address is the same address: without capitals and wide letters, the domain as the
// network writes it.
func foldAddress(address string) string {
	folded := strings.ToLower(norm.NFKC.String(strings.TrimSpace(address)))
	at := strings.LastIndexByte(folded, '@')
	if at < 0 {
		return folded
	}
	domain, err := idna.Lookup.ToASCII(folded[at+1:])
	if err != nil {
		return folded
	}
	return folded[:at+1] + domain
}

// Sort orders persons as Compare does.
func (n *Names) Sort(persons []string) {
	type named struct {
		person string
		cachedName
	}
	all := make([]named, len(persons))
	for i, p := range persons {
		all[i] = named{p, n.cached(p)}
	}
	slices.SortFunc(all, func(a, b named) int { return compareNames(a.person, a.cachedName, b.person, b.cachedName) })
	for i := range all {
		persons[i] = all[i].person
	}
}
