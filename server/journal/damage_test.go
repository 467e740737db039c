package journal_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/klauspost/compress/zstd"
	"go.mongodb.org/mongo-driver/bson"

	"luotsi/server/journal"
	"luotsi/server/mongodb"
	"luotsi/server/mongodb/mongotest"
)

// filled has 2,500 commits, two segments, and a snapshot of commit 2,200 beside an older one of 1,500.
func filled(t *testing.T) (*mongodb.Database, string) {
	t.Helper()
	db := mongotest.New(t)
	j := open(t, options(db, newLedger()))
	for n := 1; n <= 2500; n++ {
		mustUpdate(t, j, deposit(fmt.Sprint("a", n%7), int64(n)))
		if n == 1500 || n == 2200 {
			if err := j.Snapshot(context.Background()); err != nil {
				t.Fatal(err)
			}
		}
	}
	segmentsStored(t, db)
	h := hash(t, j)
	j.Close()
	return db, h
}

func segmentsStored(t *testing.T, db *mongodb.Database) {
	t.Helper()
	segments := db.Driver.Collection("segments")
	for wait := 0; ; wait++ {
		if n, err := segments.CountDocuments(context.Background(), bson.D{}); err != nil {
			t.Fatal(err)
		} else if n == 2 {
			break
		}
		if wait == 200 {
			t.Fatal("the segments were not stored")
		}
		time.Sleep(20 * time.Millisecond)
	}
}

func TestWhatIsDerived(t *testing.T) {
	db, want := filled(t)
	t.Run("a snapshot of another version is not used", func(t *testing.T) {
		l := newLedger()
		l.version = 2
		if got := hash(t, open(t, options(db, l))); got != want {
			t.Error("a new apply version did not replay to the same state")
		}
	})
	t.Run("damage changes nothing but the start", func(t *testing.T) { damageEverything(t, db, want) })
	t.Run("verify finds what was changed", func(t *testing.T) { verify(t, db, want) })
	t.Run("a journal that ends before them", func(t *testing.T) { cutJournal(t, db) })
}

func damageEverything(t *testing.T, db *mongodb.Database, want string) {
	ctx := context.Background()
	each := func(collection string, change func(id string, doc bson.M)) {
		t.Helper()
		c := db.Driver.Collection(collection)
		cursor, err := c.Find(ctx, bson.D{})
		if err != nil {
			t.Fatal(err)
		}
		var docs []bson.M
		if err := cursor.All(ctx, &docs); err != nil {
			t.Fatal(err)
		}
		for _, doc := range docs {
			id := doc["_id"].(string)
			change(id, doc)
			if _, err := c.ReplaceOne(ctx, bson.D{{Key: "_id", Value: id}}, doc); err != nil {
				t.Fatal(err)
			}
		}
	}
	cases := []struct {
		name   string
		damage func()
	}{
		{"nothing damaged", func() {}},
		{"newest snapshot of other code", func() {
			each("snapshots", func(_ string, doc bson.M) {
				if doc["number"] == int64(2200) {
					doc["shape"] = "another"
				}
			})
		}},
		{"snapshot parts truncated", func() { each("snapshots", halveData(t)) }},
		{"snapshots gone", func() {
			if _, err := db.Driver.Collection("snapshots").DeleteMany(ctx, bson.D{}); err != nil {
				t.Fatal(err)
			}
		}},
		{"segments truncated", func() { each("segments", halveData(t)) }},
		{"segment with a right hash of wrong content", func() {
			each("segments", func(_ string, doc bson.M) {
				doc["data"], doc["hash"] = []byte("no zstd"), journal.HashOf([]byte("no zstd"))
			})
		}},
		{"segments gone", func() {
			if _, err := db.Driver.Collection("segments").DeleteMany(ctx, bson.D{}); err != nil {
				t.Fatal(err)
			}
		}},
	}
	for _, c := range cases {
		c.damage()
		j := open(t, options(db, newLedger()))
		if j.Applied() != 2500 || hash(t, j) != want {
			t.Errorf("%s: %d commits and another state than before", c.name, j.Applied())
		}
		segmentsStored(t, db)
		j.Close()
	}
}

// verify comes last: it changes the journal itself. The damaged segments were stored anew by then.
func verify(t *testing.T, db *mongodb.Database, want string) {
	ctx := context.Background()
	segmentsStored(t, db)
	o := options(db, newLedger())
	fresh := func() []journal.State { return []journal.State{newLedger()} }
	report, err := journal.Verify(ctx, o, fresh)
	if err != nil || len(report.Wrong) > 0 || report.Commits != 2500 || report.Segments != 2 || report.Hash != want {
		t.Fatalf("got %+v, %v; want 2500 commits, 2 segments, nothing wrong", report, err)
	}
	repacked := segmentPacked(t, db, 2000, zstd.SpeedBetterCompression)
	if report, err = journal.Verify(ctx, o, fresh); err != nil || len(report.Wrong) > 0 {
		t.Errorf("a segment packed by another release: got %v, %v; want nothing wrong", report.Wrong, err)
	}
	segments := db.Driver.Collection("segments")
	set := func(data []byte, hash string) {
		t.Helper()
		if _, err := segments.UpdateByID(ctx, "000000002000", bson.D{{Key: "$set", Value: bson.D{{Key: "data", Value: data}, {Key: "hash", Value: hash}}}}); err != nil {
			t.Fatal(err)
		}
	}
	set(repacked[:100], journal.HashOf(repacked))
	if report, err = journal.Verify(ctx, o, fresh); err != nil || len(report.Wrong) != 1 {
		t.Errorf("a damaged segment: got %v, %v; want it named", report.Wrong, err)
	}
	if n, err := segments.CountDocuments(ctx, bson.D{}); err != nil || n != 2 {
		t.Errorf("%d segments are left, %v; want both: verifying writes nothing", n, err)
	}
	set(repacked, journal.HashOf(repacked))
	commits := db.Driver.Collection("journal")
	if _, err := commits.UpdateByID(ctx, "000000000700", bson.D{{Key: "$set", Value: bson.D{{Key: "by", Value: "mallory"}}}}); err != nil {
		t.Fatal(err)
	}
	if report, err = journal.Verify(ctx, o, fresh); err != nil || len(report.Wrong) != 1 {
		t.Errorf("a changed commit: got %v, %v; want the segment that differs", report.Wrong, err)
	}
	if _, err := commits.UpdateByID(ctx, "000000000800", bson.D{{Key: "$set", Value: bson.D{{Key: "events.0.data.amount", Value: int64(1)}}}}); err != nil {
		t.Fatal(err)
	}
	if report, err = journal.Verify(ctx, o, fresh); err != nil || len(report.Wrong) != 2 {
		t.Errorf("a changed amount: got %v, %v; want the segment and the state of a start", report.Wrong, err)
	}
}

// segmentPacked packs a segment anew in another way.
func segmentPacked(t *testing.T, db *mongodb.Database, last int, level zstd.EncoderLevel) []byte {
	t.Helper()
	ctx := context.Background()
	var all []byte
	for n := last - 999; n <= last; n++ {
		raw, err := db.Driver.Collection("journal").FindOne(ctx, bson.D{{Key: "_id", Value: fmt.Sprintf("%012d", n)}}).Raw()
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, raw...)
	}
	packer, err := zstd.NewWriter(nil, zstd.WithEncoderLevel(level))
	if err != nil {
		t.Fatal(err)
	}
	data := packer.EncodeAll(all, nil)
	update := bson.D{{Key: "$set", Value: bson.D{{Key: "data", Value: data}, {Key: "hash", Value: journal.HashOf(data)}}}}
	if _, err := db.Driver.Collection("segments").UpdateByID(ctx, fmt.Sprintf("%012d", last), update); err != nil {
		t.Fatal(err)
	}
	return data
}

// cutJournal is what comes of a backup that took the collections one after the other while people were at work.
func cutJournal(t *testing.T, db *mongodb.Database) {
	ctx := context.Background()
	if j := open(t, options(db, newLedger())); j.Snapshot(ctx) != nil {
		t.Fatal("no snapshot was stored")
	}
	for n := 1901; n <= 2500; n++ {
		if _, err := db.Driver.Collection("journal").DeleteOne(ctx, bson.D{{Key: "_id", Value: fmt.Sprintf("%012d", n)}}); err != nil {
			t.Fatal(err)
		}
	}
	l := newLedger()
	j := open(t, options(db, l))
	if j.Applied() != 1900 {
		t.Fatalf("%d commits, want the 1,900 of the journal", j.Applied())
	}
	if a := mustUpdate(t, j, deposit("a0", 1)); a.Commit != 1901 {
		t.Errorf("the next commit is %d, want 1901: no gap", a.Commit)
	}
	if wrong := l.Check(); len(wrong) > 0 {
		t.Error(wrong)
	}
}

func halveData(t *testing.T) func(string, bson.M) {
	return func(_ string, doc bson.M) {
		raw, err := bson.Marshal(doc)
		if err != nil {
			t.Fatal(err)
		}
		if _, data, ok := bson.Raw(raw).Lookup("data").BinaryOK(); ok {
			doc["data"] = data[:len(data)/2]
		}
	}
}
