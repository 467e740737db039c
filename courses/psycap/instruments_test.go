package psycap

import (
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

const small = `id: small
version: "1"
rights: own
titles: { fi: Pieni, sv: Liten, en: Small }
credit: { fi: Oma, sv: Egen, en: Own }
languages: [fi, sv, en]
scale: { min: 1, max: 6, anchors: { fi: { 1: a, 6: b }, sv: { 1: a, 6: b }, en: { 1: a, 6: b } } }
score: mean
better: more
total: true
missing: { part_least: 1, total_least: 2, all_parts: true }
parts:
  - { id: p, titles: { fi: P, sv: P, en: P }, items: [a, b] }
items:
  - { id: a, texts: { fi: A, sv: A, en: A } }
  - { id: b, texts: { fi: B, sv: B, en: B } }
`

func TestLoaderNamesFileAndField(t *testing.T) {
	for name, one := range map[string]struct{ old, new, want string }{
		"as it is":             {"", "", ""},
		"a field nobody knows": {"score: mean", "score: mean\nextra: 1", "extra"},
		"a key twice":          {"score: mean", "score: mean\nscore: mean", "score"},
		"another file name":    {`version: "1"`, `version: "2"`, "id"},
		"no rights":            {"rights: own", "rights: mine", "rights"},
		"no holder":            {"rights: own", "rights: free_with_credit", "holder"},
		"licensed with items":  {"rights: own", "rights: licence\nholder: H", "shell"},
		"a title missing":      {", en: Small }", " }", "titles.en"},
		"a language too many":  {"titles: { fi: Pieni,", "titles: { de: Klein, fi: Pieni,", "titles.de"},
		"a language missing":   {"languages: [fi, sv, en]", "languages: [fi, sv]", "languages"},
		"scale upside down":    {"min: 1, max: 6,", "min: 6, max: 6,", "scale"},
		"scale below nought":   {"min: 1, max: 6,", "min: -1, max: 6,", "scale"},
		"an end without words": {"fi: { 1: a, 6: b }", "fi: { 1: a }", "scale.anchors.fi.6"},
		"words off the scale":  {"fi: { 1: a, 6: b }", "fi: { 1: a, 6: b, 7: c }", "scale.anchors.fi.7"},
		"words uneven":         {"sv: { 1: a, 6: b }", "sv: { 1: a, 3: c, 6: b }", "scale.anchors.sv"},
		"no score":             {"score: mean", "score: median", "score"},
		"no better":            {"better: more", "better: much", "better"},
		"an item twice":        {"id: b, texts", "id: a, texts", "items.a"},
		"an item's text":       {"{ fi: B, sv: B,", "{ fi: B,", "items.b.sv"},
		"reversed nobody":      {"score: mean", "score: mean\nreversed: [c]", "reversed"},
		"a part of nobody":     {"items: [a, b]", "items: [a, c]", "parts.p.items"},
		"an item without part": {"items: [a, b]", "items: [a]", "parts"},
		"a part called total":  {"{ id: p,", "{ id: total,", "parts"},
		"a part like an item":  {"{ id: p,", "{ id: a,", "parts"},
		"part rule too great":  {"part_least: 1", "part_least: 3", "missing.part_least"},
		"part rule nought":     {"part_least: 1", "part_least: 0", "missing.part_least"},
		"total rule too great": {"total_least: 2", "total_least: 3", "missing.total_least"},
		"a sum with gaps":      {"score: mean", "score: sum", "missing"},
		"bands of a mean":      {"better: more", "better: more\nbands: [{ from: 1, to: 6, names: { fi: a, sv: a, en: a } }]", "bands"},
		"a mean of ranges":     {"{ id: a, texts", "{ id: a, min: 0, max: 3, texts", "score"},
		"one value":            {"{ id: a, texts", "{ id: a, values: [1], texts", "items.a.values"},
		"a reference":          {"better: more", "better: more\nreference: { sd: 0.9, reliability: 1, source: x }", "reference"},
	} {
		t.Run(name, func(t *testing.T) {
			text := strings.Replace(small, one.old, one.new, 1)
			if one.old != "" && text == small {
				t.Fatal("nothing was changed")
			}
			_, err := loadInstruments(fstest.MapFS{"instruments/small@1.yaml": {Data: []byte(text)}})
			switch {
			case one.want == "" && err != nil:
				t.Fatal(err)
			case one.want == "":
			case err == nil:
				t.Fatal("loaded")
			case !strings.Contains(err.Error(), "instruments/small@1.yaml: ") || !strings.Contains(err.Error(), one.want):
				t.Fatalf("%v; want the file and %s", err, one.want)
			}
		})
	}
}

func TestBandsCoverWholeValues(t *testing.T) {
	band := func(from, to int) Band {
		return Band{From: from, To: to, Names: Texts{"fi": "a", "sv": "a", "en": "a"}}
	}
	for name, one := range map[string]struct {
		bands []Band
		good  bool
	}{
		"all":      {[]Band{band(0, 5), band(6, 10)}, true},
		"a gap":    {[]Band{band(0, 5), band(7, 10)}, false},
		"twice":    {[]Band{band(0, 5), band(5, 10)}, false},
		"too few":  {[]Band{band(0, 9)}, false},
		"too many": {[]Band{band(0, 11)}, false},
		"late":     {[]Band{band(1, 10)}, false},
	} {
		in := Instrument{Scale: ScaleOf{Min: 0, Max: 10}, Score: MeanOf, Items: []Item{{ID: "a"}}, Bands: one.bands}
		if err := in.checkBands(); (err == nil) != one.good {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestAllowedValues(t *testing.T) {
	in := &Instrument{Scale: ScaleOf{Min: 1, Max: 6}}
	for _, one := range []struct {
		item    Item
		allowed []int
		refused []int
	}{
		{Item{}, []int{1, 6}, []int{0, 7, -1}},
		{Item{Min: 0, Max: 10}, []int{0, 10}, []int{-1, 11}},
		{Item{Values: []int{1, 4, 7}}, []int{1, 4, 7}, []int{0, 2, 3, 5, 6, 8}},
	} {
		for _, v := range one.allowed {
			if !in.Allows(one.item, v) {
				t.Errorf("%+v refuses %d", one.item, v)
			}
		}
		for _, v := range one.refused {
			if in.Allows(one.item, v) {
				t.Errorf("%+v allows %d", one.item, v)
			}
		}
	}
}

func TestShippedQuestionnaireOfResources(t *testing.T) {
	in, known := defined("voimavarat")
	if !known || len(in.Items) != 12 || len(in.Parts) != 4 || in.Label["fi"] != "Ei validoitu" || in.Hash == "" {
		t.Fatalf("%+v", in)
	}
	for _, part := range in.Parts {
		if len(part.Items) != 3 {
			t.Errorf("%s has %v", part.ID, part.Items)
		}
	}
	if in.Scale.Min != 1 || in.Scale.Max != 6 || in.Missing != (MissingRule{2, 10, true}) || in.Reference != nil {
		t.Errorf("%+v", in)
	}
}

// TestShippedShells holds what is published of others' instruments, and that none of their items ships.
func TestShippedShells(t *testing.T) {
	for id, want := range map[string]struct {
		items, parts int
		rights       Rights
		score        ScoreRule
	}{
		"pcq-24":    {24, 4, Licensed, MeanOf},
		"pcq-12":    {12, 0, Licensed, MeanOf},
		"wai":       {7, 0, Licensed, SumOf},
		"whodas-12": {12, 6, Licensed, SumOf},
		"ips-25":    {25, 3, Licensed, SumOf},
		"cpc-12r":   {12, 4, FreeWithCredit, MeanOf},
	} {
		in, known := defined(id)
		if !known || len(in.Items) != want.items || len(in.Parts) != want.parts || in.Rights != want.rights || in.Score != want.score || !in.bare() {
			t.Errorf("%s: %+v", id, in)
			continue
		}
		for _, item := range in.Items {
			if len(item.Texts) > 0 {
				t.Errorf("%s ships the item %s", id, item.ID)
			}
		}
		if len(in.Scale.Anchors) > 0 || len(in.Intro) > 0 || in.Reference != nil {
			t.Errorf("%s ships more than its numbers", id)
		}
	}
	if in, _ := defined("pcq-24"); !slices.Equal(in.Reversed, []string{"13", "20", "23"}) {
		t.Errorf("reversed: %v", in.Reversed)
	}
	if in, _ := defined("kykyviisari"); in == nil || !in.Elsewhere || len(in.Items) > 0 {
		t.Errorf("kykyviisari: %+v", in)
	}
}

// TestShellFilesHoldNoItemTexts looks at the files themselves, comments too: the lines of items are ids and numbers.
func TestShellFilesHoldNoItemTexts(t *testing.T) {
	for _, in := range definitions {
		if !in.Shell {
			continue
		}
		text, err := instrumentFiles.ReadFile("instruments/" + in.ID + "@" + in.Version + ".yaml")
		if err != nil {
			t.Fatal(err)
		}
		_, items, found := strings.Cut(string(text), "\nitems:\n")
		if found == in.Elsewhere {
			t.Errorf("%s: items: %v", in.ID, found)
		}
		for line := range strings.Lines(items) {
			if !regexp.MustCompile(`^  - \{ id: "?[a-z0-9]+"?(, min: \d+, max: \d+|, values: \[[\d, ]+\])? \}\n$`).MatchString(line) {
				t.Errorf("%s: %q", in.ID, line)
			}
		}
	}
}

func TestBandsAtTheirEdges(t *testing.T) {
	for id, edges := range map[string]map[int]string{
		"tyokyky": {0: "reduced", 5: "reduced", 6: "moderate", 7: "moderate", 8: "good", 9: "good", 10: "excellent", 11: "", -1: ""},
		"wai":     {6: "", 7: "poor", 27: "poor", 28: "moderate", 36: "moderate", 37: "good", 43: "good", 44: "excellent", 49: "excellent", 50: ""},
		"ips-25":  {24: "", 25: "not IPS", 73: "not IPS", 74: "fair", 99: "fair", 100: "good", 114: "good", 115: "exemplary", 125: "exemplary", 126: ""},
	} {
		in, _ := defined(id)
		for value, want := range edges {
			if band, _ := in.BandOf(value); band.Names["en"] != want {
				t.Errorf("%s %d: %q, want %q", id, value, band.Names["en"], want)
			}
		}
	}
}

func TestOwnInstrumentsCanBeAskedAsTheyShip(t *testing.T) {
	s := NewState()
	for id, items := range map[string]int{"voimavarat": 12, "tyokyky": 1, "toimintakyky": 3, "osaaminen": 14} {
		in, _ := defined(id)
		if in == nil || in.Rights != Own || len(in.Items) != items || s.standing("org", in, "2026-11-22") != Open || len(in.Label) != 3 {
			t.Errorf("%s: %+v", id, in)
		}
	}
}
