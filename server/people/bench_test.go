package people

import (
	"context"
	"fmt"
	"testing"

	"luotsi/server/auth"
	"luotsi/server/journal"
)

// large adds the people of a region to a fixture, straight into the state and the names in memory.
func large(b *testing.B, f *fixture, n int) {
	b.Helper()
	first := []string{"Aino", "Åsa", "Väinö", "Örjan", "Ilmari", "Kyllikki", "Zacharias", "Wilma"}
	for i := range n {
		id := fmt.Sprintf("large-%06d", i)
		f.State.Apply(journal.Meta{Number: uint64(i), At: day}, PersonAdded{
			Person: id, Org: f.org, Language: "fi", Grants: []Placed{{"trainee", f.unit}}, Credential: "c",
		})
		f.Names.known[id] = f.Names.prepare(Name{Name: fmt.Sprintf("%s Sukunimi%05d", first[i%len(first)], (i*7919)%n), Email: id + "@large.example", Language: "fi"})
	}
}

func BenchmarkPeopleList20000(b *testing.B) {
	f := newFixture(b)
	large(b, f, 20_000)
	caller := auth.Caller{Identity: auth.Identity{Person: f.admin, Grants: f.State.Grants(f.admin)}}
	for _, query := range []string{"", "sukunimi000"} {
		b.Run("query="+query, func(b *testing.B) {
			for range b.N {
				if page, total := f.Accounts(caller, Wanted{Query: query, Page: 2}); total == 0 || len(page) > PageSize {
					b.Fatal(len(page), total)
				}
			}
		})
	}
}

func BenchmarkIdentify(b *testing.B) {
	f := newFixture(b)
	o, err := f.SignIn(context.Background(), "otto@ranta.example", goodPassword, "")
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			if _, err := f.Identify(o.Token, f.now()); err != nil {
				b.Error(err)
			}
		}
	})
}
