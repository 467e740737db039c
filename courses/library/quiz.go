package library

import (
	"cmp"
	"math/big"
	"slices"
	"strings"

	"github.com/goccy/go-yaml/ast"

	"luotsi/courses"
)

const (
	mostQuestions = 100
	mostPoints    = 20 // of one question
	mostAttempts  = 50
	mostOptions   = 20 // of one question: options, pairs or items
)

// quizKeys is what a quiz says beside what every activity says.
var quizKeys = []string{"pass", "draw", "attempts", "time_limit", "questions"}

// questionKeys lists what a question of a type says beside id, type, text, points and feedback.
var questionKeys = map[courses.Answering][]string{
	courses.Single:    {"options"},
	courses.Multiple:  {"options"},
	courses.TrueFalse: {"answer", "feedback_right", "feedback_wrong"},
	courses.Matching:  {"pairs"},
	courses.Ordering:  {"items"},
	courses.Numeric:   {"answer", "tolerance", "unit"},
	courses.Text:      {"accept"},
	courses.Open:      {"guide"},
}

func (c *course) quiz(f fields, a *courses.Activity, language courses.Language) {
	nodes := f.list("questions")
	if len(nodes) > mostQuestions {
		f.mistake("questions", "a quiz has at most %d questions", mostQuestions)
	}
	pass, draw := f.number("pass", 1, mostQuestions*mostPoints), f.optionalNumber("draw", 1, mostQuestions)
	attempts, limit := f.optionalNumber("attempts", 1, mostAttempts), f.optionalNumber("time_limit", 1, mostMinutes)
	if len(nodes) > 0 && draw > len(nodes) {
		f.mistake("draw", "draw is %d, but there are only %d questions", draw, len(nodes))
	}
	finnish := language == courses.Finnish
	if finnish {
		a.Pass, a.Draw, a.Attempts, a.TimeLimit = pass, draw, attempts, limit
		a.Questions = make([]courses.Question, len(nodes))
	} else if len(a.Questions) > 0 {
		sameLimit(f, "pass", pass, a.Pass)
		sameLimit(f, "draw", draw, a.Draw)
		sameLimit(f, "attempts", attempts, a.Attempts)
		sameLimit(f, "time_limit", limit, a.TimeLimit)
		if len(nodes) > 0 && len(nodes) != len(a.Questions) {
			f.mistake("questions", "there are %d questions here but %d in Finnish", len(nodes), len(a.Questions))
			return
		}
	}
	seen := map[string]bool{}
	for i, node := range nodes {
		q := c.question(f.file, node, language)
		if seen[q.ID] && q.ID != "" {
			c.mistake(f.file, lineOf(node), "question id %q is used twice", q.ID)
		}
		seen[q.ID] = true
		if finnish {
			a.Questions[i] = q
		} else if len(a.Questions) > 0 {
			c.merge(&a.Questions[i], q, language, f.file, lineOf(node))
		}
	}
	if finnish && len(nodes) > 0 {
		c.reachable(f, a)
	}
}

// sameLimit is same for numbers whose absence says something.
func sameLimit(f fields, key string, got, finnish int) {
	if _, there := f.values[key]; there || finnish == 0 {
		same(f, key, got, finnish)
	}
	if (got == 0) != (finnish == 0) {
		if _, there := f.values[key]; there && finnish == 0 {
			f.mistake(key, "%s is not said in Finnish", key)
		} else if !there && key != "pass" {
			f.mistake(key, "%s is %d in Finnish but not said here", key, finnish)
		}
	}
}

// reachable checks that every draw can be passed: also the one of the questions that give least.
func (c *course) reachable(f fields, a *courses.Activity) {
	points := make([]int, len(a.Questions))
	for i, q := range a.Questions {
		points[i] = max(q.Points, 1)
	}
	asked := cmp.Or(min(a.Draw, len(points)), len(points))
	slices.Sort(points)
	least := 0
	for _, p := range points[:asked] {
		least += p
	}
	switch {
	case a.Pass <= least:
	case a.Draw == 0 && least == len(points):
		f.mistake("pass", "pass is %d, but there are only %d questions", a.Pass, len(points))
	case a.Draw == 0:
		f.mistake("pass", "pass is %d, but the questions give only %d points", a.Pass, least)
	default:
		f.mistake("pass", "pass is %d, but %d drawn questions may give only %d points", a.Pass, asked, least)
	}
}

func (c *course) question(file string, node ast.Node, language courses.Language) courses.Question {
	kind := courses.Answering(lookAhead(node, "type"))
	keys := []string{"id", "type", "text", "points", "feedback"}
	own, known := questionKeys[kind]
	if !known {
		for _, all := range questionKeys { // one mistake is enough: the type
			keys = append(keys, all...)
		}
	}
	what := "a question"
	if known {
		what = "a question of type " + string(kind)
	}
	f := c.mapping(file, node, what, append(keys, own...)...)
	q := courses.Question{ID: f.id(), Type: courses.Answering(f.text("type")), Points: f.optionalNumber("points", 1, mostPoints)}
	face := courses.QuestionFace{Text: f.text("text"), Feedback: f.optionalText("feedback")}
	switch q.Type {
	case courses.Single, courses.Multiple:
		q.Options = c.options(f, q.Type, language)
	case courses.TrueFalse:
		q.Options = truth(f, language)
	case courses.Matching:
		q.Pairs = c.pairs(f, language)
	case courses.Ordering:
		q.Options = c.items(f, language)
	case courses.Numeric:
		q.Answer, q.Tolerance, face.Unit = f.decimal("answer"), "0", f.optionalText("unit")
		if _, there := f.values["tolerance"]; there {
			q.Tolerance = f.decimal("tolerance")
			if number, ok := courses.Decimal(q.Tolerance); ok && number.Sign() < 0 {
				f.mistake("tolerance", "tolerance is below zero")
			}
		}
	case courses.Text:
		face.Accept = f.texts("accept")
		f.required("feedback")
		for _, accepted := range face.Accept {
			if courses.Plain(accepted) == "" {
				f.mistake("accept", "%q accepts nothing: it is only punctuation", accepted)
			}
		}
	case courses.Open:
		f.required("points")
		face.Guide = f.text("guide")
	case "":
	default:
		f.mistake("type", "type %q is not one of %v", q.Type, courses.Answerings())
	}
	q.Faces = courses.Faces[courses.QuestionFace]{language: face}
	return q
}

// nodesOf reads the options, pairs or items of a question.
func (c *course) nodesOf(f fields, key, what string, least int) []ast.Node {
	nodes := f.list(key)
	if n := len(nodes); n > 0 && (n < least || n > mostOptions) {
		f.mistake(key, "%s needs %d to %d %s, not %d", what, least, mostOptions, key, n)
	}
	return nodes
}

func (c *course) options(f fields, kind courses.Answering, language courses.Language) []courses.Option {
	nodes := f.list("options")
	if len(nodes) == 1 {
		f.mistake("options", "a choice needs at least two options")
	} else if len(nodes) > mostOptions {
		f.mistake("options", "a choice has at most %d options", mostOptions)
	}
	var options []courses.Option
	right := 0
	for _, node := range nodes {
		of := c.mapping(f.file, node, "an option", "id", "text", "correct", "feedback")
		o := courses.Option{ID: of.id(), Correct: of.yes("correct")}
		o.Faces = courses.Faces[courses.OptionFace]{language: {Text: of.text("text"), Feedback: of.text("feedback")}}
		if o.ID != "" && slices.ContainsFunc(options, func(other courses.Option) bool { return other.ID == o.ID }) {
			of.mistake("id", "option id %q is used twice", o.ID)
		}
		if o.Correct {
			right++
		}
		options = append(options, o)
	}
	switch {
	case len(nodes) == 0:
	case kind == courses.Single && right != 1:
		f.mistake("options", "a single choice has one correct option, not %d", right)
	case kind == courses.Multiple && right == 0:
		f.mistake("options", "a multiple choice has at least one correct option")
	}
	return options
}

// truth makes the two options of a statement.
func truth(f fields, language courses.Language) []courses.Option {
	f.required("answer")
	answer, said := f.yes("answer"), map[bool]string{true: f.text("feedback_right"), false: f.text("feedback_wrong")}
	option := func(id string, value bool) courses.Option {
		right := value == answer
		return courses.Option{ID: id, Correct: right, Faces: courses.Faces[courses.OptionFace]{language: {Feedback: said[right]}}}
	}
	return []courses.Option{option("true", true), option("false", false)}
}

func (c *course) items(f fields, language courses.Language) []courses.Option {
	var items []courses.Option
	for _, node := range c.nodesOf(f, "items", "an ordering", 3) {
		of := c.mapping(f.file, node, "an item", "id", "text")
		item := courses.Option{ID: of.id(), Faces: courses.Faces[courses.OptionFace]{language: {Text: of.text("text")}}}
		for _, other := range items {
			if item.ID != "" && other.ID == item.ID {
				of.mistake("id", "item id %q is used twice", item.ID)
			}
			if text := item.Faces[language].Text; text != "" && text == other.Faces[language].Text {
				of.mistake("text", "two items are %q: nobody could tell their order", text)
			}
		}
		items = append(items, item)
	}
	return items
}

func (c *course) pairs(f fields, language courses.Language) []courses.Pair {
	var pairs []courses.Pair
	for _, node := range c.nodesOf(f, "pairs", "a matching", 3) {
		of := c.mapping(f.file, node, "a pair", "id", "left", "right")
		face := courses.PairFace{Left: of.text("left"), Right: of.text("right")}
		pair := courses.Pair{ID: of.id(), Faces: courses.Faces[courses.PairFace]{language: face}}
		for _, other := range pairs {
			if pair.ID != "" && other.ID == pair.ID {
				of.mistake("id", "pair id %q is used twice", pair.ID)
			}
			for key, same := range map[string]bool{
				"left":  face.Left != "" && face.Left == other.Faces[language].Left,
				"right": face.Right != "" && face.Right == other.Faces[language].Right,
			} {
				if same {
					of.mistake(key, "two pairs have the same %s", key)
				}
			}
		}
		pairs = append(pairs, pair)
	}
	return pairs
}

// merge adds another language to a question, when it is the same question.
func (c *course) merge(into *courses.Question, q courses.Question, language courses.Language, file string, line int) {
	if q.ID != into.ID || q.Type != into.Type {
		c.mistake(file, line, "this is question %q (%s) but the Finnish file has %q (%s) here", q.ID, q.Type, into.ID, into.Type)
		return
	}
	if q.Points != into.Points {
		c.mistake(file, line, "question %q gives %d points here but %d in Finnish", q.ID, max(q.Points, 1), max(into.Points, 1))
	}
	if !sameNumber(q.Answer, into.Answer) || !sameNumber(q.Tolerance, into.Tolerance) {
		c.mistake(file, line, "question %q: answer %s (tolerance %s) is %s (tolerance %s) in Finnish", q.ID, q.Answer, q.Tolerance, into.Answer, into.Tolerance)
	}
	into.Faces[language] = q.Faces[language]
	if len(q.Options) != len(into.Options) || len(q.Pairs) != len(into.Pairs) {
		c.mistake(file, line, "question %q has %d options here but %d in Finnish",
			q.ID, len(q.Options)+len(q.Pairs), len(into.Options)+len(into.Pairs))
		return
	}
	for i, o := range q.Options {
		if o.ID != into.Options[i].ID || o.Correct != into.Options[i].Correct {
			c.mistake(file, line, "question %q: option %q (correct: %t) is %q (correct: %t) in Finnish",
				q.ID, o.ID, o.Correct, into.Options[i].ID, into.Options[i].Correct)
			continue
		}
		into.Options[i].Faces[language] = o.Faces[language]
	}
	for i, p := range q.Pairs {
		if p.ID != into.Pairs[i].ID {
			c.mistake(file, line, "question %q: pair %q is %q in Finnish", q.ID, p.ID, into.Pairs[i].ID)
			continue
		}
		into.Pairs[i].Faces[language] = p.Faces[language]
	}
}

func sameNumber(a, b string) bool {
	x, okX := courses.Decimal(a)
	y, okY := courses.Decimal(b)
	if !okX || !okY {
		return okX == okY || a == "" || b == "" // what is no number was told already
	}
	return x.Cmp(y) == 0
}

// decimal reads a required number; it may have a comma or a point, in quotes or without.
func (f fields) decimal(key string) string {
	node, ok := f.required(key)
	if !ok {
		return ""
	}
	text, isText := textOf(node)
	switch node.(type) {
	case *ast.IntegerNode, *ast.FloatNode:
		text, isText = node.GetToken().Value, true
	}
	number, ok := courses.Decimal(text)
	if !isText || !ok || number.Cmp(mostNumber) > 0 || number.Cmp(new(big.Rat).Neg(mostNumber)) < 0 {
		f.mistake(key, "%s must be a number like 6,8", key)
		return ""
	}
	return strings.TrimSpace(text)
}

var mostNumber = big.NewRat(1_000_000_000_000, 1)
