package psycap

import "slices"

// Instrument is the definition of a questionnaire in one version. A version that people answered is never changed: a change is a
// new version. Titles, credit and label stand beside its figures wherever they are shown.
type Instrument struct {
	ID        string   `yaml:"id" json:"id"`
	Version   string   `yaml:"version" json:"version"`
	Rights    Rights   `yaml:"rights" json:"rights"`
	Holder    string   `yaml:"holder" json:"holder,omitempty"` // of the rights, when somebody else has them
	Address   string   `yaml:"address" json:"address,omitempty"`
	Titles    Texts    `yaml:"titles" json:"titles"`
	Intro     Texts    `yaml:"intro" json:"intro,omitempty"`
	Credit    Texts    `yaml:"credit" json:"credit"`
	Label     Texts    `yaml:"label" json:"label,omitempty"` // a warning, "not validated"
	Note      Texts    `yaml:"note" json:"note,omitempty"`   // for the administrator
	Languages []string `yaml:"languages" json:"languages"`
	// Shell says that the definition ships without the texts of its items; they come from an administrator.
	Shell bool `yaml:"shell" json:"shell,omitempty"`
	// Elsewhere says that the instrument is filled in at its holder's own service, at Address, and never here.
	Elsewhere   bool         `yaml:"elsewhere" json:"elsewhere,omitempty"`
	Translation *Translation `yaml:"-" json:"translation,omitempty"`
	Scale       ScaleOf      `yaml:"scale" json:"scale"`
	Score       ScoreRule    `yaml:"score" json:"score"`
	Reversed    []string     `yaml:"reversed" json:"reversed,omitempty"` // value → min + max − value
	Parts       []Part       `yaml:"parts" json:"parts,omitempty"`       // none: every item is a scale of its own
	Total       bool         `yaml:"total" json:"total,omitempty"`
	Missing     MissingRule  `yaml:"missing" json:"missing"`
	Bands       []Band       `yaml:"bands" json:"bands,omitempty"`
	Reference   *Reference   `yaml:"reference" json:"reference,omitempty"`
	Better      Better       `yaml:"better" json:"better"`
	Items       []Item       `yaml:"items" json:"items,omitempty"`
	// Hash is of the stored definition: two with the same id and version may still have other items, each organisation its own.
	Hash string `yaml:"-" json:"-"`
}

// Texts are the same text by language.
type Texts map[string]string

// In is the text in a language, or in the first of Finnish, English and Swedish that there is.
func (t Texts) In(language string) string {
	for _, l := range []string{language, "fi", "en", "sv"} {
		if text, ok := t[l]; ok {
			return text
		}
	}
	return ""
}

// Rights say who may use an instrument.
type Rights string

// The rights.
const (
	Own            Rights = "own"              // Luotsi's
	FreeWithCredit Rights = "free_with_credit" // anybody's who names the makers
	Licensed       Rights = "licence"          // whose holder gave a licence
)

// Better says which way a change is for the better.
type Better string

// The ways.
const (
	More Better = "more"
	Less Better = "less"
)

// ScoreRule says how the values of a scale's items become one.
type ScoreRule string

// The rules: the mean of what was answered, or the sum of all.
const (
	MeanOf ScoreRule = "mean"
	SumOf  ScoreRule = "sum"
)

// ScaleOf is what may be answered to an item, in whole numbers. Anchors are the words at some of them, by language.
type ScaleOf struct {
	Min     int                       `yaml:"min" json:"min"`
	Max     int                       `yaml:"max" json:"max"`
	Anchors map[string]map[int]string `yaml:"anchors" json:"anchors,omitempty"`
}

// Part is a scale of several items.
type Part struct {
	ID     string   `yaml:"id" json:"id"`
	Titles Texts    `yaml:"titles" json:"titles"`
	Items  []string `yaml:"items" json:"items"`
}

// MissingRule says how many answers a score needs at least; read it through PartLeast and TotalLeast. A sum needs all of them, unless its
// makers let its total do with fewer: then what is missing counts as the mean of the others. With AllParts the total needs every
// part's score too.
type MissingRule struct {
	PartLeast  int  `yaml:"part_least" json:"partLeast"`
	TotalLeast int  `yaml:"total_least" json:"totalLeast"`
	AllParts   bool `yaml:"all_parts" json:"allParts,omitempty"`
}

// Band is a name for whole values From to To, both included, of one person. A mean never has a band.
type Band struct {
	From  int   `yaml:"from" json:"from"`
	To    int   `yaml:"to" json:"to"`
	Names Texts `yaml:"names" json:"names"`
}

// Reference is what was published of the total: with it a change of one person can be told from chance.
type Reference struct {
	SD          float64 `yaml:"sd" json:"sd"`
	Reliability float64 `yaml:"reliability" json:"reliability"`
	Source      string  `yaml:"source" json:"source"`
}

// Item is one question. Without a range of its own it has the instrument's; Values are the only ones allowed when they have gaps.
type Item struct {
	ID     string `yaml:"id" json:"id"`
	Texts  Texts  `yaml:"texts" json:"texts,omitempty"`
	Min    int    `yaml:"min" json:"min,omitempty"`
	Max    int    `yaml:"max" json:"max,omitempty"`
	Values []int  `yaml:"values" json:"values,omitempty"`
}

// Translation says who translated uploaded items, and when.
type Translation struct {
	Translator string `json:"translator"`
	Date       string `json:"date"` // day
	Version    string `json:"version"`
}

// Item finds a question.
func (in *Instrument) Item(id string) (Item, bool) {
	at := slices.IndexFunc(in.Items, func(i Item) bool { return i.ID == id })
	if at < 0 {
		return Item{}, false
	}
	return in.Items[at], true
}

// Range is the least and the greatest value of an item.
func (in *Instrument) Range(item Item) (least, greatest int) {
	switch {
	case len(item.Values) > 0:
		return slices.Min(item.Values), slices.Max(item.Values)
	case item.Min != 0 || item.Max != 0:
		return item.Min, item.Max
	}
	return in.Scale.Min, in.Scale.Max
}

// Allows reports whether an item may be answered with a value.
func (in *Instrument) Allows(item Item, value int) bool {
	if len(item.Values) > 0 {
		return slices.Contains(item.Values, value)
	}
	least, greatest := in.Range(item)
	return least <= value && value <= greatest
}

// Reverses reports whether the values of an item count the other way round.
func (in *Instrument) Reverses(item string) bool { return slices.Contains(in.Reversed, item) }

// PartLeast is how many answers the score of a part needs at least.
func (in *Instrument) PartLeast(part Part) int {
	if in.Score == SumOf {
		return len(part.Items)
	}
	return in.Missing.PartLeast
}

// TotalLeast is how many answers the total needs at least.
func (in *Instrument) TotalLeast() int {
	if in.Score == SumOf && in.Missing.TotalLeast == 0 {
		return len(in.Items)
	}
	return in.Missing.TotalLeast
}

// BandOf is the name of one person's whole value.
func (in *Instrument) BandOf(value int) (Band, bool) {
	at := slices.IndexFunc(in.Bands, func(b Band) bool { return b.From <= value && value <= b.To })
	if at < 0 {
		return Band{}, false
	}
	return in.Bands[at], true
}

// languages that Luotsi speaks: all that ships is in each of them.
func languages() []string { return []string{"fi", "sv", "en"} }
