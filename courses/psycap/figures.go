package psycap

// Figures are everything a report tells of one instrument. They are stored in the journal, so a field is never renamed or re-meant.
type Figures struct {
	People []PointPeople  `bson:"people"` // by point
	Pairs  int            `bson:"pairs"`  // who answered at every point of the report; of a report of one point, who answered
	Scales []ScaleFigures `bson:"scales"` // the total first, when there is one; then the parts, or the items of an instrument without parts
	// Power is the smallest effect that so many pairs would show in four of five studies; of a report of one point there is none.
	Power Number `bson:"power"`
}

// PointPeople counts the people of a group at one point.
type PointPeople struct {
	Point    Point `bson:"point"`
	Asked    int   `bson:"asked"`
	Answered int   `bson:"answered"`
	Declined int   `bson:"declined"` // all of it
}

// ScaleFigures are of the total, a part, or an item.
type ScaleFigures struct {
	Scale   string          `bson:"scale"` // total, or the id of a part or an item
	Min     float64         `bson:"min"`
	Max     float64         `bson:"max"`
	N       int             `bson:"n"`        // whose figures these are
	LeftOut int             `bson:"left_out"` // of the pairs: no value at some point
	Covered int             `bson:"covered"`  // of the pairs: they have values, and are left out to keep others from being told apart
	Points  []PointFigures  `bson:"points"`
	Changes []ChangeFigures `bson:"changes,omitempty"` // from the first point to each later one
}

// PointFigures are of a scale at one point.
type PointFigures struct {
	Point   Point  `bson:"point"`
	Mean    Number `bson:"mean"`
	SD      Number `bson:"sd"`
	Alpha   Number `bson:"alpha"`
	AlphaN  int    `bson:"alpha_n"` // who answered every item
	Refused int    `bson:"refused"` // of those who answered at this point: who did not want to answer an item of this scale
	Bins    []Bin  `bson:"bins"`
}

// Bin counts values from From up to, and without, To; the last one holds Max too. On a scale of whole numbers From is the number.
type Bin struct {
	From  float64 `bson:"from"`
	To    float64 `bson:"to"`
	Count int     `bson:"count"`
}

// ChangeFigures compare two points of the same people.
type ChangeFigures struct {
	From      Point  `bson:"from"`
	To        Point  `bson:"to"`
	N         int    `bson:"n"`
	Mean      Number `bson:"mean"`
	SD        Number `bson:"sd"`
	Low       Number `bson:"low"` // of the 95 % interval of the mean
	High      Number `bson:"high"`
	R         Number `bson:"r"`   // correlation
	DZ        Number `bson:"dz"`  // mean / SD of the differences
	DAV       Number `bson:"dav"` // mean / mean of the two SDs
	GZ        Number `bson:"gz"`  // DZ with Hedges' correction
	GAV       Number `bson:"gav"`
	Up        int    `bson:"up"` // whose value is higher
	Same      int    `bson:"same"`
	Down      int    `bson:"down"`
	Share     Number `bson:"share"`     // Up of N, 0 to 1; on a scale where less is better, Down of N
	ShareLow  Number `bson:"share_low"` // Wilson, 95 %
	ShareHigh Number `bson:"share_high"`
}

// Number is a value, or why there is none. The zero Number is 0.
type Number struct {
	Value float64 `bson:"value"`
	Why   Why     `bson:"why,omitempty"`
}

// Why says why a number cannot be computed.
type Why string

// The reasons.
const (
	TooFew        Why = "too_few"        // people
	OneItem       Why = "one_item"       // a scale of one item has no alpha
	NoVariance    Why = "no_variance"    // everybody has the same
	SameChange    Why = "same_change"    // everybody changed by the same
	NoReliability Why = "no_reliability" // it is not known, or not above 0 and below 1
	NoSpread      Why = "no_spread"      // the standard deviation is not known, or not above 0
	NotAsked      Why = "not_asked"      // the question does not arise
	Unanswered    Why = "unanswered"     // too few of the items of a scale were answered
)
