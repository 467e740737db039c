package courses

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"slices"
	"testing"
	"time"

	"luotsi/server/journal"
	"luotsi/server/people"
)

// bigContent is a course of 10 modules with 13 activities each.
func bigContent() *Content {
	c := sampleContent("big")
	c.ID = "big"
	module := c.Modules[0]
	c.Modules = nil
	for m := range 10 {
		next := module
		next.ID, next.Activities = fmt.Sprint("m", m), nil
		for a := range 13 {
			lesson := lessonOf(fmt.Sprintf("m%d-a%d", m, a), "Oppitunti", "")
			lesson.Faces["fi"] = ActivityFace{Title: "Oppitunti", HTML: string(bytes.Repeat([]byte("<p>Työkyky syntyy, kun voimavarat ja vaatimukset kohtaavat.</p>\n"), 60))}
			next.Activities = append(next.Activities, lesson)
		}
		c.Modules = append(c.Modules, next)
	}
	return c
}

// bigRegion has a cohort of 350 learners in a course of 130 activities, all somewhere on their way.
func bigRegion(t testing.TB) *region {
	t.Helper()
	r := newRegion(t)
	if err := r.service.Publish(context.Background(), []*Content{bigContent()}); err != nil {
		t.Fatal(err)
	}
	r.happen(t, CohortOpened{Cohort: "big", Course: "big", Unit: "east", Name: "Suuri", Starts: "2026-11-01"})
	var events []journal.Event
	var persons []string
	for n := range 350 {
		person := personID(n)
		persons = append(persons, person)
		r.name(t, person, fmt.Sprintf("Oppija%d Sukunimi%d", (n*7)%350, n), "fi")
		events = append(events, people.PersonAdded{Person: person, Org: "school", Language: "fi", Grants: placed("trainee", "east"), Credential: "c" + person},
			LearnerEnrolled{Cohort: "big", Course: "big", Person: person})
		for a := range n % 131 {
			events = append(events, ActivityDone{Course: "big", Person: person, Activity: fmt.Sprintf("m%d-a%d", a/13, a%13)})
		}
	}
	// So many that even a busy machine writes them within the time a request has.
	for part := range slices.Chunk(events, 500) {
		r.happen(t, part...)
	}
	for part := range slices.Chunk(persons, 50) {
		r.clock.Add(int64(time.Minute / time.Millisecond))
		r.happen(t, people.Seen{Persons: part})
	}
	return r
}

func TestMatrixIsSortedAndEncodedAsJSON(t *testing.T) {
	r := bigRegion(t)
	ctx := context.Background()
	m, err := r.service.Matrix(ctx, r.caller("tove"), "big")
	if err != nil {
		t.Fatal(err)
	}
	if len(m.Rows) != 350 {
		t.Fatalf("got %d rows", len(m.Rows))
	}
	for i := 1; i < len(m.Rows); i++ {
		a, b := m.Rows[i-1], m.Rows[i]
		pa, pb := m.edition.completion(a.Cells, nil, 0).Percent(), m.edition.completion(b.Cells, nil, 0).Percent() // not the field it was sorted by
		if pa > pb || pa == pb && a.LastSeen.After(b.LastSeen) || pa == pb && a.LastSeen.Equal(b.LastSeen) && r.names.Compare(a.Person, b.Person) > 0 {
			t.Fatalf("rows %d and %d are out of order", i-1, i)
		}
	}
	view, err := r.service.viewMatrix(ctx, m, "fi")
	if err != nil {
		t.Fatal(err)
	}
	view.Learners[3].Name = "\"Ä\\ö\" <b>&\u2028\x01 \xff"
	view.Learners[4].LastSeen = time.Time{}
	got, err := view.AppendJSON([]byte("before"))
	if err != nil {
		t.Fatal(err)
	}
	got, ok := bytes.CutPrefix(got, []byte("before"))
	type plain matrixView
	want, err := json.Marshal(plain(view))
	if err != nil || !ok || !bytes.Equal(got, want) {
		t.Errorf("got %.300s\nwant %.300s %v", got, want, err)
	}
	empty, err := matrixView{Modules: []matrixModuleView{}}.AppendJSON(nil)
	if want, _ := json.Marshal(plain(matrixView{Modules: []matrixModuleView{}, Learners: []matrixRowView{}})); err != nil || !bytes.Equal(empty, want) {
		t.Errorf("empty: got %s, want %s", empty, want)
	}
}

// BenchmarkMatrix is the whole answer but the network: 350 learners, 130 activities, sorted, encoded.
func BenchmarkMatrix(b *testing.B) {
	r := bigRegion(b)
	ctx, caller := context.Background(), r.caller("tove")
	var buffer []byte
	b.ReportAllocs()
	for b.Loop() {
		m, err := r.service.Matrix(ctx, caller, "big")
		if err != nil {
			b.Fatal(err)
		}
		view, err := r.service.viewMatrix(ctx, m, "fi")
		if err != nil {
			b.Fatal(err)
		}
		if buffer, err = view.AppendJSON(buffer[:0]); err != nil {
			b.Fatal(err)
		}
	}
	b.SetBytes(int64(len(buffer)))
}

// BenchmarkOverHTTP asks a real server on loopback, driver and server on the same cores.
func BenchmarkOverHTTP(b *testing.B) {
	r := bigRegion(b)
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		b.Fatal(err)
	}
	go func() { _ = r.app.Listener(listener) }()
	b.Cleanup(func() { _ = r.app.Shutdown() })
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 64}}
	for _, bench := range []struct{ name, person, path string }{
		{"matrix", "tove", "/api/cohorts/big/matrix"},
		{"lesson", personID(5), "/api/courses/big/activities/m0-a7"},
	} {
		b.Run(bench.name, func(b *testing.B) {
			b.SetParallelism(4)
			b.RunParallel(func(pb *testing.PB) {
				for pb.Next() {
					req, err := http.NewRequest(http.MethodGet, "http://"+listener.Addr().String()+bench.path, nil)
					if err != nil {
						b.Fatal(err)
					}
					req.Header.Set("Test-Person", bench.person)
					res, err := client.Do(req)
					if err != nil {
						b.Fatal(err)
					}
					n, err := io.Copy(io.Discard, res.Body)
					_ = res.Body.Close()
					if err != nil || res.StatusCode != http.StatusOK || n < 1000 {
						b.Fatalf("%d, %d bytes, %v", res.StatusCode, n, err)
					}
				}
			})
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "requests/s")
		})
	}
}
