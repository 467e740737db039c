package courses

// Answering says how a question is answered.
type Answering string

// The ways to answer.
const (
	Single    Answering = "single"     // one option, the right one
	Multiple  Answering = "multiple"   // all right options and no other
	TrueFalse Answering = "true_false" // one of the options "true" and "false"
	Matching  Answering = "matching"   // for each left its right; each right pair gives its part of the points, rounded down
	Ordering  Answering = "ordering"   // all items in order; each at its place gives its part of the points, rounded down
	Numeric   Answering = "numeric"    // a number within the tolerance
	Text      Answering = "text"       // one of the accepted texts
	Open      Answering = "open"       // a text that a trainer marks
)

// Answerings lists all of them.
func Answerings() []Answering {
	return []Answering{Single, Multiple, TrueFalse, Matching, Ordering, Numeric, Text, Open}
}

// Question of a quiz.
type Question struct {
	ID     string
	Type   Answering
	Points int // 0, in versions older than points, is one
	Faces  Faces[QuestionFace]
	// Options are what there is to choose from; of an ordering its items in the right order.
	Options []Option
	Pairs   []Pair
	// Answer and Tolerance of a numeric question are decimal numbers as their author wrote them.
	Answer    string
	Tolerance string
}

// worth is the points that a right answer gives.
func (q *Question) worth() int { return max(q.Points, 1) }

// QuestionFace is what a question says in one language.
type QuestionFace struct {
	Text     string
	Accept   []string // of a text
	Unit     string   // of a number; may be empty
	Guide    string   // of an open question: what its marker looks for; learners never see it
	Feedback string
}

// Option of a choice, or an item to put in order. The faces of "true" and "false" have no text: pages know how to say them.
type Option struct {
	ID      string
	Correct bool
	Faces   Faces[OptionFace]
}

// OptionFace is what an option says in one language, and what is said to whoever sees its answer.
type OptionFace struct {
	Text     string
	Feedback string
}

// Pair belongs together.
type Pair struct {
	ID    string
	Faces Faces[PairFace]
}

// PairFace is what the two halves of a pair say in one language.
type PairFace struct {
	Left  string
	Right string
}
