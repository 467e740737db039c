package psycap

import (
	"encoding/csv"
	"errors"
	"io"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/text/unicode/norm"

	"luotsi/server/fault"
	"luotsi/server/web"
)

// The refusals of tables from elsewhere.
var (
	ErrUnknownOrganisation = fault.New(fault.NotFound, "not_found", "no such organisation among the caller's")
	// ErrTable says that tables have wrong cells; Info names them, as the preview does.
	ErrTable = fault.New(fault.Invalid, "table_wrong", "a table has wrong cells")
)

// TableFault says what is wrong in a cell of a table from elsewhere, in a column, or in all of it.
type TableFault string

// What can be wrong.
const (
	NotANumber    TableFault = "not_a_number" // not a whole one, and neither blank nor refused
	OutOfRange    TableFault = "out_of_range" // the question has no such answer
	HasCode       TableFault = "identity_code"
	UnknownColumn TableFault = "unknown_column" // the request speaks of a column that is not there
	UnknownItem   TableFault = "unknown_item"   // the request speaks of an item that the instrument does not have
	SameColumn    TableFault = "same_column"    // two columns are the same item at the same point
	NoItems       TableFault = "no_items"       // no column is an item
	NoRows        TableFault = "no_rows"
	TooManyRows   TableFault = "too_many_rows"
	TooManyCells  TableFault = "too_many_cells" // the row has more cells than there are columns
	NotATable     TableFault = "not_a_table"
)

const (
	mostTableRows    = 2000
	mostTableColumns = 500
	mostFaults       = 50 // are named; the rest is likely the same
)

// wrongCell names a cell and never what is in it. Row 1 names the columns; 0 is the whole table.
type wrongCell struct {
	row    int
	column string
	code   TableFault
}

// tableColumn is what a column is; without an item it is left out.
type tableColumn struct {
	name  string
	item  string
	point Point
}

// table is a table from elsewhere, read. It lives as long as a request.
type table struct {
	columns []tableColumn
	points  []Point
	rows    int
	people  []respondent // with something at every point
	counts  []PointPeople
	wrong   []wrongCell
}

func (t *table) fault(row int, column string, code TableFault) {
	if len(t.wrong) < mostFaults {
		t.wrong = append(t.wrong, wrongCell{row, column, code})
	}
}

// readTable reads a row a person, and a column for each item before and after. The columns are told apart by their names, unless wishes say what
// they are.
func readTable(in *Instrument, text string, wishes []ColumnWish) *table {
	t := &table{points: []Point{Start}}
	text = strings.TrimPrefix(text, "\ufeff")
	coded := web.HasIdentityCode(text)
	cells, lines, err := cellsOf(text)
	switch {
	case err != nil || len(cells) == 0 || len(cells[0]) > mostTableColumns:
		t.fault(0, "", NotATable)
	case len(cells) == 1:
		t.fault(0, "", NoRows)
	case len(cells)-1 > mostTableRows:
		t.fault(0, "", TooManyRows)
	}
	if coded {
		t.findCodes(cells, lines)
	}
	if len(t.wrong) > 0 {
		return t
	}
	t.readHead(in, cells[0], wishes)
	if slices.ContainsFunc(t.columns, func(c tableColumn) bool { return c.point == End }) {
		t.points = append(t.points, End)
	}
	for i, row := range cells[1:] {
		t.readRow(in, lines[i+1], row)
	}
	if t.rows == 0 {
		t.fault(0, "", NoRows)
	}
	return t
}

// findCodes names the cells with an identity code, or refuses the whole when it is spread over several.
func (t *table) findCodes(cells [][]string, lines []int) {
	for i, row := range cells {
		for n, cell := range row {
			if web.HasIdentityCode(cell) {
				t.fault(lines[i], strconv.Itoa(n+1), HasCode) // the names of the columns may be what is not to be shown
			}
		}
	}
	if len(t.wrong) == 0 {
		t.fault(0, "", HasCode)
	}
}

// cellsOf splits by what the first line has most to do with: tabs, else semicolons, else commas. Where values have a decimal comma the
// separator is another one. lines are the numbers of the lines that the rows begin on.
func cellsOf(text string) (cells [][]string, lines []int, err error) {
	first, _, _ := strings.Cut(strings.TrimLeft(text, "\r\n"), "\n")
	r := csv.NewReader(strings.NewReader(strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(text)))
	for _, separator := range []rune{'\t', ';', ','} {
		if r.Comma = separator; strings.ContainsRune(first, separator) {
			break
		}
	}
	r.FieldsPerRecord, r.LazyQuotes = -1, true
	for len(cells) < mostTableRows+2 {
		row, err := r.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, nil, err
		}
		for i := range row {
			row[i] = strings.TrimSpace(strings.ReplaceAll(row[i], "\u00a0", " "))
		}
		line, _ := r.FieldPos(0)
		cells, lines = append(cells, row), append(lines, line)
	}
	return cells, lines, nil
}

func (t *table) readHead(in *Instrument, head []string, wishes []ColumnWish) {
	for _, name := range head {
		t.columns = append(t.columns, in.columnOf(name))
	}
	for _, w := range wishes {
		at := slices.Index(head, w.Column)
		_, known := in.Item(w.Item)
		switch {
		case at < 0:
			t.fault(1, shortened(w.Column), UnknownColumn)
		case w.Item != "" && !known:
			t.fault(1, shortened(w.Column), UnknownItem)
		case w.Item == "":
			t.columns[at].item, t.columns[at].point = "", ""
		default:
			t.columns[at].item, t.columns[at].point = w.Item, w.Point
			if w.Point == "" {
				t.columns[at].point = Start
			}
		}
	}
	seen := map[[2]string]bool{}
	for _, c := range t.columns {
		key := [2]string{c.item, string(c.point)}
		if c.item != "" && seen[key] {
			t.fault(1, c.name, SameColumn)
		}
		seen[key] = true
	}
	if !slices.ContainsFunc(t.columns, func(c tableColumn) bool { return c.item != "" }) {
		t.fault(1, "", NoItems)
	}
}

// moments are how the names of columns say when, in the languages of Luotsi and without dots.
var moments = map[string]Point{
	"ennen": Start, "alku": Start, "alussa": Start, "fore": Start, "borjan": Start, "before": Start, "pre": Start, "start": Start,
	"jalkeen": End, "loppu": End, "lopussa": End, "efter": End, "slut": End, "slutet": End, "after": End, "post": End, "end": End,
}

// columnOf reads the name of a column: an item, by its id or its number, and when. Of an instrument of one item the moment is enough,
// and without a moment everything is of one point.
func (in *Instrument) columnOf(name string) tableColumn {
	c := tableColumn{name: shortened(name)}
	words := strings.FieldsFunc(plainName(name), func(r rune) bool { return strings.ContainsRune("_-. /:()", r) })
	point := Start
	if len(words) > 0 {
		if p, said := moments[words[len(words)-1]]; said {
			point, words = p, words[:len(words)-1]
			if len(words) == 0 && len(in.Items) == 1 {
				c.item, c.point = in.Items[0].ID, point
				return c
			}
		}
	}
	called := strings.Join(words, "_")
	for i, item := range in.Items {
		if called == item.ID || called == strconv.Itoa(i+1) {
			c.item, c.point = item.ID, point
		}
	}
	return c
}

// plainName is a name in small letters without dots over them.
func plainName(name string) string {
	return strings.Map(func(r rune) rune {
		if r >= 0x300 && r < 0x370 {
			return -1
		}
		return r
	}, norm.NFKD.String(strings.ToLower(name)))
}

func shortened(name string) string {
	if runes := []rune(name); len(runes) > 60 {
		return string(runes[:60]) + "…"
	}
	return name
}

func (t *table) readRow(in *Instrument, number int, row []string) {
	if !slices.ContainsFunc(row, func(cell string) bool { return cell != "" }) {
		return
	}
	t.rows++
	if len(row) > len(t.columns) {
		t.fault(number, "", TooManyCells)
		return
	}
	answers := map[Point]Answers{}
	for _, point := range t.points {
		answers[point] = Answers{}
	}
	for n, cell := range row {
		c := t.columns[n]
		if c.item == "" {
			continue
		}
		answer, blank, code := in.cellOf(c.item, cell)
		switch {
		case code != "":
			t.fault(number, c.name, code)
		case !blank:
			answers[c.point][c.item] = answer
		}
	}
	r := respondent{key: strconv.Itoa(number)}
	for i, point := range t.points {
		if len(t.counts) == i {
			t.counts = append(t.counts, PointPeople{Point: point})
		}
		t.counts[i].Asked++
		if len(answers[point]) > 0 {
			t.counts[i].Answered++
			r.answers = append(r.answers, answers[point])
		}
	}
	if len(r.answers) == len(t.points) {
		t.people = append(t.people, r)
	}
}

// cellOf reads a cell: a whole number, with or without decimals of nothing; blank; or that the person did not want to answer.
func (in *Instrument) cellOf(id, cell string) (a Answer, blank bool, code TableFault) {
	switch plainName(cell) {
	case "", "-", "–", "—":
		return Answer{}, true, ""
	case "ehv", "refused", "en halua vastata", "vill inte svara", "jag vill inte svara", "prefer not to answer":
		return Answer{Refused: true}, false, ""
	}
	whole, decimals, _ := strings.Cut(strings.Replace(cell, ",", ".", 1), ".")
	n, err := strconv.ParseInt(whole, 10, 32)
	if err != nil || strings.Trim(decimals, "0") != "" {
		return Answer{}, false, NotANumber
	}
	if item, _ := in.Item(id); !in.Allows(item, int(n)) {
		return Answer{}, false, OutOfRange
	}
	return Answer{Value: int(n)}, false, ""
}
