package psycap

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/goccy/go-yaml"
)

//go:embed instruments/*.yaml
var instrumentFiles embed.FS

// definitions are all that ships, in the order of the list that people see. A mistake in one is found at start, and by the tests.
var definitions = mustLoad(instrumentFiles)

func mustLoad(files fs.FS) []*Instrument {
	all, err := loadInstruments(files)
	if err != nil {
		panic(err)
	}
	return all
}

// loadInstruments reads instruments/*.yaml strictly. Its errors name the file and the field.
func loadInstruments(files fs.FS) ([]*Instrument, error) {
	names, err := fs.Glob(files, "instruments/*.yaml")
	if err != nil {
		return nil, fmt.Errorf("list the instruments: %w", err)
	}
	var all []*Instrument
	seen := map[string]string{}
	for _, name := range names {
		in, err := readInstrument(files, name)
		if err != nil {
			return nil, err
		}
		key := in.ID + "@" + in.Version
		if other, twice := seen[key]; twice {
			return nil, fmt.Errorf("%s: version: %s is already in %s", name, key, other)
		}
		seen[key] = name
		all = append(all, in)
	}
	return all, nil
}

func readInstrument(files fs.FS, name string) (*Instrument, error) {
	text, err := fs.ReadFile(files, name)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	var in Instrument
	if err := yaml.UnmarshalWithOptions(text, &in, yaml.Strict()); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	if base := strings.TrimSuffix(path.Base(name), ".yaml"); in.ID+"@"+in.Version != base {
		return nil, fmt.Errorf("%s: id: the file must be named %s@%s.yaml", name, in.ID, in.Version)
	}
	if err := in.check(); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	sum := sha256.Sum256(text)
	in.Hash = hex.EncodeToString(sum[:])
	return &in, nil
}

var (
	instrumentID = regexp.MustCompile(`^[a-z][a-z0-9-]{1,39}$`)
	versionID    = regexp.MustCompile(`^[0-9A-Za-z][0-9A-Za-z.-]{0,19}$`)
	itemID       = regexp.MustCompile(`^[a-z0-9][a-z0-9_]{0,19}$`)
)

// The greatest sizes of a definition.
const (
	mostItems    = 100
	longestItem  = 500
	longestText  = 2000
	greatestMark = 100
)

// check refuses a definition that could not be asked, or could not be counted. Its errors name the field.
func (in *Instrument) check() error {
	for _, step := range []func() error{in.checkHead, in.checkScale, in.checkItems, in.checkParts, in.checkMissing, in.checkBands} {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

func (in *Instrument) checkHead() error {
	switch {
	case !instrumentID.MatchString(in.ID):
		return fmt.Errorf("id: %q", in.ID)
	case !versionID.MatchString(in.Version):
		return fmt.Errorf("version: %q", in.Version)
	case !slices.Contains([]Rights{Own, FreeWithCredit, Licensed}, in.Rights):
		return fmt.Errorf("rights: %q", in.Rights)
	case in.Rights != Own && in.Holder == "":
		return fmt.Errorf("holder: missing")
	case in.Rights == Licensed && !in.Shell:
		return fmt.Errorf("shell: what needs a licence ships without its items")
	case in.Elsewhere && (!in.Shell || len(in.Items) > 0 || in.Address == ""):
		return fmt.Errorf("elsewhere: it takes a shell without items, and an address")
	}
	for field, texts := range map[string]Texts{"titles": in.Titles, "credit": in.Credit} {
		if err := texts.check(field, languages(), longestText); err != nil {
			return err
		}
	}
	for field, texts := range map[string]Texts{"intro": in.Intro, "label": in.Label, "note": in.Note} {
		if len(texts) == 0 {
			continue
		}
		if err := texts.check(field, languages(), longestText); err != nil {
			return err
		}
	}
	switch bare := in.bare(); {
	case bare && len(in.Languages) > 0:
		return fmt.Errorf("languages: a shell has none before its items")
	case !in.Shell && !slices.Equal(in.Languages, languages()):
		return fmt.Errorf("languages: want %v", languages())
	case !bare && len(in.Languages) == 0:
		return fmt.Errorf("languages: missing")
	}
	return nil
}

// check wants exactly these languages, each with a text that is not too long.
func (t Texts) check(field string, want []string, longest int) error {
	for _, language := range want {
		text, there := t[language]
		switch {
		case !there || strings.TrimSpace(text) == "":
			return fmt.Errorf("%s.%s: missing", field, language)
		case len([]rune(text)) > longest:
			return fmt.Errorf("%s.%s: longer than %d", field, language, longest)
		}
	}
	for language := range t {
		if !slices.Contains(want, language) {
			return fmt.Errorf("%s.%s: not a language of it", field, language)
		}
	}
	return nil
}

func (in *Instrument) checkScale() error {
	if in.Elsewhere {
		return nil
	}
	switch {
	case in.Scale.Min < 0 || in.Scale.Max <= in.Scale.Min || in.Scale.Max > greatestMark:
		return fmt.Errorf("scale: %d to %d", in.Scale.Min, in.Scale.Max)
	case in.Score != MeanOf && in.Score != SumOf:
		return fmt.Errorf("score: %q", in.Score)
	case in.Better != More && in.Better != Less:
		return fmt.Errorf("better: %q", in.Better)
	}
	if in.Shell && len(in.Scale.Anchors) == 0 {
		return nil
	}
	for _, language := range in.Languages {
		anchors := in.Scale.Anchors[language]
		for _, end := range []int{in.Scale.Min, in.Scale.Max} {
			if strings.TrimSpace(anchors[end]) == "" {
				return fmt.Errorf("scale.anchors.%s.%d: missing", language, end)
			}
		}
		for value, text := range anchors {
			if value < in.Scale.Min || value > in.Scale.Max || strings.TrimSpace(text) == "" || len([]rune(text)) > longestItem {
				return fmt.Errorf("scale.anchors.%s.%d: wrong", language, value)
			}
		}
		if len(anchors) != len(in.Scale.Anchors[in.Languages[0]]) {
			return fmt.Errorf("scale.anchors.%s: other values than in %s", language, in.Languages[0])
		}
	}
	for language := range in.Scale.Anchors {
		if !slices.Contains(in.Languages, language) {
			return fmt.Errorf("scale.anchors.%s: not a language of it", language)
		}
	}
	return nil
}

// bare reports whether it is a shell as it ships: no item has a text.
func (in *Instrument) bare() bool {
	return in.Shell && !slices.ContainsFunc(in.Items, func(i Item) bool { return len(i.Texts) > 0 })
}

func (in *Instrument) checkItems() error {
	if !in.Elsewhere && (len(in.Items) == 0 || len(in.Items) > mostItems) {
		return fmt.Errorf("items: %d of them", len(in.Items))
	}
	bare := in.bare()
	seen := map[string]bool{}
	for _, item := range in.Items {
		field := "items." + item.ID
		switch {
		case !itemID.MatchString(item.ID):
			return fmt.Errorf("items: the id %q", item.ID)
		case seen[item.ID]:
			return fmt.Errorf("%s: twice", field)
		case len(item.Values) > 0 && (item.Min != 0 || item.Max != 0):
			return fmt.Errorf("%s: values and a range", field)
		case len(item.Values) == 1 || !slices.IsSorted(item.Values) || len(slices.Compact(slices.Clone(item.Values))) != len(item.Values):
			return fmt.Errorf("%s.values: at least two, rising", field)
		}
		least, greatest := in.Range(item)
		if least < 0 || greatest <= least || greatest > greatestMark {
			return fmt.Errorf("%s: %d to %d", field, least, greatest)
		}
		seen[item.ID] = true
		if bare {
			continue
		}
		if err := item.Texts.check(field, in.Languages, longestItem); err != nil {
			return err
		}
	}
	for _, id := range in.Reversed {
		if !seen[id] {
			return fmt.Errorf("reversed: no item %q", id)
		}
	}
	return nil
}

func (in *Instrument) checkParts() error {
	taken := map[string]bool{}
	for _, part := range in.Parts {
		field := "parts." + part.ID
		if _, item := in.Item(part.ID); !itemID.MatchString(part.ID) || part.ID == "total" || taken["part "+part.ID] || item && !slices.Equal(part.Items, []string{part.ID}) {
			return fmt.Errorf("parts: the id %q", part.ID)
		}
		taken["part "+part.ID] = true
		if err := part.Titles.check(field+".titles", languages(), longestItem); err != nil {
			return err
		}
		if len(part.Items) == 0 {
			return fmt.Errorf("%s.items: missing", field)
		}
		for _, id := range part.Items {
			if _, there := in.Item(id); !there || taken[id] {
				return fmt.Errorf("%s.items: %q is not an item, or has a part", field, id)
			}
			taken[id] = true
		}
	}
	if len(in.Parts) == 0 {
		return nil
	}
	for _, item := range in.Items {
		if !taken[item.ID] {
			return fmt.Errorf("parts: no part has item %q", item.ID)
		}
	}
	return nil
}

// checkMissing wants rules that can be met. A sum of fewer would mean less, so a sum needs every answer, but for a total of items of one
// range, in which the mean of the others may stand for what is missing.
func (in *Instrument) checkMissing() error {
	if in.Elsewhere {
		return nil
	}
	rule := in.Missing
	differ := slices.ContainsFunc(in.Items, func(i Item) bool {
		least, greatest := in.Range(i)
		return least != in.Scale.Min || greatest != in.Scale.Max
	})
	if in.Score == SumOf && (rule.PartLeast != 0 || rule.AllParts || rule.TotalLeast != 0 && differ) {
		return fmt.Errorf("missing: a sum needs every answer")
	}
	for _, part := range in.Parts {
		if least := in.PartLeast(part); least < 1 || least > len(part.Items) {
			return fmt.Errorf("missing.part_least: %d of the %d of %s", least, len(part.Items), part.ID)
		}
	}
	switch least := in.TotalLeast(); {
	case len(in.Parts) == 0 && (rule.PartLeast != 0 || rule.AllParts):
		return fmt.Errorf("missing: there are no parts")
	case !in.Total && (rule.TotalLeast != 0 || rule.AllParts):
		return fmt.Errorf("missing: there is no total")
	case in.Total && (least < 1 || least > len(in.Items)):
		return fmt.Errorf("missing.total_least: %d of %d", least, len(in.Items))
	}
	if in.Total && in.Score == MeanOf && differ {
		return fmt.Errorf("score: a mean of items of different ranges means nothing")
	}
	if r := in.Reference; r != nil && (r.SD <= 0 || r.Reliability <= 0 || r.Reliability >= 1 || r.Source == "" || !in.Total) {
		return fmt.Errorf("reference: wrong")
	}
	return nil
}

// checkBands wants them to cover, without a gap or an overlap, the whole values that one person can have: of one question, or of a sum.
func (in *Instrument) checkBands() error {
	if len(in.Bands) == 0 {
		return nil
	}
	least, greatest := 0, 0
	for _, item := range in.Items {
		from, to := in.Range(item)
		least, greatest = least+from, greatest+to
	}
	if len(in.Items) != 1 && (in.Score != SumOf || !in.Total) {
		return fmt.Errorf("bands: a mean has none")
	}
	next := least
	for i, band := range in.Bands {
		if band.From != next || band.To < band.From {
			return fmt.Errorf("bands.%d: from %d to %d, want from %d", i, band.From, band.To, next)
		}
		if err := band.Names.check(fmt.Sprintf("bands.%d.names", i), languages(), longestItem); err != nil {
			return err
		}
		next = band.To + 1
	}
	if next != greatest+1 {
		return fmt.Errorf("bands: they end at %d, want %d", next-1, greatest)
	}
	return nil
}

// defined finds what ships under an id, in its newest version.
func defined(id string) (*Instrument, bool) {
	var found *Instrument
	for _, in := range definitions {
		if in.ID == id && (found == nil || newer(in.Version, found.Version)) {
			found = in
		}
	}
	return found, found != nil
}

// newer compares versions that ship: whole numbers, of which the longer, and among equals the later, is the greater.
func newer(a, b string) bool {
	if len(a) != len(b) {
		return len(a) > len(b)
	}
	return a > b
}
