package courses

import (
	"slices"
	"strconv"
)

// Paper is what one attempt at a quiz asks: its questions, and the order in which their parts are shown. It follows from the
// version of the quiz, the seed and the questions drawn, so that it is the same whenever it is looked at.
type Paper struct {
	Questions []Asked
	Pass      int
}

// Asked is a question as one attempt shows it.
type Asked struct {
	*Question
	// shown is the order of the items of an ordering, or of the rights of a matching. Pages know a part by its place in it,
	// from "1": the author's ids may tell what is right.
	shown []int
}

// WholePaper asks all questions of a quiz.
func WholePaper(quiz *Activity) Paper { return paperOf(quiz, 0, nil) }

// paperOf asks those questions, in that order; all of them when none is named. One that the quiz does not have is left out.
func paperOf(quiz *Activity, seed int64, questions []string) Paper {
	p := Paper{Pass: quiz.Pass}
	ask := func(q *Question) {
		asked := Asked{Question: q}
		if n := len(asked.parts()); asked.mixes() {
			asked.shown = mixed(seed, q.ID, n)
		}
		p.Questions = append(p.Questions, asked)
	}
	for i := range quiz.Questions {
		if len(questions) == 0 {
			ask(&quiz.Questions[i])
		}
	}
	for _, id := range questions {
		if i := slices.IndexFunc(quiz.Questions, func(q Question) bool { return q.ID == id }); i >= 0 {
			ask(&quiz.Questions[i])
		}
	}
	return p
}

// drawn lists the ids of the questions that an attempt with that seed asks.
func (a *Activity) drawn(seed int64) []string {
	var ids []string
	for _, i := range Draw(seed, len(a.Questions), a.Draw) {
		ids = append(ids, a.Questions[i].ID)
	}
	return ids
}

// needsStart reports whether an attempt has to be started before it can be answered: when it asks another thing each time, or
// when its time runs. Others can be answered as they stand, also by somebody who opened them before the network was lost.
func (a *Activity) needsStart() bool {
	return a.Draw > 0 || a.TimeLimit > 0 || slices.ContainsFunc(a.Questions, func(q Question) bool { return Asked{Question: &q}.mixes() })
}

// mixes reports whether the order of the question's parts tells what is right.
func (q Asked) mixes() bool { return q.Type == Ordering || q.Type == Matching }

// Max is the points of all right answers.
func (p Paper) Max() int {
	sum := 0
	for _, q := range p.Questions {
		sum += q.worth()
	}
	return sum
}

// part is one thing that can be chosen, with the id that pages know it by.
type part struct {
	ID     string
	Option *Option // of a choice or an ordering
	Pair   *Pair   // of a matching: its right half
}

// parts lists what can be chosen, in the order it is shown.
func (q Asked) parts() []part {
	var parts []part
	for i := range q.Options {
		parts = append(parts, part{ID: q.Options[i].ID, Option: &q.Options[i]})
	}
	for i := range q.Pairs {
		parts = append(parts, part{ID: q.Pairs[i].ID, Pair: &q.Pairs[i]})
	}
	if q.shown == nil {
		return parts
	}
	mixed := make([]part, len(parts))
	for place, i := range q.shown {
		mixed[place] = parts[i]
		mixed[place].ID = strconv.Itoa(place + 1)
	}
	return mixed
}

// Right lists what is right, by the ids that pages know: the options of a choice, all items in order, or the right of each left.
func (q Asked) Right() []string {
	if q.shown == nil {
		var right []string
		for _, o := range q.Options {
			if o.Correct {
				right = append(right, o.ID)
			}
		}
		return right
	}
	right := make([]string, len(q.shown))
	for place, i := range q.shown {
		right[i] = strconv.Itoa(place + 1)
	}
	return right
}
