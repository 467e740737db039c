package courses

import (
	"bytes"
	"context"
	"encoding/json"
	"slices"
	"strconv"
	"time"
	"unicode/utf8"
)

type matrixView struct {
	Cohort   cohortView         `json:"cohort"`
	Modules  []matrixModuleView `json:"modules"`
	Legend   map[string]string  `json:"legend"`
	Learners []matrixRowView    `json:"learners"`

	encoded []byte // the whole view as JSON, when it was made before
}

type matrixModuleView struct {
	ID         string `json:"id"`
	Title      string `json:"title"`
	Activities int    `json:"activities"`
}

type matrixRowView struct {
	Person   string    `json:"person"`
	Name     string    `json:"name"`
	Percent  int       `json:"percent"`
	LastSeen time.Time `json:"lastSeen,omitzero"`
	Invited  bool      `json:"invited"` // never came in
	Modules  []int     `json:"modules"`
	Cells    string    `json:"cells"` // a byte for each activity; see legend
}

func (s *Service) viewMatrix(ctx context.Context, m Matrix, language Language) (matrixView, error) {
	cohort, err := s.viewCohort(ctx, m.Group, language)
	if err != nil {
		return matrixView{}, err
	}
	content, err := s.contents.get(ctx, m.Course, m.edition.hash)
	if err != nil {
		return matrixView{}, err
	}
	modules := m.edition.modules
	view := matrixView{
		Cohort: cohort, Modules: make([]matrixModuleView, len(modules)), Learners: make([]matrixRowView, len(m.Rows)),
		Legend: make(map[string]string, len(cellNames)),
	}
	for cell, name := range cellNames {
		view.Legend[string(cell)] = name
	}
	for i, module := range content.Modules {
		face, _ := module.Faces.In(language)
		view.Modules[i] = matrixModuleView{ID: module.ID, Title: face.Title, Activities: len(module.Activities)}
	}
	percents := make([]int, len(m.Rows)*len(modules))
	cells := string(m.cells)
	for i, row := range m.Rows {
		mine := percents[i*len(modules) : (i+1)*len(modules)]
		for n := range modules {
			mine[n] = row.modules[n].Percent()
		}
		view.Learners[i] = matrixRowView{
			Person: row.Person, Name: s.names.Of(row.Person).Name, Percent: row.Percent,
			LastSeen: row.LastSeen, Invited: row.Invited, Modules: mine, Cells: cells[row.from : row.from+len(row.Cells)],
		}
	}
	return view, nil
}

// AppendJSON writes what json.Marshal would, several times as fast: a matrix is large and trainers look at it all day.
func (v matrixView) AppendJSON(to []byte) ([]byte, error) {
	if v.encoded != nil {
		return append(to, v.encoded...), nil
	}
	rows := v.Learners
	v.Learners = []matrixRowView{}
	type plain matrixView // without this method
	head, err := json.Marshal(plain(v))
	if err != nil {
		return nil, err
	}
	to = append(slices.Grow(to, len(head)+len(rows)*400), bytes.TrimSuffix(head, []byte("]}"))...)
	for i, row := range rows {
		if i > 0 {
			to = append(to, ',')
		}
		to = appendText(append(to, `{"person":`...), row.Person)
		to = appendText(append(to, `,"name":`...), row.Name)
		to = strconv.AppendInt(append(to, `,"percent":`...), int64(row.Percent), 10)
		if !row.LastSeen.IsZero() {
			to = row.LastSeen.AppendFormat(append(to, `,"lastSeen":"`...), time.RFC3339Nano)
			to = append(to, '"')
		}
		to = strconv.AppendBool(append(to, `,"invited":`...), row.Invited)
		to = append(to, `,"modules":[`...)
		for n, percent := range row.Modules {
			if n > 0 {
				to = append(to, ',')
			}
			to = strconv.AppendInt(to, int64(percent), 10)
		}
		to = append(append(to, `],"cells":"`...), row.Cells...) // nothing in cells has to be escaped
		to = append(to, `"}`...)
	}
	return append(to, "]}"...), nil
}

// appendText writes a JSON string.
func appendText(to []byte, text string) []byte {
	valid := utf8.ValidString(text)
	for i := range len(text) {
		if c := text[i]; !valid || c < ' ' || c == '"' || c == '\\' || c == '<' || c == '>' || c == '&' || c >= 0xe2 {
			quoted, err := json.Marshal(text)
			if err != nil {
				return append(to, `""`...) // no text fails to be encoded
			}
			return append(to, quoted...)
		}
	}
	to = append(to, '"')
	to = append(to, text...)
	return append(to, '"')
}
