package courses

// Criterion is one line of a rubric: what a marker looks at, and the levels that a text may reach in it, the lowest first.
type Criterion struct {
	ID     string
	Faces  Faces[CriterionFace]
	Levels []Level
}

// CriterionFace is what a criterion says in one language.
type CriterionFace struct{ Title string }

// Level is what a text may reach in a criterion.
type Level struct {
	ID     string
	Points int
	Faces  Faces[LevelFace]
}

// LevelFace is what a level says in one language.
type LevelFace struct {
	Title string
	Text  string
}

// Part is one step of a development task; the parts are handed in one after the other.
type Part struct {
	ID    string
	Faces Faces[PartFace]
}

// PartFace is what a step of a development task says in one language. Text is plain.
type PartFace struct {
	Title string
	Text  string
}

// Most is the points of the highest level.
func (c *Criterion) Most() int {
	most := 0
	for _, l := range c.Levels {
		most = max(most, l.Points)
	}
	return most
}

// criterion finds a line of the rubric; nil when there is none.
func (a *Activity) criterion(id string) *Criterion {
	for i := range a.Rubric {
		if a.Rubric[i].ID == id {
			return &a.Rubric[i]
		}
	}
	return nil
}

// level finds a level of the criterion; nil when there is none.
func (c *Criterion) level(id string) *Level {
	for i := range c.Levels {
		if c.Levels[i].ID == id {
			return &c.Levels[i]
		}
	}
	return nil
}

// parts lists the ids of a development task's steps; one without steps is handed in whole.
func (a *Activity) parts() []string {
	if len(a.Parts) == 0 {
		return nil
	}
	ids := make([]string, len(a.Parts))
	for i, p := range a.Parts {
		ids[i] = p.ID
	}
	return ids
}

// parts lists the steps of a development task; one without steps has the step "".
func (a ActivityOutline) parts() []string {
	if len(a.Parts) == 0 {
		return []string{""}
	}
	return a.Parts
}
