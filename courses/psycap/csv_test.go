package psycap

import (
	"encoding/csv"
	"fmt"
	"maps"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"luotsi/server/web"
)

// fileRow is a row of a report's file, by the id of its column; empty cells are left out.
type fileRow map[string]string

// readFile downloads a report's file and reads it back as a spreadsheet does.
func (r *reporting) readFile(t *testing.T, report, decimal, language string) (rows []fileRow) {
	t.Helper()
	status, raw := r.call(t, "tove", "GET", reports+"/"+report+"/csv?decimal="+decimal+"&language="+language, nil)
	text, marked := strings.CutPrefix(string(raw), "\ufeff")
	if status != 200 || marked != (decimal == "comma") {
		t.Fatalf("%s %s: %d %q", decimal, language, status, raw)
	}
	read := csv.NewReader(strings.NewReader(text))
	if decimal == "comma" {
		read.Comma = ';'
	}
	all, err := read.ReadAll() // refuses rows of other lengths than the first
	if err != nil || len(all[0]) != len(fileColumns) {
		t.Fatalf("%s %s: %v %q", decimal, language, err, raw)
	}
	for _, cells := range all[1:] {
		row := fileRow{}
		for i, cell := range cells {
			if want := map[string]string{"fi": fileColumns[i].fi, "sv": fileColumns[i].sv, "en": fileColumns[i].en}[language]; all[0][i] != want {
				t.Fatalf("column %d is called %q, want %q", i, all[0][i], want)
			}
			if cell != "" {
				row[fileColumns[i].id] = cell
			}
		}
		rows = append(rows, row)
	}
	return rows
}

func TestReportFile(t *testing.T) {
	r := newReporting(t)
	all := learners("k", 12)
	r.join(t, "k", all...)
	r.asks(t, "k", Start, 6, all...)
	r.asks(t, "k", End, 7, all[:6]...)
	r.asks(t, "k", End, 5, all[6:]...)
	wish := wishFor([]string{"k"}, []Point{Start, End}, "tyokyky")
	wish.Title = "=HYPERLINK(\"x\")"
	made := ask[madeReportView](t, r, 201, "tove", "POST", reports, wish).Report
	for _, tt := range []struct {
		decimal, language string
		want              []fileRow // what is in some cells of the first rows
	}{
		{"comma", "fi", []fileRow{
			{"report": "'=HYPERLINK(\"x\")", "row": "vastaajat", "measure": "Työkyky yhdellä luvulla", "point": "alku", "asked": "12", "answered": "12", "declined": "0", "pairs": "12", "power": "0,8887", "organisation": "Koulu", "whose": "Ryhmä k", "floor": "10", "better": "suurempi arvo"},
			{"row": "vastaajat", "point": "loppu", "asked": "12", "answered": "12", "declined": "0"},
			{"row": "tilanne", "point": "alku", "n": "12", "left_out": "0", "covered": "0", "mean": "6,0000", "sd": "0,0000", "alpha": "ei voida laskea: asteikossa on yksi kysymys", "alpha_n": "12", "refused": "0"},
			{"row": "tilanne", "point": "loppu", "mean": "6,0000", "sd": "1,0445"},
			{"row": "muutos", "point": "loppu", "from": "alku", "mean": "0,0000", "sd": "1,0445", "low": "-0,6636", "high": "0,6636", "r": "ei voida laskea: kaikilla on sama arvo", "dz": "0,0000", "up": "6", "down": "6", "share": "0,5000"},
			{"row": "jakauma", "point": "alku", "values_from": "0", "values_to": "0", "count": "0"},
			{"values_from": "1", "values_to": "1", "count": "0"}, {}, {}, {}, {}, {"row": "jakauma", "point": "alku", "n": "12", "values_from": "6", "values_to": "6", "count": "12"},
		}},
		{"point", "en", []fileRow{
			{"row": "respondents", "measure": "Work ability in one number", "power": "0.8887"}, {"row": "respondents"},
			{"row": "state", "mean": "6.0000", "alpha": "cannot be computed: the scale has one question"}, {"sd": "1.0445"}, {"row": "change", "low": "-0.6636"}, {"row": "distribution"},
		}},
		{"comma", "sv", []fileRow{{"row": "svarande", "power": "0,8887"}}},
	} {
		rows := r.readFile(t, made, tt.decimal, tt.language)
		if len(rows) != 2+2+1+2*11 {
			t.Errorf("%s: %d rows", tt.language, len(rows))
		}
		for i, want := range tt.want {
			for id, cell := range want {
				if rows[i][id] != cell {
					t.Errorf("%s: row %d, %s: got %q, want %q", tt.language, i, id, rows[i][id], cell)
				}
			}
		}
		for i, row := range rows {
			if row["credit"] == "" || row["version"] != "1" || row["whose"] == "" {
				t.Errorf("%s: row %d: %v, want whose it is and the credit in every row", tt.language, i, row)
			}
		}
	}
	if plain, said := r.readFile(t, made, "comma", "fi"), fmt.Sprint(r.call(t, "tove", "GET", reports+"/"+made+"/csv", nil)); len(plain) == 0 || !strings.HasPrefix(said, "200") {
		t.Errorf("without a wish: %s", said)
	}
	for _, query := range []string{"?decimal=dot", "?language=de"} {
		if status, raw := r.call(t, "mari", "GET", reports+"/"+made+"/csv"+query, nil); status != 400 {
			t.Errorf("%s: %d %s", query, status, raw)
		}
	}
}

// The file says every number that the page says, and no other: a cell that is not accounted for fails.
func TestFileIsThePage(t *testing.T) {
	r := newReporting(t)
	made := map[string]string{}

	// Parts of which somebody has no value, and is covered in others.
	parts := learners("p", 24)
	r.join(t, "p", parts...)
	in := definitionOf(t, "voimavarat")
	for _, point := range []Point{Start, End, Month} {
		by := map[string]Answers{}
		for i, p := range parts {
			by[p] = Answers{}
			for n, item := range in.Items {
				by[p][item.ID] = Answer{Value: 1 + (i+n*i+n+len(point))%6}
			}
		}
		by[parts[3]][in.Parts[0].Items[0]], by[parts[3]][in.Parts[0].Items[1]] = Answer{Refused: true}, Answer{Refused: true}
		delete(by[parts[5]], in.Parts[1].Items[0])
		r.answered(t, "p", "voimavarat", point, by)
	}
	made["parts, at three points"] = ask[madeReportView](t, r, 201, "tove", "POST", reports, wishFor([]string{"p"}, []Point{Start, End, Month}, "voimavarat")).Report
	made["parts, at one point"] = ask[madeReportView](t, r, 201, "tove", "POST", reports, wishFor([]string{"p"}, []Point{End}, "voimavarat")).Report

	// A scale that is hidden, because few have a value on it, and people who declined.
	few := learners("f", 15)
	r.join(t, "f", few...)
	r.told(t, "f", Start, few...)
	hidden := map[string]Answers{}
	for i, p := range few[:13] {
		hidden[p] = Answers{"mental": {Value: i % 11}, "social": {Value: 5}, "physical": {Refused: true}}
		if i < 4 {
			hidden[p]["physical"] = Answer{Value: 9}
		}
	}
	r.answered(t, "f", "toimintakyky", Start, hidden)
	r.happen(t, MeasureDeclined{Cohort: "f", Person: few[13], Instrument: "toimintakyky", Point: Start})
	made["a hidden scale"] = ask[madeReportView](t, r, 201, "tove", "POST", reports, wishFor([]string{"f"}, []Point{Start}, "toimintakyky")).Report

	// A table, of which nobody knows who was asked.
	ability, everyday := pasted(";", "", 10)
	made["a table"] = ask[madeReportView](t, r, 201, "tove", "POST", reports+"/table", tableReportRequest{Org: "org", Title: "Muualta", Tables: []TableWish{
		{Instrument: "tyokyky", Version: "1", Text: ability}, {Instrument: "toimintakyky", Version: "1", Text: everyday},
	}}).Report

	for name, id := range made {
		t.Run(name, func(t *testing.T) {
			report := ask[reportView](t, r, 200, "tove", "GET", reports+"/"+id, nil)
			for _, decimal := range []string{"comma", "point"} {
				rows := r.readFile(t, id, decimal, "fi")
				want := pageRows(report, decimal == "comma")
				if len(rows) != len(want) {
					t.Fatalf("%s: %d rows, want %d", decimal, len(rows), len(want))
				}
				for i := range want {
					if !maps.Equal(rows[i], want[i]) {
						t.Errorf("%s: row %d: got\n%v, want\n%v", decimal, i, rows[i], want[i])
					}
				}
			}
			hiddenScales := 0
			for _, s := range report.Sections {
				for _, scale := range s.Scales {
					if len(scale.Points) == 0 {
						hiddenScales++
					}
				}
			}
			if (hiddenScales > 0) != (name == "a hidden scale") {
				t.Errorf("%d scales are hidden", hiddenScales)
			}
		})
	}
}

// pageRows is what the file of a report has to say, from what the page is given, in Finnish.
func pageRows(report reportView, comma bool) (rows []fileRow) {
	words := reportWords["fi"]
	text := func(format string, v any) string {
		s := fmt.Sprintf(format, v)
		if comma {
			s = strings.ReplaceAll(s, ".", ",")
		}
		return s
	}
	number := func(n numberView) string {
		if n.Value == nil {
			return "ei voida laskea: " + words.whys[n.Why]
		}
		return text("%.4f", *n.Value)
	}
	for _, s := range report.Sections {
		begin := func(more fileRow) {
			row := fileRow{
				"report": report.Title, "measure": s.Title, "version": s.Version, "credit": s.Credit, "organisation": report.Org, "whose": strings.Join(report.Cohorts, ", "),
				"made": web.DayOf(report.At), "floor": strconv.Itoa(report.Floor), "better": "suurempi arvo",
			}
			if s.Label != "" {
				row["label"] = s.Label
			}
			if report.By != "" {
				row["by"] = report.By
			}
			if report.Table {
				row["whose"] = "omasta taulukosta"
			}
			maps.Copy(row, more)
			rows = append(rows, row)
		}
		for _, p := range s.People {
			row := fileRow{"row": "vastaajat", "point": words.points[p.Point], "answered": fmt.Sprint(p.Answered)}
			if report.Table {
				row["in_table"] = fmt.Sprint(p.Asked)
			} else {
				row["asked"], row["declined"] = fmt.Sprint(p.Asked), fmt.Sprint(p.Declined)
			}
			if len(s.People) > 1 {
				row["pairs"], row["power"] = fmt.Sprint(s.Pairs), number(s.Power)
			}
			begin(row)
		}
		for _, scale := range s.Scales {
			if len(scale.Points) == 0 { // neither a number of it, nor how many they are
				begin(fileRow{"row": "lukuja ei näytetä", "scale": scale.Title, "left_out": fmt.Sprint(scale.LeftOut)})
				continue
			}
			of := func(n int, kind string, point Point) fileRow {
				return fileRow{"scale": scale.Title, "row": kind, "point": words.points[point], "n": fmt.Sprint(n), "left_out": fmt.Sprint(scale.LeftOut), "covered": fmt.Sprint(scale.Covered)}
			}
			for _, p := range scale.Points {
				row := of(scale.N, "tilanne", p.Point)
				row["mean"], row["sd"], row["alpha"], row["alpha_n"], row["refused"] = number(p.Mean), number(p.SD), number(p.Alpha), fmt.Sprint(p.AlphaN), fmt.Sprint(p.Refused)
				begin(row)
			}
			for _, c := range scale.Changes {
				row := of(c.N, "muutos", c.To)
				row["from"], row["up"], row["same"], row["down"] = words.points[c.From], fmt.Sprint(c.Up), fmt.Sprint(c.Same), fmt.Sprint(c.Down)
				for id, n := range map[string]numberView{
					"mean": c.Mean, "sd": c.SD, "low": c.Low, "high": c.High, "r": c.R, "dz": c.DZ, "dav": c.DAV, "gz": c.GZ, "gav": c.GAV,
					"share": c.Share, "share_low": c.ShareLow, "share_high": c.ShareHigh,
				} {
					row[id] = number(n)
				}
				begin(row)
			}
			for _, p := range scale.Points {
				for _, b := range p.Bins {
					row := of(scale.N, "jakauma", p.Point)
					row["values_from"], row["values_to"], row["count"] = text("%v", b.From), text("%v", b.To), fmt.Sprint(b.Count)
					if scale.Max-scale.Min == 10 { // whole numbers
						row["values_to"] = row["values_from"]
					}
					begin(row)
				}
			}
		}
	}
	return rows
}

// Every cell of a row has a column: one that is misspelt would be lost without a sound.
func TestColumnsOfTheFile(t *testing.T) {
	var ids []string
	for _, c := range fileColumns {
		if c.fi == "" || c.sv == "" || c.en == "" || slices.Contains(ids, c.id) {
			t.Errorf("%+v", c)
		}
		ids = append(ids, c.id)
	}
	value := 1.0
	n := numberView{Value: &value}
	report := reportView{At: time.Unix(0, 0), Sections: []sectionView{{
		People: []pointPeopleView{{Start, 1, 1, 0}, {End, 1, 1, 0}}, Scales: []scaleView{{}, {
			Points: []pointView{{Mean: n, SD: n, Alpha: n, Bins: []binView{{}}}}, Changes: []changeView{{Mean: n}},
		}},
	}}}
	for _, table := range []bool{false, true} {
		report.Table = table
		for _, row := range (file{fileWords: reportWords["en"]}).rows(report) {
			for id := range row {
				if !slices.Contains(ids, id) {
					t.Errorf("there is no column %s", id)
				}
			}
		}
	}
	raw, err := os.ReadFile("../../docs/report-csv.md")
	if err != nil {
		t.Fatal(err)
	}
	told := string(raw)
	for _, c := range fileColumns {
		line := fmt.Sprintf("| %s | %s | %s |", c.en, c.fi, c.sv)
		at := strings.Index(told, line)
		if at < 0 {
			t.Errorf("docs/report-csv.md has no line %q in its place", line)
			continue
		}
		told = told[at+len(line):]
	}
}

func TestWordsOfTheFile(t *testing.T) {
	for _, language := range languages() {
		words := reportWords[language]
		if len(words.whys) != 8 || len(words.points) != len(Points()) {
			t.Errorf("%s: %v, %v", language, words.whys, words.points)
		}
		for _, word := range []string{words.people, words.state, words.change, words.distribution, words.hidden, words.cannot, words.table, words.more, words.less} {
			if word == "" {
				t.Errorf("%s: a word is missing in %+v", language, words)
			}
		}
	}
}
