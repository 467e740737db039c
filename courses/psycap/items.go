package psycap

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"luotsi/server/fault"
	"luotsi/server/web"
)

// ItemTexts are what an administrator brings in for a shell: every item in each language, the words at values of the scale, and who
// translated.
type ItemTexts struct {
	Languages   []LanguageTexts
	Translation *Translation
}

// LanguageTexts are of one language. Anchors may be missing.
type LanguageTexts struct {
	Language string
	Items    map[string]string // by item
	Anchors  map[int]string    // by value
}

// into makes the whole definition of a shell with these items. It names every field that is wrong as items.<language>.<id>,
// anchors.<language>.<value>, or translation.
func (t ItemTexts) into(bare *Instrument, version string) (*Instrument, error) {
	in := *bare
	in.Version, in.Languages, in.Translation, in.Hash = version, nil, t.Translation, ""
	in.Scale.Anchors = map[string]map[int]string{}
	in.Items = slices.Clone(bare.Items)
	for i := range in.Items {
		in.Items[i].Texts = Texts{}
	}
	var wrong []fault.Field
	for _, l := range t.Languages {
		if !slices.Contains(languages(), l.Language) || slices.Contains(in.Languages, l.Language) {
			wrong = append(wrong, fault.Field{Name: "texts", Code: "language"})
			continue
		}
		in.Languages = append(in.Languages, l.Language)
		wrong = append(wrong, l.fill(&in)...)
	}
	wrong = append(wrong, unevenAnchors(&in)...)
	if len(in.Languages) == 0 {
		wrong = append(wrong, fault.Field{Name: "texts", Code: "required"})
	}
	// A free instrument is used in a translation that somebody answers for.
	if bare.Rights == FreeWithCredit && t.Translation == nil {
		wrong = append(wrong, fault.Field{Name: "translation", Code: "required"})
	}
	if len(wrong) > 0 {
		return nil, fault.ErrInvalid.Of(wrong...)
	}
	slices.SortFunc(in.Languages, func(a, b string) int { return slices.Index(languages(), a) - slices.Index(languages(), b) })
	if err := in.check(); err != nil {
		return nil, fault.Bad("texts", "invalid").Detailed("%v", err)
	}
	return &in, nil
}

// unevenAnchors wants words at the same values in every language, both ends among them, or none at all.
func unevenAnchors(in *Instrument) (wrong []fault.Field) {
	named := map[int]bool{}
	for _, anchors := range in.Scale.Anchors {
		for value := range anchors {
			named[value] = true
		}
	}
	if len(named) == 0 {
		return nil
	}
	named[in.Scale.Min], named[in.Scale.Max] = true, true
	for _, language := range in.Languages {
		for _, value := range slices.Sorted(maps.Keys(named)) {
			if _, there := in.Scale.Anchors[language][value]; !there {
				wrong = append(wrong, fault.Field{Name: "anchors." + language + "." + strconv.Itoa(value), Code: "required"})
			}
		}
	}
	return wrong
}

func (l LanguageTexts) fill(in *Instrument) (wrong []fault.Field) {
	for i, item := range in.Items {
		text := strings.TrimSpace(l.Items[item.ID])
		if code := textFault(text); code != "" {
			wrong = append(wrong, fault.Field{Name: "items." + l.Language + "." + item.ID, Code: code, Limit: limitOf(code)})
		}
		in.Items[i].Texts[l.Language] = text
	}
	for id := range l.Items {
		if _, there := in.Item(id); !there {
			wrong = append(wrong, fault.Field{Name: "items." + l.Language + "." + id, Code: "unknown"})
		}
	}
	if len(l.Anchors) == 0 {
		return wrong
	}
	anchors := map[int]string{}
	for value, text := range l.Anchors {
		text = strings.TrimSpace(text)
		code := textFault(text)
		if value < in.Scale.Min || value > in.Scale.Max {
			code = "unknown"
		}
		if code != "" {
			wrong = append(wrong, fault.Field{Name: "anchors." + l.Language + "." + strconv.Itoa(value), Code: code, Limit: limitOf(code)})
		}
		anchors[value] = text
	}
	in.Scale.Anchors[l.Language] = anchors
	return wrong
}

// textFault says what is wrong with a text that goes to everybody who answers.
func textFault(text string) string {
	switch {
	case web.Blank(text):
		return "required"
	case len([]rune(text)) > longestItem:
		return "max"
	case strings.ContainsAny(text, "\n\r\t"):
		return "line"
	case web.HasIdentityCode(text):
		return "no_identity_code"
	}
	return ""
}

func limitOf(code string) string {
	if code == "max" {
		return strconv.Itoa(longestItem)
	}
	return ""
}
