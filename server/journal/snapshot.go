package journal

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"math"
	"reflect"
	"slices"
	"strings"
	"time"

	"github.com/fxamacker/cbor/v2"
	"github.com/google/uuid"
	"github.com/klauspost/compress/zstd"

	"luotsi/server/mongodb"
)

const (
	partSize       = 2 << 20
	snapshotFormat = 2
)

// manifest is what makes parts a snapshot; it is written last. There are two, and the older one is replaced.
type manifest struct {
	Number int64    `bson:"number"` // the newest commit in it
	At     int64    `bson:"at"`     // that commit's time, unix ms
	Shape  string   `bson:"shape"`  // of the states it was taken from
	Parts  []string `bson:"parts"`
	Hashes []string `bson:"hashes"`
}

type part struct {
	Data []byte `bson:"data"`
}

type snapshotStore struct {
	manifests *mongodb.Collection[manifest]
	parts     *mongodb.Collection[part]
}

var manifestIDs = []string{"manifest-0", "manifest-1"}

var canonical = func() cbor.EncMode {
	mode, err := cbor.CanonicalEncOptions().EncMode()
	if err != nil {
		panic(err)
	}
	return mode
}()

// decoding has no limits of its own on lengths: what was written must be read, and damage is found by the parts' hashes before.
var decoding = func() cbor.DecMode {
	mode, err := cbor.DecOptions{MaxArrayElements: math.MaxInt32, MaxMapPairs: math.MaxInt32}.DecMode()
	if err != nil {
		panic(err)
	}
	return mode
}()

// shape changes whenever a snapshot of these states would be read as something else: types, field names, apply versions.
func shape(states []State) string {
	h := sha256.New()
	fmt.Fprintf(h, "format %d\n", snapshotFormat)
	for _, s := range states {
		fmt.Fprintf(h, "%s %d\n", s.Name(), s.Version())
		describe(h, reflect.TypeOf(s.Primary()).Elem(), 0)
	}
	return hex.EncodeToString(h.Sum(nil))
}

func describe(w io.Writer, t reflect.Type, depth int) {
	indent := strings.Repeat(" ", depth)
	switch t.Kind() {
	case reflect.Struct:
		for i := range t.NumField() {
			f := t.Field(i)
			fmt.Fprintf(w, "%s%s %s %s\n", indent, f.Name, f.Type.Kind(), f.Tag.Get("cbor"))
			describe(w, f.Type, depth+1)
		}
	case reflect.Map:
		fmt.Fprintf(w, "%skey %s\n", indent, t.Key().Kind())
		describe(w, t.Elem(), depth+1)
	case reflect.Slice, reflect.Array, reflect.Pointer:
		describe(w, t.Elem(), depth+1)
	default:
		fmt.Fprintf(w, "%s%s\n", indent, t.Kind())
	}
}

// writeStates streams the primary data of all states, maps in the order of their keys, so that equal states give equal bytes.
func writeStates(w io.Writer, states []State) error {
	enc := canonical.NewEncoder(w)
	for _, s := range states {
		v := reflect.ValueOf(s.Primary()).Elem()
		for i := range v.NumField() {
			f := v.Field(i)
			if f.Kind() != reflect.Map {
				if err := enc.Encode(f.Interface()); err != nil {
					return fmt.Errorf("encode %s.%s: %w", s.Name(), v.Type().Field(i).Name, err)
				}
				continue
			}
			keys, err := keysOf(f)
			if err != nil {
				return fmt.Errorf("encode the keys of %s.%s: %w", s.Name(), v.Type().Field(i).Name, err)
			}
			if err := enc.Encode(len(keys)); err != nil {
				return err
			}
			for _, k := range keys {
				if err := errors.Join(enc.Encode(cbor.RawMessage(k.text)), enc.Encode(f.MapIndex(k.key).Interface())); err != nil {
					return fmt.Errorf("encode %s.%s: %w", s.Name(), v.Type().Field(i).Name, err)
				}
			}
		}
	}
	return nil
}

// encodedKey is a key of a map and what is written of it.
type encodedKey struct {
	key  reflect.Value
	text []byte
}

// keysOf gives the keys of a map in the order in which they are written: texts by their letters, others, which are structs of
// texts, by what is written of them.
func keysOf(m reflect.Value) ([]encodedKey, error) {
	keys := make([]encodedKey, 0, m.Len())
	for _, key := range m.MapKeys() {
		text, err := canonical.Marshal(key.Interface())
		if err != nil {
			return nil, err
		}
		keys = append(keys, encodedKey{key, text})
	}
	slices.SortFunc(keys, func(a, b encodedKey) int {
		if m.Type().Key().Kind() == reflect.String {
			return cmp.Compare(a.key.String(), b.key.String())
		}
		return bytes.Compare(a.text, b.text)
	})
	return keys, nil
}

// readStates is the reverse of writeStates.
func readStates(r io.Reader, states []State) error {
	dec := decoding.NewDecoder(r)
	for _, s := range states {
		v := reflect.ValueOf(s.Primary()).Elem()
		for i := range v.NumField() {
			f := v.Field(i)
			if f.Kind() != reflect.Map {
				if err := dec.Decode(f.Addr().Interface()); err != nil {
					return fmt.Errorf("decode %s.%s: %w", s.Name(), v.Type().Field(i).Name, err)
				}
				continue
			}
			var n int
			if err := dec.Decode(&n); err != nil {
				return fmt.Errorf("decode %s.%s: %w", s.Name(), v.Type().Field(i).Name, err)
			}
			m := reflect.MakeMapWithSize(f.Type(), min(max(n, 0), 1<<20))
			for range n {
				key, value := reflect.New(f.Type().Key()), reflect.New(f.Type().Elem())
				if err := errors.Join(dec.Decode(key.Interface()), dec.Decode(value.Interface())); err != nil {
					return fmt.Errorf("decode %s.%s: %w", s.Name(), v.Type().Field(i).Name, err)
				}
				m.SetMapIndex(key.Elem(), value.Elem())
			}
			f.Set(m)
		}
		s.Reindex()
	}
	return nil
}

// reset empties the states, as they are before the first commit.
func reset(states []State) {
	for _, s := range states {
		v := reflect.ValueOf(s.Primary()).Elem()
		for i := range v.NumField() {
			if f := v.Field(i); f.Kind() == reflect.Map {
				f.Set(reflect.MakeMap(f.Type()))
			} else {
				f.SetZero()
			}
		}
		s.Reindex()
	}
}

// Fingerprint is the whole state at a commit. Two servers with the same commits have the same Hash; Shape names the types and
// apply versions it was made with, and only fingerprints of the same Shape can be compared.
type Fingerprint struct {
	Commit uint64
	Hash   string
	Shape  string
}

// Fingerprint takes the fingerprint of the state as it is now. People wait while it is taken: it is for the command line.
func (j *Journal) Fingerprint() (Fingerprint, error) {
	h := sha256.New()
	j.mu.RLock()
	defer j.mu.RUnlock()
	if err := writeStates(h, j.states); err != nil {
		return Fingerprint{}, err
	}
	return Fingerprint{j.applied, hex.EncodeToString(h.Sum(nil)), shape(j.states)}, nil
}

// Hash is the fingerprint's hash alone.
func (j *Journal) Hash() (string, error) {
	f, err := j.Fingerprint()
	return f.Hash, err
}

// chunks cuts a stream into parts.
type chunks struct {
	parts [][]byte
}

func (c *chunks) Write(p []byte) (int, error) {
	for rest := p; len(rest) > 0; {
		if len(c.parts) == 0 || len(c.parts[len(c.parts)-1]) == partSize {
			c.parts = append(c.parts, nil)
		}
		last := &c.parts[len(c.parts)-1]
		n := min(partSize-len(*last), len(rest))
		*last = append(*last, rest[:n]...)
		rest = rest[n:]
	}
	return len(p), nil
}

// Snapshot stores the state, so that the next start reads less. It holds the writer's turn while the state is packed into
// memory, never the lock that readers wait for, and gives the turn back before anything is sent.
func (j *Journal) Snapshot(ctx context.Context) error {
	if err := j.takeTurn(ctx); err != nil {
		return err
	}
	m := manifest{Number: int64(j.applied), At: j.lastAt.UnixMilli(), Shape: shape(j.states)}
	packed := &chunks{}
	z, err := zstd.NewWriter(packed, zstd.WithEncoderLevel(zstd.SpeedFastest), zstd.WithEncoderConcurrency(1))
	if err == nil {
		err = errors.Join(writeStates(z, j.states), z.Close())
	}
	j.turn <- struct{}{}
	if err != nil {
		return fmt.Errorf("pack a snapshot: %w", err)
	}
	if err := j.snapshots.store(ctx, m, packed.parts); err != nil {
		return fmt.Errorf("store a snapshot: %w", err)
	}
	j.log.Info("snapshot stored", "commit", m.Number, "parts", len(packed.parts))
	return nil
}

// store writes the parts, then the manifest in the place of the older one, and deletes that one's parts.
func (s snapshotStore) store(ctx context.Context, m manifest, parts [][]byte) error {
	for _, data := range parts {
		id := uuid.NewString()
		if err := s.parts.Insert(ctx, id, part{data}); err != nil {
			s.drop(ctx, m.Parts)
			return err
		}
		m.Parts = append(m.Parts, id)
		m.Hashes = append(m.Hashes, hashOf(data))
	}
	slot, old := s.oldest(ctx)
	if err := s.manifests.Put(ctx, slot, m); err != nil {
		return err // perhaps it is stored, so its parts stay
	}
	for _, id := range old.Parts {
		if err := s.parts.Delete(ctx, id); err != nil {
			return err
		}
	}
	return nil
}

// drop deletes parts that no manifest will name, as far as the database answers.
func (s snapshotStore) drop(ctx context.Context, parts []string) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), readTimeout)
	defer cancel()
	for _, id := range parts {
		if s.parts.Delete(ctx, id) != nil {
			return
		}
	}
}

// oldest finds the manifest to replace: a missing or unreadable one, else the one of the lower commit.
func (s snapshotStore) oldest(ctx context.Context) (slot string, old manifest) {
	for n, id := range manifestIDs {
		m, err := s.manifests.Get(ctx, id)
		if err != nil {
			return id, manifest{}
		}
		if n == 0 || m.Number < old.Number {
			slot, old = id, m
		}
	}
	return slot, old
}

// restore fills the states from the newest good snapshot and returns its commit; 0 and empty states when there is none.
func (j *Journal) restore(ctx context.Context) (uint64, time.Time) {
	var found []manifest
	for _, id := range manifestIDs {
		m, err := j.snapshots.manifests.Get(ctx, id)
		if errors.Is(err, mongodb.ErrNotFound) {
			continue
		}
		if err != nil || m.Shape != shape(j.states) || m.Number < 0 || len(m.Parts) != len(m.Hashes) {
			j.log.Info("snapshot not used", "slot", id, "error", err, "commit", m.Number)
			continue
		}
		found = append(found, m)
	}
	slices.SortFunc(found, func(a, b manifest) int { return cmp.Compare(b.Number, a.Number) })
	for _, m := range found {
		if err := j.readSnapshot(ctx, m); err != nil {
			j.log.Warn("snapshot damaged", "commit", m.Number, "error", err)
			continue
		}
		return uint64(m.Number), time.UnixMilli(m.At).UTC()
	}
	reset(j.states)
	return 0, time.Time{}
}

func (j *Journal) readSnapshot(ctx context.Context, m manifest) error {
	if there, err := j.has(ctx, uint64(m.Number)); err != nil {
		return err
	} else if !there {
		return errAhead
	}
	var readers []io.Reader
	for i, id := range m.Parts {
		p, err := j.snapshots.parts.Get(ctx, id)
		if err != nil {
			return fmt.Errorf("part %d: %w", i, err)
		}
		if hashOf(p.Data) != m.Hashes[i] {
			return fmt.Errorf("part %d is not what was stored", i)
		}
		readers = append(readers, bytes.NewReader(p.Data))
	}
	z, err := zstd.NewReader(io.MultiReader(readers...), zstd.WithDecoderConcurrency(1))
	if err != nil {
		return err
	}
	defer z.Close()
	reset(j.states)
	return readStates(z, j.states)
}
