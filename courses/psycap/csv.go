package psycap

import (
	"bytes"
	"encoding/csv"
	"maps"
	"strconv"
	"strings"
	"unicode/utf8"

	"luotsi/server/web"
)

// reportFile writes what the page of a report shows, as a table in which every row says what it is about: who took part at a point, a
// scale at a point or its change, and each bar of a distribution. What the page hides has no row but one that says so. With a
// decimal comma it is as spreadsheets open it where commas are decimal: semicolons, and a mark at the start, without which ä is
// taken for something else. No cell is taken for a formula.
func reportFile(report reportView, language string, comma bool) ([]byte, error) {
	out := new(bytes.Buffer)
	w := csv.NewWriter(out)
	w.UseCRLF = true
	if comma {
		out.WriteString("\ufeff")
		w.Comma = ';'
	}
	head := make([]string, 0, len(fileColumns))
	for _, c := range fileColumns {
		head = append(head, map[string]string{"fi": c.fi, "sv": c.sv, "en": c.en}[language])
	}
	if err := w.Write(head); err != nil {
		return nil, err
	}
	f := file{fileWords: reportWords[language], comma: comma}
	for _, cells := range f.rows(report) {
		row := make([]string, 0, len(fileColumns))
		for _, c := range fileColumns {
			row = append(row, harmless(cells[c.id]))
		}
		if err := w.Write(row); err != nil {
			return nil, err
		}
	}
	w.Flush()
	return out.Bytes(), w.Error()
}

// file says what is in the cells of a report's file.
type file struct {
	fileWords
	comma bool
}

// cells are those of a row, by the id of their column; all others stay empty.
type cells map[string]string

func (f file) decimal(v float64, digits int) string {
	text := strconv.FormatFloat(v, 'f', digits, 64)
	if f.comma {
		text = strings.Replace(text, ".", ",", 1)
	}
	return text
}

// number is a value to four decimals, or why there is none.
func (f file) number(n numberView) string {
	if n.Value == nil {
		return f.cannot + f.whys[n.Why]
	}
	return f.decimal(*n.Value, 4)
}

func (f file) rows(report reportView) (all []cells) {
	whose := strings.Join(report.Cohorts, ", ")
	if report.Table {
		whose = f.table
	}
	for _, section := range report.Sections {
		better := f.more
		if section.Better == Less {
			better = f.less
		}
		for _, row := range f.sectionRows(section, report.Table) {
			maps.Copy(row, cells{
				"report": report.Title, "measure": section.Title, "version": section.Version, "label": section.Label, "credit": section.Credit, "better": better,
				"organisation": report.Org, "whose": whose, "made": web.DayOf(report.At), "by": report.By, "floor": strconv.Itoa(report.Floor),
			})
			all = append(all, row)
		}
	}
	return all
}

func (f file) sectionRows(section sectionView, table bool) (all []cells) {
	for _, p := range section.People {
		row := cells{"row": f.people, "point": f.points[p.Point], "answered": strconv.Itoa(p.Answered)}
		if table { // nobody knows who was asked, or who declined
			row["in_table"] = strconv.Itoa(p.Asked)
		} else {
			row["asked"], row["declined"] = strconv.Itoa(p.Asked), strconv.Itoa(p.Declined)
		}
		if len(section.People) > 1 {
			row["pairs"], row["power"] = strconv.Itoa(section.Pairs), f.number(section.Power)
		}
		all = append(all, row)
	}
	for _, scale := range section.Scales {
		head := func(kind string) cells {
			return cells{"row": kind, "scale": scale.Title, "left_out": strconv.Itoa(scale.LeftOut)}
		}
		if len(scale.Points) == 0 {
			all = append(all, head(f.hidden))
		}
		shown := func(kind string, n int) cells {
			row := head(kind)
			row["n"], row["covered"] = strconv.Itoa(n), strconv.Itoa(scale.Covered)
			return row
		}
		for _, p := range scale.Points {
			row := shown(f.state, scale.N)
			maps.Copy(row, cells{
				"point": f.points[p.Point], "mean": f.number(p.Mean), "sd": f.number(p.SD), "alpha": f.number(p.Alpha), "alpha_n": strconv.Itoa(p.AlphaN),
				"refused": strconv.Itoa(p.Refused),
			})
			all = append(all, row)
		}
		for _, c := range scale.Changes {
			row := shown(f.change, c.N)
			maps.Copy(row, cells{
				"point": f.points[c.To], "from": f.points[c.From],
				"mean": f.number(c.Mean), "sd": f.number(c.SD), "low": f.number(c.Low), "high": f.number(c.High), "r": f.number(c.R),
				"dz": f.number(c.DZ), "dav": f.number(c.DAV), "gz": f.number(c.GZ), "gav": f.number(c.GAV),
				"up": strconv.Itoa(c.Up), "same": strconv.Itoa(c.Same), "down": strconv.Itoa(c.Down),
				"share": f.number(c.Share), "share_low": f.number(c.ShareLow), "share_high": f.number(c.ShareHigh),
			})
			all = append(all, row)
		}
		for _, p := range scale.Points {
			for _, b := range p.Bins {
				row := shown(f.distribution, scale.N)
				to := b.To
				if p.Bins[len(p.Bins)-1].From == scale.Max { // whole numbers, one by one
					to = b.From
				}
				row["point"], row["count"] = f.points[p.Point], strconv.Itoa(b.Count)
				row["values_from"], row["values_to"] = f.decimal(b.From, -1), f.decimal(to, -1)
				all = append(all, row)
			}
		}
	}
	return all
}

// harmless keeps a spreadsheet from taking a text for a formula, blanks before the sign notwithstanding. A number may be negative.
func harmless(text string) string {
	if _, err := strconv.ParseFloat(strings.Replace(text, ",", ".", 1), 64); err == nil {
		return text
	}
	if begin, _ := utf8.DecodeRuneInString(strings.TrimLeft(text, " \u00a0")); strings.ContainsRune("=+-@\t\r\n＝＋－＠", begin) {
		return "'" + text
	}
	return text
}
