package psycap

import (
	"errors"
	"maps"
	"strings"
	"testing"
	"time"

	"luotsi/server/fault"
	"luotsi/server/journal"
)

func instrumentState(events ...journal.Event) *State {
	s := NewState()
	for _, e := range events {
		s.Apply(journal.Meta{At: time.Date(2026, 11, 22, 8, 0, 0, 0, time.UTC)}, e)
	}
	return s
}

func TestStanding(t *testing.T) {
	licence := LicenceRecorded{Org: "a", Instrument: "pcq-24", Holder: "H", Scope: "S", Ends: "2027-12-31"}
	items := ItemsUploaded{Org: "a", Instrument: "pcq-24", Version: "1.1", Hash: "h"}
	for name, one := range map[string]struct {
		id, org, today string
		events         []journal.Event
		want           Standing
		refusal        error
	}{
		"own":                         {"voimavarat", "a", "2026-11-22", nil, Open, nil},
		"nothing recorded":            {"pcq-24", "a", "2026-11-22", nil, LicenceNeeded, ErrLicenceNeeded},
		"items without a licence":     {"pcq-24", "a", "2026-11-22", []journal.Event{items}, LicenceNeeded, ErrLicenceNeeded},
		"a licence without items":     {"pcq-24", "a", "2026-11-22", []journal.Event{licence}, ItemsMissing, ErrItemsMissing},
		"both":                        {"pcq-24", "a", "2026-11-22", []journal.Event{licence, items}, Open, nil},
		"on the last day":             {"pcq-24", "a", "2027-12-31", []journal.Event{licence, items}, Open, nil},
		"on the day after":            {"pcq-24", "a", "2028-01-01", []journal.Event{licence, items}, LicenceEnded, ErrLicenceNeeded},
		"withdrawn":                   {"pcq-24", "a", "2026-11-22", []journal.Event{licence, items, LicenceWithdrawn{Org: "a", Instrument: "pcq-24"}}, LicenceNeeded, ErrLicenceNeeded},
		"recorded again":              {"pcq-24", "a", "2028-01-01", []journal.Event{licence, items, LicenceRecorded{Org: "a", Instrument: "pcq-24", Ends: "2028-12-31"}}, Open, nil},
		"of another organisation":     {"pcq-24", "b", "2026-11-22", []journal.Event{licence, items}, LicenceNeeded, ErrLicenceNeeded},
		"of another instrument":       {"pcq-12", "a", "2026-11-22", []journal.Event{licence, items}, LicenceNeeded, ErrLicenceNeeded},
		"free without items":          {"cpc-12r", "a", "2026-11-22", nil, ItemsMissing, ErrItemsMissing},
		"free with items":             {"cpc-12r", "a", "2026-11-22", []journal.Event{ItemsUploaded{Org: "a", Instrument: "cpc-12r", Version: "1.1", Hash: "h"}}, Open, nil},
		"elsewhere":                   {"kykyviisari", "a", "2026-11-22", nil, UsedElsewhere, ErrElsewhere},
		"an id that says another org": {"pcq-24", "a/pcq-24", "2026-11-22", []journal.Event{licence, items}, LicenceNeeded, ErrLicenceNeeded},
	} {
		t.Run(name, func(t *testing.T) {
			s := instrumentState(one.events...)
			in, _ := defined(one.id)
			if got := s.standing(one.org, in, one.today); got != one.want {
				t.Errorf("stands %q, want %q", got, one.want)
			}
			day, err := time.Parse(time.DateOnly, one.today)
			if err != nil {
				t.Fatal(err)
			}
			if err := s.mayOpen(one.org, one.id, "", day.Add(12*time.Hour)); !errors.Is(err, one.refusal) {
				t.Errorf("refuses with %v, want %v", err, one.refusal)
			}
		})
	}
}

// TestLicenceEndsAtFinnishMidnight: the last day is a day of Finland.
func TestLicenceEndsAtFinnishMidnight(t *testing.T) {
	s := instrumentState(LicenceRecorded{Org: "a", Instrument: "wai", Ends: "2026-12-31"}, ItemsUploaded{Org: "a", Instrument: "wai", Version: "1.1", Hash: "h"})
	if err := s.mayOpen("a", "wai", "", time.Date(2026, 12, 31, 21, 59, 59, 0, time.UTC)); err != nil {
		t.Errorf("before midnight: %v", err)
	}
	if err := s.mayOpen("a", "wai", "", time.Date(2026, 12, 31, 22, 0, 0, 0, time.UTC)); !errors.Is(err, ErrLicenceNeeded) {
		t.Errorf("at midnight: %v", err)
	}
}

func TestVersions(t *testing.T) {
	s := instrumentState(
		ItemsUploaded{Org: "a", Instrument: "cpc-12r", Version: "1.1", Hash: "first"},
		ItemsUploaded{Org: "a", Instrument: "cpc-12r", Version: "1.2", Hash: "second"},
	)
	own, _ := defined("voimavarat")
	for _, one := range []struct {
		org, id, version, want string
		err                    error
	}{
		{"a", "cpc-12r", "", "second", nil},
		{"a", "cpc-12r", "1.1", "first", nil},
		{"a", "cpc-12r", "1.3", "", ErrUnknownInstrument},
		{"a", "cpc-12r", "1", "", ErrUnknownInstrument},
		{"b", "cpc-12r", "1.1", "", ErrItemsMissing},
		{"b", "voimavarat", "", own.Hash, nil},
		{"b", "voimavarat", "1", own.Hash, nil},
		{"b", "voimavarat", "2", "", ErrUnknownInstrument},
		{"b", "nothing", "", "", ErrUnknownInstrument},
	} {
		hash, err := s.versionOf(one.org, one.id, one.version)
		if hash != one.want || !errors.Is(err, one.err) {
			t.Errorf("%+v: %q, %v", one, hash, err)
		}
	}
}

func TestRecordingALicence(t *testing.T) {
	good := Licence{Holder: "Luotsi", Scope: "one group", Ends: "2027-12-31"}
	until := func(day string) Licence { l := good; l.Ends = day; return l }
	s := instrumentState(LicenceRecorded{Org: "a", Instrument: "pcq-24", Holder: good.Holder, Scope: good.Scope, Ends: good.Ends})
	for name, one := range map[string]struct {
		org, id string
		licence Licence
		events  int
		err     error
	}{
		"a new one":         {"a", "wai", good, 1, nil},
		"until today":       {"a", "wai", until("2026-11-22"), 1, nil},
		"until yesterday":   {"a", "wai", until("2026-11-21"), 0, fault.ErrInvalid},
		"the same again":    {"a", "pcq-24", good, 0, nil},
		"a longer one":      {"a", "pcq-24", until("2028-12-31"), 1, nil},
		"of one's own":      {"a", "voimavarat", good, 0, ErrNoLicenceNeeded},
		"of a free one":     {"a", "cpc-12r", good, 0, ErrNoLicenceNeeded},
		"of one elsewhere":  {"a", "kykyviisari", good, 0, ErrElsewhere},
		"of nothing":        {"a", "nothing", good, 0, ErrUnknownInstrument},
		"another organises": {"b", "pcq-24", good, 1, nil},
	} {
		d, err := s.recordLicence(one.org, one.id, one.licence, "2026-11-22")
		if len(d.Events) != one.events || !errors.Is(err, one.err) {
			t.Errorf("%s: %v, %v", name, d.Events, err)
		}
	}
	if d, err := s.withdrawLicence("a", "pcq-24"); len(d.Events) != 1 || err != nil {
		t.Errorf("withdraw: %v, %v", d, err)
	}
	if d, err := s.withdrawLicence("b", "pcq-24"); len(d.Events) != 0 || err != nil {
		t.Errorf("withdraw nothing: %v, %v", d, err)
	}
}

func TestFloor(t *testing.T) {
	s := NewState()
	if s.floorOf("a") != 10 {
		t.Errorf("floor %d", s.floorOf("a"))
	}
	for floor, good := range map[int]bool{0: false, 4: false, 5: true, 10: true, 100: true, 101: false, -5: false} {
		if _, err := s.setFloor("a", floor); (err == nil) != good {
			t.Errorf("%d: %v", floor, err)
		}
	}
	if d, _ := s.setFloor("a", 10); len(d.Events) != 0 {
		t.Error("what is so happens again")
	}
	s = instrumentState(FloorSet{Org: "a", Floor: 5})
	if s.floorOf("a") != 5 || s.floorOf("b") != 10 {
		t.Errorf("floors %d %d", s.floorOf("a"), s.floorOf("b"))
	}
}

// someTexts are made up for the test: nobody's items.
func someTexts(in *Instrument, language string) LanguageTexts {
	l := LanguageTexts{Language: language, Items: map[string]string{}}
	for _, item := range in.Items {
		l.Items[item.ID] = "Kokeeksi " + item.ID
	}
	return l
}

func TestItemsForAShell(t *testing.T) {
	translated := &Translation{Translator: "Käännöstoimisto", Date: "2026-11-01", Version: "1"}
	change := func(l LanguageTexts, id, text string) LanguageTexts { l.Items[id] = text; return l }
	without := func(l LanguageTexts, id string) LanguageTexts { delete(l.Items, id); return l }
	anchored := func(l LanguageTexts, values ...int) LanguageTexts {
		l.Anchors = map[int]string{}
		for _, v := range values {
			l.Anchors[v] = "jotain"
		}
		return l
	}
	pcq, _ := defined("pcq-24")
	cpc, _ := defined("cpc-12r")
	for name, one := range map[string]struct {
		in          *Instrument
		languages   []LanguageTexts
		translation *Translation
		want        string // field:code of the first mistake
	}{
		"one language":           {pcq, []LanguageTexts{someTexts(pcq, "fi")}, nil, ""},
		"three languages":        {pcq, []LanguageTexts{someTexts(pcq, "sv"), someTexts(pcq, "fi"), someTexts(pcq, "en")}, nil, ""},
		"with words at the ends": {pcq, []LanguageTexts{anchored(someTexts(pcq, "fi"), 1, 6)}, nil, ""},
		"no language":            {pcq, nil, nil, "texts:required"},
		"a language twice":       {pcq, []LanguageTexts{someTexts(pcq, "fi"), someTexts(pcq, "fi")}, nil, "texts:language"},
		"another language":       {pcq, []LanguageTexts{someTexts(pcq, "de")}, nil, "texts:language"},
		"an item missing":        {pcq, []LanguageTexts{without(someTexts(pcq, "fi"), "24")}, nil, "items.fi.24:required"},
		"an item of spaces":      {pcq, []LanguageTexts{change(someTexts(pcq, "fi"), "24", "  ")}, nil, "items.fi.24:required"},
		"an item too many":       {pcq, []LanguageTexts{change(someTexts(pcq, "fi"), "25", "Kokeeksi")}, nil, "items.fi.25:unknown"},
		"500 letters":            {pcq, []LanguageTexts{change(someTexts(pcq, "fi"), "1", strings.Repeat("ä", 500))}, nil, ""},
		"501 letters":            {pcq, []LanguageTexts{change(someTexts(pcq, "fi"), "1", strings.Repeat("ä", 501))}, nil, "items.fi.1:max"},
		"two lines":              {pcq, []LanguageTexts{change(someTexts(pcq, "fi"), "1", "a\nb")}, nil, "items.fi.1:line"},
		"an identity code":       {pcq, []LanguageTexts{change(someTexts(pcq, "fi"), "1", "Olen 131052-308T")}, nil, "items.fi.1:no_identity_code"},
		"words off the scale":    {pcq, []LanguageTexts{anchored(someTexts(pcq, "fi"), 1, 6, 7)}, nil, "anchors.fi.7:unknown"},
		"words at one end":       {pcq, []LanguageTexts{anchored(someTexts(pcq, "fi"), 1)}, nil, "anchors.fi.6:required"},
		"words in one language":  {pcq, []LanguageTexts{anchored(someTexts(pcq, "fi"), 1, 6), someTexts(pcq, "sv")}, nil, "anchors.sv.1:required"},
		"free, and translated":   {cpc, []LanguageTexts{someTexts(cpc, "fi")}, translated, ""},
		"free, by nobody":        {cpc, []LanguageTexts{someTexts(cpc, "fi")}, nil, "translation:required"},
	} {
		t.Run(name, func(t *testing.T) {
			in, err := ItemTexts{Languages: one.languages, Translation: one.translation}.into(one.in, "1.1")
			if one.want == "" {
				if err != nil || in.bare() || in.Version != "1.1" || len(in.Languages) != len(one.languages) {
					t.Fatalf("%+v, %v", in, err)
				}
				if !one.in.bare() || len(one.in.Items[0].Texts) > 0 {
					t.Fatal("the shell itself was changed")
				}
				return
			}
			f, ok := fault.As(err)
			if !ok || len(f.Fields) == 0 || f.Fields[0].Name+":"+f.Fields[0].Code != one.want {
				t.Fatalf("%v %+v, want %s", err, f, one.want)
			}
		})
	}
	in, err := ItemTexts{Languages: []LanguageTexts{someTexts(cpc, "sv"), someTexts(cpc, "fi")}, Translation: translated}.into(cpc, "1.1")
	if err != nil || strings.Join(in.Languages, " ") != "fi sv" || !maps.Equal(in.Label, cpc.Label) || *in.Translation != *translated {
		t.Errorf("%+v, %v", in, err)
	}
}
