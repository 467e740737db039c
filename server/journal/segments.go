package journal

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"

	"github.com/klauspost/compress/zstd"
	"go.mongodb.org/mongo-driver/bson"

	"luotsi/server/mongodb"
)

const (
	segmentSize  = 1000      // commits in one segment
	segmentBytes = 12 << 20  // a larger one is not stored: those commits are read one by one
	unpackedMax  = 512 << 20 // refuses a damaged segment that would unpack to more
)

// segment is 1,000 commits in one document, derived from the journal so that starting reads fewer documents.
// Its _id is the number of its last commit.
type segment struct {
	Hash string `bson:"hash"` // of Data
	Data []byte `bson:"data"` // zstd of the commits' BSON, one after the other
}

// packer is shared: making one is slow.
var (
	pack, _   = zstd.NewWriter(nil, zstd.WithEncoderConcurrency(1))
	unpack, _ = zstd.NewReader(nil, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxMemory(unpackedMax))
)

var errSegment = errors.New("the segment is damaged")

// commitsUntil reads the commits of the segment that ends with last, one after the other.
func (j *Journal) commitsUntil(ctx context.Context, last uint64) ([]byte, error) {
	var all []byte
	for n := last - segmentSize + 1; n <= last; n++ {
		var raw bson.Raw
		if err := j.commits.FindOne(ctx, bson.D{{Key: "_id", Value: idOf(n)}}).Decode(&raw); err != nil {
			return nil, fmt.Errorf("read commit %d: %w", n, err)
		}
		all = append(all, raw...)
	}
	return all, nil
}

// open unpacks the commits of a segment and checks that it holds what it should.
func (s segment) open(codec codec, last uint64) ([]record, error) {
	if hashOf(s.Data) != s.Hash {
		return nil, errSegment
	}
	all, err := unpack.DecodeAll(s.Data, nil)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", errSegment, err)
	}
	records := make([]record, 0, segmentSize)
	for len(all) > 0 {
		if len(all) < 4 {
			return nil, errSegment
		}
		size := int(binary.LittleEndian.Uint32(all))
		if size < 5 || size > len(all) {
			return nil, errSegment
		}
		r, err := codec.decode(bson.Raw(all[:size]))
		if err != nil {
			return nil, err
		}
		if r.Number != last-segmentSize+1+uint64(len(records)) {
			return nil, errSegment
		}
		records = append(records, r)
		all = all[size:]
	}
	if len(records) != segmentSize {
		return nil, errSegment
	}
	return records, nil
}

// fillSegments stores every full segment from the one that ends with first on, unless it is there.
func (j *Journal) fillSegments(ctx context.Context, first uint64) (next uint64, err error) {
	for next = first; next <= j.Applied(); next += segmentSize {
		if _, err := j.segments.Get(ctx, idOf(next)); err == nil {
			continue
		} else if !errors.Is(err, mongodb.ErrNotFound) {
			return next, err
		}
		commits, err := j.commitsUntil(ctx, next)
		if err != nil {
			return next, err
		}
		data := pack.EncodeAll(commits, nil)
		if len(data) > segmentBytes {
			continue
		}
		if err := j.segments.Insert(ctx, idOf(next), segment{hashOf(data), data}); err != nil && !errors.Is(err, mongodb.ErrDuplicate) {
			return next, err
		}
	}
	return next, nil
}

func hashOf(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}
