package library

import (
	"github.com/goccy/go-yaml/ast"

	"luotsi/courses"
)

const (
	mostCriteria = 12
	mostLevels   = 6
	mostSteps    = 12
)

// What a task, and a development task, says beside what every activity says.
var (
	taskKeys        = []string{"rubric"}
	developmentKeys = []string{"rubric", "steps"}
)

// task reads the rubric and the steps. In other languages ids and points are repeated as in Finnish, in the same order.
func (c *course) task(f fields, a *courses.Activity, language courses.Language) {
	finnish := language == courses.Finnish
	var rubric []courses.Criterion
	var parts []courses.Part
	if _, there := f.values["rubric"]; there {
		rubric = c.rubric(f, language)
	}
	if _, there := f.values["steps"]; there {
		parts = c.steps(f, language)
	}
	if finnish {
		a.Rubric, a.Parts = rubric, parts
		return
	}
	if len(rubric) != len(a.Rubric) {
		f.mistake("rubric", "the rubric has %d criteria here but %d in Finnish", len(rubric), len(a.Rubric))
		return
	}
	for i, criterion := range rubric {
		into := &a.Rubric[i]
		same(f, "rubric", criterion.ID, into.ID)
		into.Faces[language] = criterion.Faces[language]
		if len(criterion.Levels) != len(into.Levels) {
			f.mistake("rubric", "%s has %d levels here but %d in Finnish", criterion.ID, len(criterion.Levels), len(into.Levels))
			continue
		}
		for n, level := range criterion.Levels {
			same(f, "rubric", level.ID, into.Levels[n].ID)
			if level.Points != into.Levels[n].Points {
				f.mistake("rubric", "%s of %s gives %d points here but %d in Finnish", level.ID, criterion.ID, level.Points, into.Levels[n].Points)
			}
			into.Levels[n].Faces[language] = level.Faces[language]
		}
	}
	if len(parts) != len(a.Parts) {
		f.mistake("steps", "there are %d steps here but %d in Finnish", len(parts), len(a.Parts))
		return
	}
	for i, part := range parts {
		same(f, "steps", part.ID, a.Parts[i].ID)
		a.Parts[i].Faces[language] = part.Faces[language]
	}
}

func (c *course) rubric(f fields, language courses.Language) []courses.Criterion {
	nodes := f.list("rubric")
	if len(nodes) > mostCriteria {
		f.mistake("rubric", "a rubric has %d criteria at most", mostCriteria)
	}
	once := c.once(f.file, "criterion")
	var all []courses.Criterion
	for _, node := range nodes {
		g := c.mapping(f.file, node, "a criterion", "id", "title", "levels")
		criterion := courses.Criterion{ID: g.id(), Faces: courses.Faces[courses.CriterionFace]{language: {Title: g.text("title")}}}
		once(criterion.ID, node)
		levels := g.list("levels")
		if len(levels) == 1 || len(levels) > mostLevels {
			g.mistake("levels", "a criterion has 2 to %d levels", mostLevels)
		}
		levelOnce := c.once(f.file, "level")
		points := -1
		for _, node := range levels {
			h := c.mapping(f.file, node, "a level", "id", "title", "points", "text")
			level := courses.Level{
				ID: h.id(), Points: h.number("points", 0, mostPoints),
				Faces: courses.Faces[courses.LevelFace]{language: {Title: h.text("title"), Text: h.text("text")}},
			}
			levelOnce(level.ID, node)
			if level.Points <= points {
				h.mistake("points", "levels stand from the fewest points to the most")
			}
			points = level.Points
			criterion.Levels = append(criterion.Levels, level)
		}
		all = append(all, criterion)
	}
	return all
}

func (c *course) steps(f fields, language courses.Language) []courses.Part {
	nodes := f.list("steps")
	if len(nodes) > mostSteps {
		f.mistake("steps", "a development task has %d steps at most", mostSteps)
	}
	once := c.once(f.file, "step")
	var all []courses.Part
	for _, node := range nodes {
		g := c.mapping(f.file, node, "a step", "id", "title", "text")
		part := courses.Part{ID: g.id(), Faces: courses.Faces[courses.PartFace]{language: {Title: g.text("title"), Text: g.text("text")}}}
		once(part.ID, node)
		all = append(all, part)
	}
	return all
}

// once reports an id that comes again.
func (c *course) once(file, what string) func(id string, node ast.Node) {
	seen := map[string]bool{}
	return func(id string, node ast.Node) {
		if seen[id] && id != "" {
			c.mistake(file, lineOf(node), "%s id %q is used twice", what, id)
		}
		seen[id] = true
	}
}
