package library

import (
	"reflect"
	"slices"
	"strings"

	"github.com/goccy/go-yaml/ast"

	"luotsi/courses"
)

const (
	mostHours   = 1000
	mostMinutes = 600

	mostContactDays = 60
	mostOffset      = 2000 // days from the start of a cohort
)

// course remembers where each id of a course was used first.
type course struct {
	*loader
	modules    map[string]string
	activities map[string]string
	inside     string // the module that is being read

	reflections map[string]bool
}

func (l *loader) courseFaces(c *courses.Content, folder string, sources map[courses.Language]source) {
	for _, language := range l.inOrder(sources, folder+"/course.fi.md") {
		s := sources[language]
		f := l.mapping(s.file, s.head, "a course", "id", "title", "summary", "contact_days")
		if id := f.id(); id != "" && id != folder {
			f.mistake("id", "id %q must be the name of the folder, %q", id, folder)
		}
		days := f.optionalNumber("contact_days", 0, mostContactDays)
		if language == courses.Finnish {
			c.Rules.ContactDays = days
		} else {
			same(f, "contact_days", days, c.Rules.ContactDays)
		}
		c.Faces[language] = courses.CourseFace{Title: f.text("title"), Summary: f.text("summary"), HTML: l.render(s)}
	}
}

func (c *course) module(m *courses.Module, folder string, sources map[courses.Language]source) {
	c.inside = ""
	defer func() { c.inside = m.ID }()
	for _, language := range c.inOrder(sources, folder+"/module.fi.md") {
		s := sources[language]
		f := c.mapping(s.file, s.head, "a module",
			"id", "title", "hours", "goals", "outline", "output", "sources", "reviewed", "review_by", "after", "opens", "due")
		id, hours, gate := f.id(), f.number("hours", 1, mostHours), c.gate(f)
		face := courses.ModuleFace{
			Title: f.text("title"), Goals: f.texts("goals"), Outline: f.texts("outline"), Output: f.text("output"),
			Sources: f.texts("sources"), Reviewed: f.day("reviewed"), ReviewBy: f.day("review_by"), HTML: c.render(s),
		}
		if face.ReviewBy != "" && face.Reviewed > face.ReviewBy {
			f.mistake("review_by", "review_by is before reviewed")
		}
		if language == courses.Finnish {
			if first, taken := c.modules[id]; taken && id != "" {
				f.mistake("id", "id %q is also in %s", id, first)
			}
			c.modules[id] = s.file
			m.ID, m.Hours, m.Gate = id, hours, gate
		} else if m.Faces[courses.Finnish].Title != "" {
			same(f, "id", id, m.ID)
			same(f, "hours", hours, m.Hours)
			c.sameGate(f, gate, m.Gate)
		}
		m.Faces[language] = face
	}
}

// same reports a value that is not what the Finnish file says.
func same[T comparable](f fields, key string, got, finnish T) {
	var none T
	if got != finnish && got != none && finnish != none {
		f.mistake(key, "%s is %v here but %v in Finnish", key, got, finnish)
	}
}

func (c *course) activity(name string, sources map[courses.Language]source) courses.Activity {
	a := courses.Activity{Faces: courses.Faces[courses.ActivityFace]{}}
	for _, language := range c.inOrder(sources, name+".fi.md") {
		s := sources[language]
		keys := []string{"id", "kind", "title", "minutes", "planned", "requires", "optional", "after", "opens", "due"}
		f := c.mapping(s.file, s.head, "an activity", append(keys, keysOfKind[kindOf(s.head)]...)...)
		id, kind, minutes := f.id(), courses.Kind(f.text("kind")), f.number("minutes", 1, mostMinutes)
		if kind != "" && kind.Requirements() == nil {
			f.mistake("kind", "kind %q is none of %v", kind, courses.Kinds())
		}
		planned, optional, gate := f.optionalNumber("planned", 1, mostHours*60), f.yes("optional"), c.gate(f)
		requires := courses.Requirement(f.optionalText("requires"))
		if all := kind.Requirements(); all != nil && requires == "" {
			requires = all[0]
		} else if all != nil && !slices.Contains(all, requires) {
			f.mistake("requires", "a %s requires one of %v, not %q", kind, all, requires)
		}
		if kind != courses.Quiz && strings.TrimSpace(string(s.body)) == "" {
			c.mistake(s.file, s.bodyAt, "the text is missing")
		}
		finnish := language == courses.Finnish
		if finnish {
			if first, taken := c.activities[id]; taken && id != "" {
				f.mistake("id", "id %q is also in %s", id, first)
			}
			c.activities[id] = s.file
			if kind == courses.Reflection {
				c.reflections[id] = true
			}
			a.ID, a.Kind, a.Minutes, a.Planned = id, kind, minutes, planned
			a.Requires, a.Optional, a.Gate = requires, optional, gate
		} else if len(a.Faces) > 0 {
			same(f, "id", id, a.ID)
			same(f, "kind", kind, a.Kind)
			same(f, "minutes", minutes, a.Minutes)
			same(f, "planned", planned, a.Planned)
			same(f, "requires", requires, a.Requires)
			if optional != a.Optional && kind != courses.Reflection {
				f.mistake("optional", "optional is %t here but %t in Finnish", optional, a.Optional)
			}
			c.sameGate(f, gate, a.Gate)
		}
		if kind == courses.Quiz {
			c.quiz(f, &a, language)
		}
		if kind == courses.Task || kind == courses.Development {
			c.task(f, &a, language)
		}
		if kind == courses.Reflection {
			c.reflection(f, &a, language)
		}
		face := courses.ActivityFace{Title: f.text("title"), HTML: c.render(s)}
		if kind == courses.Link {
			c.link(f, &face)
		}
		if kind == courses.Video {
			c.video(f, &a, &face, language)
		}
		a.Faces[language] = face
	}
	return a
}

// gate reads when something opens: after others, each of them earlier in the course, from a day, until a day.
func (c *course) gate(f fields) courses.Gate {
	gate := courses.Gate{Opens: f.moment("opens"), Due: f.moment("due")}
	if _, there := f.values["after"]; there {
		gate.After = f.texts("after")
	}
	for i, id := range gate.After {
		_, module := c.modules[id]
		_, activity := c.activities[id]
		if !module && !activity || id == c.inside {
			f.mistake("after", "after names %q, which is no earlier module or activity", id)
		} else if c.reflections[id] {
			f.mistake("after", "after names %q, a reflection: what follows would tell that it was written", id)
		} else if slices.Contains(gate.After[:i], id) {
			f.mistake("after", "after names %q twice", id)
		}
	}
	return gate
}

func (c *course) sameGate(f fields, got, finnish courses.Gate) {
	if !reflect.DeepEqual(got, finnish) {
		f.mistake("opens", "after, opens and due are not those of the Finnish file")
	}
}

// planned checks that the planned study of a module's activities is its hours: either all of them say it, or none.
func (c *course) planned(m *courses.Module) {
	sum, silent, file := 0, "", c.modules[m.ID]
	for _, a := range m.Activities {
		if a.Planned == 0 {
			silent = a.ID
		}
		sum += a.Planned
	}
	switch {
	case sum == 0:
	case silent != "":
		c.mistake(file, 0, "activity %q does not say how much study is planned, but others do", silent)
	case sum != m.Hours*60:
		c.mistake(file, 0, "the planned study is %d min, but %d hours are %d min", sum, m.Hours, m.Hours*60)
	}
}

// keysOfKind lists what an activity of a kind says beside what every activity says.
var keysOfKind = map[courses.Kind][]string{
	courses.Quiz:        quizKeys,
	courses.Link:        linkKeys,
	courses.Video:       videoKeys,
	courses.Task:        taskKeys,
	courses.Development: developmentKeys,
	courses.Reflection:  reflectionKeys,
}

// kindOf looks ahead, for the kind decides which keys there may be.
func kindOf(head ast.Node) courses.Kind { return courses.Kind(lookAhead(head, "kind")) }

// lookAhead gives the text of one key of a mapping, before it is known which keys there may be.
func lookAhead(node ast.Node, key string) string {
	m, ok := node.(*ast.MappingNode)
	if !ok {
		return ""
	}
	for _, pair := range m.Values {
		if pair.Key.String() == key {
			text, _ := textOf(pair.Value)
			return text
		}
	}
	return ""
}
