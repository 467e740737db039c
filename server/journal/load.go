package journal

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"time"

	"go.mongodb.org/mongo-driver/bson"
	"go.mongodb.org/mongo-driver/mongo"

	"luotsi/server/mongodb"
)

// snapshotEvery is how many commits are stored between two snapshots of a running server.
const snapshotEvery = 10_000

// snapshotSpread is the time within which several servers begin to store one.
const snapshotSpread = 20 * time.Second

// load builds the state: the newest good snapshot, then segments, then single commits. A damaged or missing snapshot or
// segment only makes it slower; a commit that can not be read is an error.
func (j *Journal) load(ctx context.Context) (snapshot uint64, err error) {
	j.applied, j.lastAt = j.restore(ctx)
	snapshot = j.applied
	for {
		last := j.applied - j.applied%segmentSize + segmentSize
		records, err := j.segment(ctx, last)
		if err != nil {
			return snapshot, err
		}
		for _, r := range records {
			if r.Number == j.applied+1 {
				j.applyLocked(r)
			}
		}
		if records != nil {
			continue
		}
		for j.applied < last {
			r, err := j.read(ctx, j.applied+1)
			if err != nil {
				return snapshot, err
			}
			if r == nil {
				return snapshot, nil
			}
			j.applyLocked(*r)
		}
	}
}

// errAhead means that something derived holds commits that the journal does not have: the database was restored from a backup
// whose collections are not of the same moment. Taken as it is, it would leave a gap in the journal for ever.
var errAhead = errors.New("the journal ends before it")

// has reports whether the journal has a commit; number 0 stands for its beginning.
func (j *Journal) has(ctx context.Context, number uint64) (bool, error) {
	if number == 0 {
		return true, nil
	}
	err := j.commits.FindOne(ctx, bson.D{{Key: "_id", Value: idOf(number)}}).Err()
	if errors.Is(err, mongo.ErrNoDocuments) {
		return false, nil
	}
	return err == nil, err
}

// segment reads one segment; nil when it is missing or damaged.
func (j *Journal) segment(ctx context.Context, last uint64) ([]record, error) {
	s, err := j.segments.Get(ctx, idOf(last))
	if errors.Is(err, mongodb.ErrNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	there, err := j.has(ctx, last)
	if err != nil {
		return nil, err
	}
	var records []record
	if err = errAhead; there {
		records, err = s.open(j.codec, last)
	}
	if err == nil {
		return records, nil
	}
	j.log.Warn("segment not used, reading its commits instead", "last", last, "error", err)
	if errors.Is(err, errSegment) || errors.Is(err, errAhead) {
		j.damaged = append(j.damaged, last)
	}
	return nil, nil
}

// maintain stores segments as they fill and a snapshot every snapshotEvery commits.
func (j *Journal) maintain(ctx context.Context) {
	next := uint64(segmentSize)
	lastSnapshot := j.newestSnapshot(ctx)
	ticker := time.NewTicker(time.Minute)
	defer ticker.Stop()
	for {
		var err error
		if next, err = j.fillSegments(ctx, next); err != nil && ctx.Err() == nil {
			j.log.Warn("store a segment", "error", err)
		}
		if applied := j.Applied(); applied >= lastSnapshot+snapshotEvery {
			if j.shared { // all servers come here at the same commit: one of them is enough
				wait(ctx, rand.N(snapshotSpread))
			}
			if lastSnapshot = j.newestSnapshot(ctx); applied >= lastSnapshot+snapshotEvery { // another server may have
				if err := j.Snapshot(ctx); err != nil && ctx.Err() == nil {
					j.log.Warn("store a snapshot", "error", err)
				}
				lastSnapshot = applied
			}
		}
		select {
		case <-ctx.Done():
			return
		case <-j.full:
		case <-ticker.C:
		}
	}
}

func (j *Journal) newestSnapshot(ctx context.Context) uint64 {
	newest := int64(0)
	for _, id := range manifestIDs {
		if m, err := j.snapshots.manifests.Get(ctx, id); err == nil && m.Shape == shape(j.states) {
			newest = max(newest, m.Number)
		}
	}
	return uint64(newest)
}

// SnapshotIfDue stores a snapshot when at least n commits came since the newest one; called before an orderly end.
func (j *Journal) SnapshotIfDue(ctx context.Context, n uint64) error {
	if j.Applied() < j.newestSnapshot(ctx)+n {
		return nil
	}
	return j.Snapshot(ctx)
}

// Report is what Verify found.
type Report struct {
	Commits  uint64
	Segments int
	Hash     string   // of the state replayed from the first commit
	Wrong    []string // what does not agree; empty when all is well
}

// gap reports whether there are commits behind the first number that is not taken: somebody else than Luotsi deleted one.
func (j *Journal) gap(ctx context.Context) (bool, error) {
	stored, err := j.commits.CountDocuments(ctx, bson.D{})
	if err != nil {
		return false, fmt.Errorf("count the commits: %w", err)
	}
	if uint64(stored) <= j.applied {
		return false, nil
	}
	next, err := j.read(ctx, j.applied+1) // a server may be writing at this moment
	return next == nil, err
}

// Verify replays the journal from its first commit into fresh states, without snapshots and segments, lets the states recompute
// themselves in their other way, compares the fingerprint with that of a state built as a start builds it, and checks each
// segment against the commits it was made of. It writes nothing.
func Verify(ctx context.Context, o Options, fresh func() []State) (Report, error) {
	codec, err := newCodec(o.Types, o.Upgrades)
	if err != nil {
		return Report{}, err
	}
	open := func() *Journal {
		j := &Journal{
			commits:  o.Database.Driver.Collection("journal"),
			segments: mongodb.Open[segment](o.Database, "segments"),
			snapshots: snapshotStore{
				manifests: mongodb.Open[manifest](o.Database, "snapshots"),
				parts:     mongodb.Open[part](o.Database, "snapshots"),
			},
			codec: codec, keys: newKeys(), log: o.Log, now: o.Now,
		}
		j.states = append(fresh(), j.keys)
		reset(j.states)
		return j
	}
	var report Report
	single := open()
	for {
		r, err := single.read(ctx, single.applied+1)
		if err != nil {
			return report, err
		}
		if r == nil {
			break
		}
		if r.At.Before(single.lastAt) {
			report.Wrong = append(report.Wrong, fmt.Sprintf("commit %d is older than the one before it", r.Number))
		}
		single.applyLocked(*r)
		if r.Number%segmentSize != 0 {
			continue
		}
		kept, err := single.segments.Get(ctx, idOf(r.Number))
		if errors.Is(err, mongodb.ErrNotFound) {
			continue
		} else if err != nil {
			return report, err
		}
		report.Segments++
		commits, err := single.commitsUntil(ctx, r.Number)
		if err != nil {
			return report, err
		}
		// What is in it is compared, not how it is packed: another release of the packer may pack better.
		if packed, err := unpack.DecodeAll(kept.Data, nil); err != nil || hashOf(kept.Data) != kept.Hash || !bytes.Equal(packed, commits) {
			report.Wrong = append(report.Wrong, fmt.Sprintf("segment %d differs from its commits", r.Number))
		}
	}
	report.Commits = single.applied
	if gap, err := single.gap(ctx); err != nil {
		return report, err
	} else if gap {
		report.Wrong = append(report.Wrong, fmt.Sprintf("commit %d is missing, and later ones are there", single.applied+1))
	}
	for _, s := range single.states {
		for _, wrong := range s.Check() {
			report.Wrong = append(report.Wrong, s.Name()+": "+wrong)
		}
	}
	if report.Hash, err = single.Hash(); err != nil {
		return report, err
	}
	started := open()
	if _, err := started.load(ctx); err != nil {
		return report, err
	}
	if hash, err := started.Hash(); err != nil {
		return report, err
	} else if hash != report.Hash && started.applied == single.applied {
		report.Wrong = append(report.Wrong, "the state of a start from snapshot and segments differs from the replayed one")
	}
	return report, nil
}
