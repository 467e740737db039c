package psycap

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"luotsi/server/mongodb"
)

// pasted is a table of the headline as somebody would paste it.
func pasted(separator, decimals string, refused int) (ability, everyday string) {
	line := func(cells ...string) string { return strings.Join(cells, separator) + "\r\n" }
	ability = line("ennen", "jälkeen")
	before, after := workAbility()
	for i := range before {
		ability += line(fmt.Sprint(before[i], decimals), fmt.Sprint(after[i], decimals))
	}
	everyday = line("Mental ennen", "mental_jalkeen", "physical-before", "PHYSICAL after", "social.alku", "3 loppu", "Kommentti")
	for i := range 200 {
		start, end := functioning(i)
		mental := fmt.Sprint(end["mental"].Value, decimals)
		if i >= 200-refused {
			mental = "EHV"
		}
		everyday += line(fmt.Sprint(start["mental"].Value), mental, fmt.Sprint(start["physical"].Value), fmt.Sprint(end["physical"].Value),
			fmt.Sprint(start["social"].Value), fmt.Sprint(end["social"].Value), "hyvä")
	}
	return ability, everyday
}

func TestHeadlineOfTables(t *testing.T) {
	r := newReporting(t)
	for _, tt := range []struct {
		separator, decimals string
		refused             int
	}{{";", "", 0}, {";", ",0", 10}, {"\t", ",0", 0}, {",", ".0", 10}} {
		ability, everyday := pasted(tt.separator, tt.decimals, tt.refused)
		wish := tableReportRequest{Org: "org", Title: "Muualta", Tables: []TableWish{
			{Instrument: "tyokyky", Version: "1", Text: "\ufeff" + ability}, {Instrument: "toimintakyky", Version: "1", Text: everyday},
		}}
		preview := ask[tablePreviewView](t, r, 200, "mari", "POST", reports+"/table/preview", tablePreviewRequest{Org: wish.Org, Tables: wish.Tables})
		if !preview.Shown || preview.Sections[0].Rows != 20 || preview.Sections[1].Rows != 200 || preview.Sections[1].Columns[6] != (columnView{Column: "Kommentti"}) ||
			preview.Sections[1].Columns[5] != (columnView{"3 loppu", "social", End}) {
			t.Fatalf("%+v: preview %+v", tt, preview)
		}
		made := ask[madeReportView](t, r, 201, "mari", "POST", reports+"/table", wish)
		report := ask[reportView](t, r, 200, "ada", "GET", reports+"/"+made.Report, nil)
		checkHeadline(t, report, tt.refused)
		if !report.Table || len(report.Cohorts) != 0 {
			t.Errorf("%+v", report)
		}
		for person, status := range map[string]int{"tove": 200, "wilma": 200, "mari": 200, "ada": 200, "ulla": 404} {
			if got, raw := r.call(t, person, "GET", reports+"/"+made.Report, nil); got != status {
				t.Errorf("%s: got %d %s, want %d", person, got, raw, status)
			}
		}
		if got, raw := r.call(t, "ulla", "POST", reports+"/table", wish); got != 404 {
			t.Errorf("another organisation's: %d %s", got, raw)
		}
	}
	for _, collection := range mongodb.Collections {
		err := mongodb.Open[map[string]any](r.database, collection).Each(t.Context(), func(id string, doc map[string]any) error {
			if text := fmt.Sprint(doc); strings.Contains(text, "Kommentti") || strings.Contains(text, "ehv") {
				t.Errorf("%s %s: %s", collection, id, text)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

func TestTableFaults(t *testing.T) {
	rows := strings.Repeat("7;8\n", 10)
	tests := []struct {
		name, instrument, text string
		columns                []ColumnWish
		wrong                  []wrongCell
		people                 int
	}{
		{name: "good", instrument: "tyokyky", text: "ennen;jälkeen\n" + rows, people: 10},
		{name: "ends and blanks", instrument: "tyokyky", text: "ennen;jälkeen\n0;10\n-;8\n7;\n ; \n7,0;8.00\n\nehv;en halua vastata\n", people: 3},
		{name: "one point", instrument: "tyokyky", text: "ability\n7\n-\n8\n", people: 2},
		{name: "mapped", instrument: "tyokyky", text: "Kysymys A,Kysymys B\n7,8\n", people: 1,
			columns: []ColumnWish{{Column: "Kysymys A", Item: "ability"}, {Column: "Kysymys B", Item: "ability", Point: End}}},
		{name: "mapped away", instrument: "tyokyky", text: "ennen,jälkeen\n7,x\n", people: 1, columns: []ColumnWish{{Column: "jälkeen"}}},
		{name: "out of range", instrument: "tyokyky", text: "ennen;jälkeen\n11;-1\n7;6,5\n", wrong: []wrongCell{{2, "ennen", OutOfRange}, {2, "jälkeen", OutOfRange}, {3, "jälkeen", NotANumber}}},
		{name: "no numbers", instrument: "tyokyky", text: "ennen;jälkeen\n7;hyvä\n=1+1;8\n1.2.3;1e1\n7 8;99999999999999999999\n", wrong: []wrongCell{
			{2, "jälkeen", NotANumber}, {3, "ennen", NotANumber}, {4, "ennen", NotANumber}, {4, "jälkeen", NotANumber}, {5, "ennen", NotANumber}, {5, "jälkeen", NotANumber},
		}},
		{name: "an identity code", instrument: "tyokyky", text: "ennen;jälkeen;asiakas\n7;8;131052-308T\n", wrong: []wrongCell{{2, "3", HasCode}}},
		{name: "in the head", instrument: "tyokyky", text: "131052-308T;jälkeen\n7;8\n", wrong: []wrongCell{{1, "1", HasCode}}},
		{name: "in a column left out", instrument: "tyokyky", text: "ennen;muuta\n7;131052-308T\n", columns: []ColumnWish{{Column: "muuta"}}, wrong: []wrongCell{{2, "2", HasCode}}},
		{name: "two columns of the same", instrument: "tyokyky", text: "ennen;ability_alku\n7;8\n", wrong: []wrongCell{{1, "ability_alku", SameColumn}}},
		{name: "no item", instrument: "toimintakyky", text: "a;b\n7;8\n", wrong: []wrongCell{{1, "", NoItems}}},
		{name: "nobody", instrument: "tyokyky", text: "ennen;jälkeen\n", wrong: []wrongCell{{0, "", NoRows}}},
		{name: "blank people", instrument: "tyokyky", text: "ennen;jälkeen\n;\n", wrong: []wrongCell{{0, "", NoRows}}},
		{name: "too wide a row", instrument: "tyokyky", text: "ennen;jälkeen\n7;8;9\n", wrong: []wrongCell{{2, "", TooManyCells}}},
		{name: "no such column", instrument: "tyokyky", text: "ennen\n7\n", columns: []ColumnWish{{Column: "x", Item: "ability"}}, wrong: []wrongCell{{1, "x", UnknownColumn}}},
		{name: "no such item", instrument: "tyokyky", text: "x\n7\n", columns: []ColumnWish{{Column: "x", Item: "y"}}, wrong: []wrongCell{{1, "x", UnknownItem}, {1, "", NoItems}}},
		{name: "as many rows as may be", instrument: "tyokyky", text: "ennen\n" + strings.Repeat("7\n", mostTableRows), people: mostTableRows},
		{name: "one more", instrument: "tyokyky", text: "ennen\n" + strings.Repeat("7\n", mostTableRows+1), wrong: []wrongCell{{0, "", TooManyRows}}},
		{name: "many faults", instrument: "tyokyky", text: "ennen\n" + strings.Repeat("x\n", 200), wrong: slices.Collect(func(yield func(wrongCell) bool) {
			for i := range mostFaults {
				if !yield(wrongCell{i + 2, "ennen", NotANumber}) {
					return
				}
			}
		})},
		{name: "lines of a Mac", instrument: "tyokyky", text: "ennen\r7\r8\r", people: 2},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := readTable(definitionOf(t, tt.instrument), tt.text, tt.columns)
			if !slices.Equal(got.wrong, tt.wrong) || len(tt.wrong) == 0 && len(got.people) != tt.people {
				t.Errorf("got %v and %d people, want %v and %d", got.wrong, len(got.people), tt.wrong, tt.people)
			}
		})
	}
}

// Who is in a small table is not shown either, and wrong tables make no report.
func TestTablesThatAreNotShown(t *testing.T) {
	r := newReporting(t)
	table := func(text string) tableReportRequest {
		return tableReportRequest{Org: "org", Title: "Muualta", Tables: []TableWish{{Instrument: "tyokyky", Version: "1", Text: text}}}
	}
	for text, want := range map[string]struct {
		status int
		code   string
	}{
		"ennen\n" + strings.Repeat("7\n", 9): {409, "masked"}, "ennen\n" + strings.Repeat("7\n", 9) + "-\n": {409, "masked"}, "ennen\nx\n": {400, "table_wrong"},
		"ennen\n" + strings.Repeat("7\n", 9) + "131052-308T\n": {400, "table_wrong"},
	} {
		_, raw := r.call(t, "tove", "POST", reports+"/table", table(text))
		got := ask[struct {
			Code string
			Info tablePreviewView
		}](t, r, want.status, "tove", "POST", reports+"/table", table(text))
		if got.Code != want.code || len(got.Info.Sections) != 1 || strings.Contains(string(raw), "131052") {
			t.Errorf("%q: got %s", text, raw)
		}
	}
	licensed := table("1\n" + strings.Repeat("3\n", 10))
	licensed.Tables[0].Instrument = "pcq-24"
	if status, raw := r.call(t, "tove", "POST", reports+"/table", licensed); status != 409 || !strings.Contains(string(raw), "licence_needed") {
		t.Errorf("got %d %s", status, raw)
	}
}

func FuzzTable(f *testing.F) {
	f.Add("ennen;jälkeen\n7;8\n")
	f.Add("a\tb\n\"7\n\",8\n")
	f.Add("ennen\n131052-308T")
	f.Add("\ufeff\"ennen;\"\"\r\n;;;\n")
	in := definitionOf(f, "tyokyky")
	f.Fuzz(func(t *testing.T, text string) {
		got := readTable(in, text, nil)
		if len(got.wrong) > mostFaults || len(got.people) > mostTableRows {
			t.Fatalf("%d faults, %d people", len(got.wrong), len(got.people))
		}
		for _, p := range got.people {
			for _, a := range p.answers {
				if wrong := in.Validate(a); wrong != nil {
					t.Fatalf("%v", wrong)
				}
			}
		}
	})
}
