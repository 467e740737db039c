package main

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"luotsi/courses/psycap"
)

// TestLicensedInstrumentOpensAndCloses: without a licence there is nothing to ask, with one and items there is, and when it ended there is not.
func TestLicensedInstrumentOpensAndCloses(t *testing.T) {
	r := openRegion(t)
	ctx, p := t.Context(), r.place[own]
	const secret = "Salainen kysymys"
	items := func(text string) string {
		var b strings.Builder
		for i := range 7 {
			if i > 0 {
				b.WriteByte(',')
			}
			b.WriteString(`{"id":"` + string(rune('1'+i)) + `","text":"` + text + `"}`)
		}
		return `{"org":"` + p["org"] + `","texts":[{"language":"fi","items":[` + b.String() + `]}]}`
	}
	licence := func(ends string) string {
		return `{"org":"` + p["org"] + `","holder":"Oikeudenhaltija","scope":"yksi ryhmä","ends":"` + ends + `"}`
	}
	opens := func(org, version string, want error) *psycap.Instrument {
		t.Helper()
		in, err := r.psycap.Instrument(ctx, org, "wai", version)
		if !errors.Is(err, want) {
			t.Fatalf("opens with %v, want %v", err, want)
		}
		return in
	}
	// standing is what the list says of the index; no answer about instruments ever holds what they ask.
	standing := func(want string) {
		t.Helper()
		for _, who := range []string{"admin", "trainer"} {
			a := r.want(t, 200, request{method: "GET", path: "/api/psycap/instruments", person: p[who]})
			if bytes.Contains(a.body, []byte(secret)) {
				t.Fatal("the list holds an item")
			}
			list, _ := a.at("organisations.0.instruments").([]any)
			for _, one := range list {
				if in := one.(map[string]any); in["id"] == "wai" && in["standing"] != want {
					t.Fatalf("%s sees %v, want %s", who, in["standing"], want)
				}
			}
			if len(list) != 11 {
				t.Fatalf("%d instruments", len(list))
			}
		}
	}
	put := func(status int, what, body string) answer {
		t.Helper()
		a := r.want(t, status, request{method: "PUT", path: "/api/psycap/instruments/wai/" + what, body: body, person: p["admin"]})
		if bytes.Contains(a.body, []byte(secret)) {
			t.Fatal("the answer holds an item")
		}
		return a
	}

	standing("licence_needed")
	opens(p["org"], "", psycap.ErrLicenceNeeded)
	put(409, "items", items(secret))

	put(200, "licence", licence("2099-12-31"))
	standing("items_missing")
	opens(p["org"], "", psycap.ErrItemsMissing)

	before := r.journal.Applied()
	put(200, "items", items(secret))
	standing("open")
	first := opens(p["org"], "", nil)
	if item, _ := first.Item("7"); item.Texts["fi"] != secret || first.Version != "1.1" || first.Hash == "" {
		t.Fatalf("%+v", first)
	}
	opens(r.place[other]["org"], "", psycap.ErrLicenceNeeded)
	for _, e := range r.events(t, before) {
		if text, ok := e.(psycap.ItemsUploaded); !ok || text.Hash != first.Hash {
			t.Errorf("the journal got %+v", e)
		}
	}

	// A second upload is a second version; the first stays for who answered it.
	put(200, "items", items(secret+" toisin"))
	if second := opens(p["org"], "", nil); second.Version != "1.2" || second.Hash == first.Hash {
		t.Fatalf("%+v", second)
	}
	if again := opens(p["org"], "1.1", nil); again.Hash != first.Hash {
		t.Fatalf("%+v", again)
	}
	opens(p["org"], "1.3", psycap.ErrUnknownInstrument)

	// The licence ended: closed, but what was answered can still be read.
	must(t, r.happens(ctx, psycap.LicenceRecorded{Org: p["org"], Instrument: "wai", Holder: "H", Scope: "S", Ends: "2020-12-31"}))
	standing("licence_ended")
	opens(p["org"], "1.1", psycap.ErrLicenceNeeded)
	put(409, "items", items(secret))
	if in, err := r.psycap.Definition(ctx, p["org"], "wai", "1.1"); err != nil || in.Hash != first.Hash {
		t.Fatalf("%+v, %v", in, err)
	}

	put(200, "licence", licence("2099-12-31"))
	standing("open")
	r.want(t, 200, request{method: "DELETE", path: "/api/psycap/instruments/wai/licence?org=" + p["org"], person: p["admin"]})
	standing("licence_needed")
	opens(p["org"], "", psycap.ErrLicenceNeeded)
}
