package people

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"
)

func TestUnitsAndSharingsOverHTTP(t *testing.T) {
	f := newFixture(t)
	admin, otto, stranger := f.signedInAs("aino@ranta.example", goodPassword), f.signedInAs("otto@ranta.example", goodPassword), f.signedInAs("selma@saari.example", goodPassword)
	unit := admin.want(201, "", "POST", "/api/units", map[string]string{"name": "Ähtärin neuvola", "kind": "municipality", "org": f.org})
	if unit.body["own"] != true || unit.body["orgName"] != "Rantakunta" {
		t.Errorf("got %s", unit.raw)
	}
	id := unit.body["id"].(string)
	if a := admin.want(200, "", "PUT", "/api/units/"+id, map[string]string{"name": "Ähtärin asema", "kind": "health_centre"}); a.body["name"] != "Ähtärin asema" || a.body["kind"] != "health_centre" {
		t.Errorf("got %s", a.raw)
	}
	admin.want(400, "invalid_request", "PUT", "/api/units/"+id, map[string]string{"name": "x", "kind": "castle"})
	names := func(d *device) (names []string) {
		for _, u := range d.want(200, "", "GET", "/api/units", nil).body["units"].([]any) {
			names = append(names, fmt.Sprint(u.(map[string]any)["name"], u.(map[string]any)["own"]))
		}
		return names
	}
	if got := fmt.Sprint(names(otto)); got != "[Rannan terveyskeskustrue Ähtärin asematrue]" {
		t.Errorf("got %s", got)
	}
	if got := fmt.Sprint(names(stranger)); got != "[Saariston asematrue]" {
		t.Errorf("got %s", got)
	}

	wish := map[string]string{"unit": id, "org": f.other, "purpose": "joint_appointments"}
	sharing := admin.want(201, "", "POST", "/api/sharings", wish)
	if sharing.body["unitName"] != "Ähtärin asema" || sharing.body["orgName"] != "Saaristo" {
		t.Errorf("got %s", sharing.raw)
	}
	admin.want(409, "sharing_exists", "POST", "/api/sharings", wish)
	admin.want(409, "own_organisation", "POST", "/api/sharings", map[string]string{"unit": id, "org": f.org, "purpose": "cohorts"})
	admin.want(400, "invalid_request", "POST", "/api/sharings", map[string]string{"unit": id, "org": f.other, "purpose": "fun"})
	if got := fmt.Sprint(names(stranger)); got != "[Ähtärin asemafalse Saariston asematrue]" {
		t.Errorf("got %s", got)
	}
	for _, d := range []*device{admin, stranger} {
		if a := d.want(200, "", "GET", "/api/sharings", nil); !strings.Contains(a.raw, `"purpose":"joint_appointments"`) {
			t.Errorf("got %s", a.raw)
		}
	}
	path := "/api/sharings/" + sharing.body["id"].(string)
	stranger.want(404, "not_found", "DELETE", path, nil)
	admin.want(204, "", "DELETE", path, nil)
	if got := fmt.Sprint(names(stranger)); got != "[Saariston asematrue]" {
		t.Errorf("got %s", got)
	}
	if a := admin.want(200, "", "PUT", "/api/organisations/"+f.org, map[string]string{"name": "Uusi Rantakunta"}); a.body["own"] != true {
		t.Errorf("got %s", a.raw)
	}
	if a := stranger.want(200, "", "GET", "/api/organisations", nil); !strings.Contains(a.raw, `"name":"Uusi Rantakunta","own":false`) {
		t.Errorf("got %s", a.raw)
	}
	f.consistent()
}

func TestFeedbackIsKeptAndAnswered(t *testing.T) {
	f := newFixture(t)
	admin, otto, stranger := f.signedInAs("aino@ranta.example", goodPassword), f.signedInAs("otto@ranta.example", goodPassword), f.signedInAs("selma@saari.example", goodPassword)
	visitor := f.device()
	visitor.want(400, "invalid_request", "POST", "/api/feedback", map[string]string{"text": "Tunnukseni on 131052-308T", "page": "/"})
	visitor.want(400, "invalid_request", "POST", "/api/feedback", map[string]string{"text": "  ", "page": "/"})
	visitor.want(400, "invalid_request", "POST", "/api/feedback", map[string]string{"text": strings.Repeat("x", 5001), "page": "/"})
	given := visitor.want(201, "", "POST", "/api/feedback", map[string]string{"text": "Hyvä sivu!\nKiitos.", "email": "kulkija@muu.example", "page": "/tietosuoja"})
	if given.body["due"] != dueDay(f.now()) {
		t.Errorf("got %s", given.raw)
	}
	otto.want(201, "", "POST", "/api/feedback", map[string]string{"text": "Teksti on pieni", "page": "/kalenteri"})
	stranger.want(201, "", "POST", "/api/feedback", map[string]string{"text": "Salainen saari", "page": "/"})
	list := admin.want(200, "", "GET", "/api/feedback", nil)
	if n := len(list.body["feedback"].([]any)); n != 2 || strings.Contains(list.raw, "saari") || !strings.Contains(list.raw, `"overdue":false`) ||
		!strings.Contains(list.raw, `"text":"Hyvä sivu!\nKiitos."`) || !strings.Contains(list.raw, `"page":"/kalenteri"`) {
		t.Errorf("got %s", list.raw)
	}
	otto.want(403, "forbidden", "GET", "/api/feedback", nil)
	path := "/api/feedback/" + given.body["id"].(string) + "/answer"
	stranger.want(404, "not_found", "POST", path, map[string]string{"text": "x"})
	if a := admin.want(200, "", "POST", path, map[string]string{"text": "Kiitos sinulle!"}); a.body["answered"].(map[string]any)["text"] != "Kiitos sinulle!" {
		t.Errorf("got %s", a.raw)
	}
	admin.want(409, "already_answered", "POST", path, map[string]string{"text": "x"})
	letters := f.letters()
	if last := letters[len(letters)-1]; last.To != "kulkija@muu.example" || last.Person != "" || !strings.Contains(last.Text, "Kiitos sinulle!") || !strings.HasPrefix(last.Text, "Kiitos palautteestasi.") {
		t.Errorf("the mail is %+v", last)
	}
	f.pass(15 * 24 * time.Hour)
	admin = f.signedInAs("aino@ranta.example", goodPassword)
	if a := admin.want(200, "", "GET", "/api/feedback", nil); strings.Count(a.raw, `"overdue":true`) != 1 {
		t.Errorf("got %s", a.raw)
	}
	for range 9 {
		visitor.want(201, "", "POST", "/api/feedback", map[string]string{"text": "x", "page": "/"})
	}
	visitor.want(201, "", "POST", "/api/feedback", map[string]string{"text": "x", "page": "/"})
	visitor.want(429, "too_many", "POST", "/api/feedback", map[string]string{"text": "x", "page": "/"})
	f.consistent()
}

func TestAccessLog(t *testing.T) {
	f := newFixture(t)
	ctx := context.Background()
	var all sync.WaitGroup
	for i := range 40 {
		all.Go(func() {
			if err := f.Access.Record(ctx, f.admin, f.doctor, fmt.Sprintf("look:%d", i)); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	second := NewAccessLog(f.Database, f.now) // another server, or after a restart
	f.pass(time.Second)
	for range 3 {
		if err := second.Record(ctx, f.admin, f.doctor, "learner"); err != nil {
			t.Fatal(err)
		}
	}
	if err := f.Access.Record(ctx, f.admin, f.doctor, "newest"); err != nil { // its idea of the next number is old
		t.Fatal(err)
	}
	if err := f.Access.Record(ctx, f.doctor, f.doctor, "self"); err != nil {
		t.Fatal(err)
	}
	looks, err := f.Access.Of(ctx, f.doctor)
	if err != nil || len(looks) != 44 {
		t.Fatalf("%d looks (%v)", len(looks), err)
	}
	distinct := map[string]bool{}
	for _, l := range looks {
		distinct[l.What] = true
	}
	if looks[0].What != "newest" || looks[0].By != f.admin || len(distinct) != 42 {
		t.Errorf("the newest is %+v, %d distinct", looks[0], len(distinct))
	}
	otto := f.signedInAs("otto@ranta.example", goodPassword)
	a := otto.want(200, "", "GET", "/api/people/"+f.doctor+"/access", nil)
	if entries := a.body["entries"].([]any); len(entries) != 44 || entries[0].(map[string]any)["byName"] != "Aino Mäkelä" {
		t.Errorf("got %s", a.raw)
	}
	away, cancel := context.WithCancel(ctx)
	cancel()
	if err := f.Access.Record(away, f.admin, f.doctor, "x"); err == nil || statusOf[kindOf(err)] != 503 {
		t.Errorf("without a database: %v", err)
	}
}

func TestNetworkOf(t *testing.T) {
	for address, want := range map[string]string{
		"192.0.2.7": "192.0.2.7", "::ffff:192.0.2.7": "192.0.2.7", "2001:db8:1:2:3:4:5:6": "2001:db8:1:2::/64", "2001:db8:1:2::%eth0": "2001:db8:1:2::/64",
		"": "", "x": "x",
	} {
		if got := networkOf(address); got != want {
			t.Errorf("%q: got %q", address, got)
		}
	}
}

func TestLimit(t *testing.T) {
	start := time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC)
	l := NewLimit(3, time.Minute)
	take := func(key string, after time.Duration) bool {
		err := l.Take(key, start.Add(after))
		if err != nil && !errors.Is(err, ErrTooMany) {
			t.Fatal(err)
		}
		return err == nil
	}
	for i, step := range []struct {
		key   string
		after time.Duration
		want  bool
	}{
		{"a", 0, true}, {"a", 0, true}, {"a", 0, true}, {"a", 0, false}, {"b", 0, true},
		{"a", time.Minute - 1, false}, {"a", time.Minute, true}, {"a", time.Minute, false},
		{"a", time.Hour, true}, {"a", time.Hour, true}, {"a", time.Hour, true}, {"a", time.Hour, false},
	} {
		if got := take(step.key, step.after); got != step.want {
			t.Errorf("step %d: got %v", i, got)
		}
	}
	l.Back("a")
	if !take("a", time.Hour) || take("a", time.Hour) {
		t.Error("a try that was given back can not be used once")
	}
}
