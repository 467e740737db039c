package courses

import (
	"context"
	"strings"
	"testing"
	"time"

	"luotsi/server/people"
)

func TestDecisions(t *testing.T) {
	r := newRegion(t)
	r.withDays(t)
	const learner = "/api/cohorts/k1/learners/aino"
	const decisions = learner + "/decisions"
	wantAt(t, r.want(t, 200, "tove", "GET", decisions, ""), "decisions.0", nil)

	r.want(t, 204, "tove", "POST", learner+"/credits", `{"module":"m2","kind":"compensating","basis":"Kirjallinen työ hyväksyttiin."}`)
	r.clock.Add(time.Minute.Milliseconds())
	r.want(t, 204, "tove", "PUT", "/api/cohorts/k1/attendance/d1", `{"day":"2026-11-18","present":[],"absent":["aino"]}`)
	r.want(t, 204, "tove", "POST", learner+"/compensations", `{"activity":"d1","basis":"Esitteli päivän aiheen tiimilleen."}`)
	r.clock.Add(time.Minute.Milliseconds())
	r.want(t, 200, "tove", "POST", "/api/cohorts/k1/extensions", `{"people":["aino","bo"],"target":"m1","until":"2026-12-24","reason":"Sijaisuus"}`)
	r.clock.Add(time.Minute.Milliseconds())
	r.want(t, 200, "tove", "POST", "/api/cohorts/k1/extensions", `{"people":["aino"],"target":"coord","until":"2026-12-31","reason":"Sopimus"}`)

	v := r.want(t, 200, "tove", "GET", decisions, "")
	wantAt(t, v, "decisions.4", nil,
		"decisions.0.kind", "extended", "decisions.0.target", "coord", "decisions.0.title", "Koordinaattori", "decisions.0.until", "2026-12-31", "decisions.0.reason", "Sopimus",
		"decisions.1.kind", "extended", "decisions.1.title", "Moduuli m1", "decisions.1.reason", "Sijaisuus",
		"decisions.2.kind", "compensated", "decisions.2.target", "d1", "decisions.2.title", "Lähipäivä 1", "decisions.2.reason", "Esitteli päivän aiheen tiimilleen.",
		"decisions.3.kind", "credited", "decisions.3.credit", "compensating", "decisions.3.title", "Moduuli m2", "decisions.3.reason", "Kirjallinen työ hyväksyttiin.",
		"decisions.3.by", "Tove Kouluttaja", "decisions.3.at", "2026-11-20T12:00:00Z")
	wantAt(t, r.want(t, 200, "tove", "GET", learner, ""), "trains", true, "course", "coord", "completion.days", 1, "completion.daysAsked", 1, "missing.days", 0,
		"modules.1.credit", "compensating", "modules.1.passed", true, "modules.0.credit", nil, "modules.0.activities.4.word", "compensated", "modules.1.activities.1.word", "none", "modules.0.activities.0.word", nil)

	// Of each learner nothing but what is theirs.
	wantAt(t, r.want(t, 200, "tove", "GET", "/api/cohorts/k1/learners/bo/decisions", ""), "decisions.0.reason", "Sijaisuus", "decisions.1", nil)

	// What is withdrawn is in force no more.
	r.want(t, 204, "tove", "DELETE", learner+"/credits/m2", "")
	wantAt(t, r.want(t, 200, "tove", "GET", decisions, ""), "decisions.2.kind", "compensated", "decisions.3", nil)
	r.want(t, 403, "aino", "DELETE", learner+"/compensations/d1", "")
	r.want(t, 404, "viljo", "DELETE", learner+"/compensations/d1", "")
	r.want(t, 204, "tove", "DELETE", learner+"/compensations/d1", "")
	wantAt(t, r.want(t, 200, "tove", "GET", decisions, ""), "decisions.1.kind", "extended", "decisions.2", nil)
	wantAt(t, r.want(t, 200, "tove", "GET", learner, ""), "completion.days", 0, "modules.0.activities.4.word", "absent", "timeline.0.what", "withdrawn")
	for _, day := range []string{"d1", "d9", "l1"} { // withdrawn already, not there, no contact day
		wantAt(t, r.want(t, 404, "tove", "DELETE", learner+"/compensations/"+day, ""), "code", "not_compensated")
	}
	r.want(t, 204, "tove", "POST", learner+"/compensations", `{"activity":"d1","basis":"Teki kirjallisen työn."}`)
	wantAt(t, r.want(t, 200, "tove", "GET", decisions, ""), "decisions.0.reason", "Teki kirjallisen työn.", "decisions.3", nil)

	for who, status := range map[string]int{"viljo": 404, "tim": 404, "aino": 403, "mari": 403, "": 401} {
		r.want(t, status, who, "GET", decisions, "")
	}
	r.want(t, 404, "tove", "GET", "/api/cohorts/k1/learners/olli/decisions", "")
	r.want(t, 404, "viljo", "GET", "/api/cohorts/k2/learners/aino/decisions", "")

	log, err := r.access.Of(context.Background(), "aino")
	looks := 0
	for _, entry := range log {
		if entry.By == "tove" && entry.What == "course_decisions:coord" {
			looks++
		}
	}
	if err != nil || looks != 5 {
		t.Errorf("%d looks are logged, want 5: %v %v", looks, log, err)
	}
}

// The words about somebody are theirs: they go with them.
func TestReasonsAreErased(t *testing.T) {
	r := newRegion(t)
	number, _ := r.certifiedBoth(t)
	r.want(t, 204, "tove", "PUT", "/api/cohorts/w1/attendance/day3", `{"day":"2026-02-02","present":[],"absent":["aino"]}`)
	r.want(t, 204, "tove", "POST", "/api/cohorts/w1/learners/aino/compensations", `{"activity":"day3","basis":"Esitys"}`)
	r.want(t, 204, "tove", "POST", register+"/"+number+"/revocation", inError)
	v := r.want(t, 200, "tove", "GET", "/api/cohorts/w1/learners/aino/decisions", "")
	wantAt(t, v, "decisions.3", nil)
	for i, want := range []string{"compensated", "credited", "revoked"} {
		if kind := at(v, "decisions", i, "kind"); kind != want {
			t.Errorf("%d: %v, want %s", i, kind, want)
		}
	}
	wantAt(t, v, "decisions.2.target", number, "decisions.2.title", number, "decisions.2.reason", "Tunnit olivat väärin.")
	var ids []string
	r.journal.View(func() { ids = r.state.TextsOf("aino") })
	if err := r.vault.Delete(context.Background(), ids...); err != nil {
		t.Fatal(err)
	}
	v = r.want(t, 200, "tove", "GET", "/api/cohorts/w1/learners/aino/decisions", "")
	wantAt(t, v, "decisions.0.reason", "", "decisions.1.reason", "", "decisions.2.reason", "", "decisions.0.kind", "compensated")
}

func TestFiles(t *testing.T) {
	r := newRegion(t)
	r.withDays(t)
	for id, name := range map[string]string{"aino": `=HYPERLINK("x";"y")`, "bo": "Bo Åberg; tiimi"} {
		r.name(t, id, name, "fi")
	}
	if err := r.names.Load(context.Background(), func(string) bool { return false }); err != nil {
		t.Fatal(err)
	}
	r.happen(t, GroupFormed{Group: "g1", Cohort: "k1", Name: "Aamu", Members: []string{"aino"}, Trainers: []string{"tove"}})
	r.want(t, 204, "tove", "PUT", "/api/cohorts/k1/attendance/d1", `{"day":"2026-11-18","present":["aino"],"absent":["bo"]}`)
	r.want(t, 204, "tove", "POST", "/api/cohorts/k1/learners/aino/credits", `{"module":"m2","kind":"prior_learning","basis":"Tutkinto"}`)
	r.happen(t, people.Seen{Persons: []string{"aino"}})

	const head = "\ufeffNimi;Pienryhmä;Edistyminen %;Suoritetut moduulit;Lähipäivät;Kehittämistehtävä;Viimeksi käynyt;Puuttuu;Todistuksen numero\r\n"
	const aino = `"'=HYPERLINK(""x"";""y"")";Aamu;`
	const bo = `"Bo Åberg; tiimi";;`
	for query, want := range map[string]struct{ has, not string }{
		"":                               {aino + "33;1;1;", ""},
		"?q=":                            {bo + "0;0;0;;;moduuleja aloittamatta: 2, lähipäiviä: 1;\r\n", ""},
		"?only=behind":                   {bo, aino},
		"?only=complete":                 {"", aino},
		"?only=waiting":                  {"", bo},
		"?group=g1":                      {aino, bo},
		"?group=mine":                    {bo, ""}, // who has no small group is everybody's
		"?group=all":                     {bo, ""},
		"?group=other":                   {"", aino},
		"?q=%C3%A5berg":                  {bo, aino},
		"?q=BO&only=behind":              {bo, aino},
		"?group=mine&q=bo":               {bo, aino},
		"?q=" + strings.Repeat("x", 100): {"", aino},
	} {
		status, raw := r.raw(t, "tove", "GET", "/api/cohorts/k1/roster/file"+query, "")
		file := string(raw)
		if status != 200 || !strings.HasPrefix(file, head) || !strings.Contains(file, want.has) || want.not != "" && strings.Contains(file, want.not) {
			t.Errorf("%q: %d %q", query, status, file)
		}
	}
	status, raw := r.raw(t, "tove", "GET", "/api/cohorts/k1/attendance-file", "")
	if want := "\ufeffNimi;M1 Lähipäivä 1 2026-11-18;M2 Lähipäivä 2;Lähipäiviä yhteensä;Tunteja yhteensä\r\n"; status != 200 || !strings.HasPrefix(string(raw), want) ||
		!strings.Contains(string(raw), `"'=HYPERLINK(""x"";""y"")";paikalla;;1;6`+"\r\n") || !strings.Contains(string(raw), `"Bo Åberg; tiimi";poissa;;0;0`+"\r\n") {
		t.Errorf("%d %q", status, raw)
	}
	for _, path := range []string{"roster/file", "attendance-file"} {
		for who, status := range map[string]int{"viljo": 404, "tim": 404, "aino": 403, "mari": 403, "": 401} {
			r.want(t, status, who, "GET", "/api/cohorts/k1/"+path, "")
		}
		r.want(t, 404, "tove", "GET", "/api/cohorts/none/"+path, "")
		r.want(t, 404, "tim", "GET", "/api/cohorts/k2/"+path, "") // which is opened to him to look at only
	}
	wantAt(t, r.want(t, 400, "tove", "GET", "/api/cohorts/k1/roster/file?only=kissa", ""), "fields.0.name", "only")
	wantAt(t, r.want(t, 400, "tove", "GET", "/api/cohorts/k1/roster/file?q="+strings.Repeat("x", 101), ""), "fields.0.name", "q")

	logged := map[string]int{}
	log, err := r.access.Of(context.Background(), "aino")
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range log {
		logged[entry.What]++
	}
	if logged["group_file:coord"] != 5 || logged["attendance_file:coord"] != 1 { // the files that she was in
		t.Errorf("logged %v", logged)
	}
}

func TestCells(t *testing.T) {
	for text, want := range map[string]string{
		"": "", "Aino": "Aino", "=1+1": "'=1+1", "+358": "'+358", "-2": "'-2", "@SUM(A1)": "'@SUM(A1)", "\t=1": "'\t=1", "\r=1": "'\r=1", "\n=1": "'\n=1",
		" =1": "' =1", "\u00a0=1": "'\u00a0=1", "＝1": "'＝1", "a=1": "a=1", "'": "'", "Åke-Erik": "Åke-Erik",
	} {
		if got := harmless(text); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
	for minutes, want := range map[int]string{0: "0", 6: "0,1", 20: "0,33", 59: "0,98", 60: "1", 90: "1,5", 360: "6", 450: "7,5", 3600: "60"} {
		if got := hoursOf(minutes); got != want {
			t.Errorf("%d minutes: got %s, want %s", minutes, got, want)
		}
	}
	file, err := spreadsheet([][]string{{"a", "=b"}, {"c;d", "e\nf"}})
	if want := "\ufeffa;'=b\r\n\"c;d\";\"e\r\nf\"\r\n"; err != nil || string(file) != want {
		t.Errorf("got %q, want %q, %v", file, want, err)
	}
}
