package courses

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

// writable is one kind of thing that is written, perhaps again, on two devices of one person.
type writable struct {
	name     string
	ready    func(t *testing.T, r *region) (method, path string) // until its first text can be written
	body     string                                              // with %s for the text, and `,"over":…` behind it
	activity string
	text, at string // where the page of the activity shows the newest
	field    string // a choice beside the text, in a refusal
	chosen   string
	// unsaid is the code that who does not say what they write over gets for a second text; empty when it takes the place.
	unsaid string
}

func writableKinds() []writable {
	try := func(t *testing.T, r *region, what string) string {
		return tries + "/" + r.planned(t, "2026-12-01") + what
	}
	return []writable{
		{
			name: "a reflection", ready: func(*testing.T, *region) (string, string) { return "PUT", think + "/reflection" },
			body: `{"text":"%s","privacy":"private"%s}`, activity: "think", text: "reflection.text", at: "reflection.at", field: "privacy", chosen: "private",
		},
		{
			name: "a task", ready: func(*testing.T, *region) (string, string) { return "POST", activities + "case/submission" },
			body: `{"text":"%s"%s}`, activity: "case", text: "task.submitted.text", at: "task.submitted.at",
		},
		{
			name: "a step", ready: func(t *testing.T, r *region) (string, string) {
				r.withDevelopment(t)
				return "POST", activities + "dev/steps"
			},
			body: `{"step":"plan","text":"%s"%s}`, activity: "dev", text: "development.steps.0.rounds.-.text", at: "development.steps.0.rounds.-.at",
		},
		{
			name: "a plan", ready: func(t *testing.T, r *region) (string, string) { return "PUT", try(t, r, "/plan") },
			body: `{"what":"%s","by":"2026-12-04"%s}`, activity: "try", text: "work.tries.0.what", at: "work.tries.0.try.replannedAt", field: "by", chosen: "2026-12-04",
		},
		{
			name: "a story", ready: func(t *testing.T, r *region) (string, string) { return "POST", try(t, r, "/story") },
			body: `{"went":"partly","on":"2026-11-19","text":"%s"%s}`, activity: "try", text: "work.tries.0.story", at: "work.tries.0.try.retoldAt",
			field: "went", chosen: "partly", unsaid: "already_told",
		},
		{
			name: "a follow-up", ready: func(t *testing.T, r *region) (string, string) {
				path := try(t, r, "")
				r.want(t, 201, "aino", "POST", path+"/story", `{"went":"worked","on":"2026-11-19","text":"Toimi."}`)
				r.onDay("2026-12-21", 12, 0)
				return "POST", path + "/follow-ups"
			},
			body: `{"days":30,"use":"partly","text":"%s"%s}`, activity: "try", text: "work.tries.0.try.followUps.0.text", at: "work.tries.0.try.followUps.0.at",
			field: "use", chosen: "partly", unsaid: "no_follow_up",
		},
	}
}

func TestATextOfAnotherDeviceIsNeverReplacedUnseen(t *testing.T) {
	for _, kind := range writableKinds() {
		t.Run(kind.name, func(t *testing.T) {
			r := newApplied(t)
			method, path := kind.ready(t, r)
			status := map[string]int{"PUT": 200, "POST": 201}[method]
			write := func(status int, text, over string, header ...string) map[string]any {
				t.Helper()
				r.clock.Add(time.Minute.Milliseconds())
				if over != "" {
					over = `,"over":` + over
				}
				return r.want(t, status, "aino", method, path, fmt.Sprintf(kind.body, text, over), header...)
			}
			// read is what the page shows: the newest text, and what a text written now is written over.
			read := func() (text, over string) {
				t.Helper()
				v := r.want(t, 200, "aino", "GET", activities+kind.activity, "")
				find := func(where string) string {
					var found any = v
					for _, step := range strings.Split(where, ".") {
						switch list, ok := found.([]any); {
						case ok && step == "-":
							found = list[len(list)-1]
						case ok:
							found = list[0]
						default:
							found = at(found, step)
						}
					}
					s, _ := found.(string)
					return s
				}
				at, err := time.Parse(time.RFC3339Nano, find(kind.at))
				if err != nil {
					at, err = time.Parse(time.RFC3339Nano, find(strings.NewReplacer("replanned", "planned", "retold", "told").Replace(kind.at)))
				}
				if err != nil {
					t.Fatal(err)
				}
				return find(kind.text), fmt.Sprint(at.UnixMilli())
			}
			reads := func(want string) (over string) {
				t.Helper()
				got, over := read()
				if got != want {
					t.Errorf("the page shows %q, want %q", got, want)
				}
				return over
			}
			refused := func(v map[string]any, text, over string) {
				t.Helper()
				wantAt(t, v, "code", "written_since", "info.text", text)
				if got := fmt.Sprintf("%.0f", at(v, "info", "at")); got != over {
					t.Errorf("the refusal says over %s, want %s", got, over)
				}
				if kind.field != "" {
					wantAt(t, v, "info."+kind.field, kind.chosen)
				}
			}

			seen := "0"
			if kind.name == "a plan" { // is changed, so there was one
				_, seen = read()
			}
			write(status, "puhelimella", seen, "Idempotency-Key", "phone-1")
			first := reads("puhelimella")
			refused(write(409, "koneella", seen), "puhelimella", first)
			reads("puhelimella")
			write(status, "puhelimella", seen) // another device that says the same
			if over := reads("puhelimella"); over != first {
				t.Error("the same text was written twice")
			}
			write(status, "puhelimella lisää", first) // the same device goes on
			second := reads("puhelimella lisää")
			if second == first {
				t.Fatal("a text written over another has a time of its own")
			}
			refused(write(409, "koneella", first), "puhelimella lisää", second)
			write(status, "puhelimella", seen, "Idempotency-Key", "phone-1") // the same key says nothing anew
			reads("puhelimella lisää")
			write(status, "molemmat", second) // who has seen both
			third := reads("molemmat")

			if kind.unsaid != "" {
				wantAt(t, write(409, "vanha laite", ""), "code", kind.unsaid)
				reads("molemmat")
			} else {
				write(status, "vanha laite", "")
				reads("vanha laite")
				refused(write(409, "koneella", third), "vanha laite", fmt.Sprint(r.clock.Load()-time.Minute.Milliseconds()))
			}
			if wrong := r.state.Check(); len(wrong) > 0 {
				t.Error(wrong)
			}
		})
	}
}

// What cannot be written over shows what was there first, too.
func TestAPlanOfAnotherDeviceIsShown(t *testing.T) {
	r := newApplied(t)
	id := r.planned(t, "2026-12-01")
	v := r.want(t, 409, "aino", "POST", tries, `{"what":"Toinen","by":"2026-12-02"}`)
	wantAt(t, v, "code", "already_planned", "info.try", id, "info.text", "Kysyn työkykytalosta", "info.with", "tiimin kanssa", "info.by", "2026-12-01")
	over := fmt.Sprintf("%.0f", at(v, "info", "at"))
	r.want(t, 201, "aino", "POST", tries, `{"what":"Kysyn työkykytalosta","with":"tiimin kanssa","by":"2026-12-01"}`) // the same plan
	r.want(t, 200, "aino", "PUT", tries+"/"+id+"/plan", `{"what":"Toinen","by":"2026-12-02","over":`+over+`}`)
	wantAt(t, r.want(t, 200, "aino", "GET", activities+"try", ""), "work.tries.0.what", "Toinen", "work.tries.1", nil)
}

// What was tried stays tried, and a thing that could not be tried may turn out to have been.
func TestTellingAgain(t *testing.T) {
	tell := func(went, text string, over int64) string {
		return fmt.Sprintf(`{"went":"%s","on":"2026-11-19","text":"%s","over":%d}`, went, text, over)
	}
	for _, test := range []struct {
		before, after string
		status, done  int
	}{
		{"worked", "failed", 201, 1}, {"partly", "worked", 201, 1}, {"failed", "not_tried", 409, 1}, {"not_tried", "worked", 201, 1}, {"not_tried", "not_tried", 201, 0},
	} {
		r := newApplied(t)
		story := tries + "/" + r.planned(t, "2026-12-01") + "/story"
		r.want(t, 201, "aino", "POST", story, tell(test.before, "ensin", 0))
		r.clock.Add(time.Hour.Milliseconds())
		told := noon.UnixMilli()
		r.journal.View(func() {
			for _, one := range r.state.data.Tries {
				told = one.toldAt()
			}
		})
		r.want(t, test.status, "aino", "POST", story, tell(test.after, "sitten", told))
		wantAt(t, r.want(t, 200, "aino", "GET", "/api/learning", ""), "courses.0.done", test.done)
		if test.status == 201 {
			wantAt(t, r.want(t, 200, "aino", "GET", activities+"try", ""), "work.tries.0.story", "sitten", "work.tries.0.try.went", test.after)
		}
		if wrong := r.state.Check(); len(wrong) > 0 {
			t.Error(wrong)
		}
	}
}

// Texts that another took the place of are not kept; what was handed in to be read by others is, as ever.
func TestWritingOverLeavesNothing(t *testing.T) {
	r := newApplied(t)
	path := tries + "/" + r.planned(t, "2026-12-01")
	r.want(t, 201, "aino", "POST", path+"/story", `{"went":"worked","on":"2026-11-19","text":"ensin","over":0}`)
	over := func(field string) string {
		v := r.want(t, 200, "aino", "GET", activities+"try", "")
		got, _ := at(v, "work", "tries", 0, "try", field).(string)
		if field == "followUps" {
			got, _ = at(v, "work", "tries", 0, "try", "followUps", 0, "at").(string)
		}
		at, err := time.Parse(time.RFC3339Nano, got)
		if err != nil {
			t.Fatal(err)
		}
		return fmt.Sprint(at.UnixMilli())
	}
	r.want(t, 201, "aino", "POST", path+"/story", `{"went":"worked","on":"2026-11-19","text":"sitten","over":`+over("toldAt")+`}`)
	r.onDay("2026-12-21", 12, 0)
	r.want(t, 201, "aino", "POST", path+"/follow-ups", `{"days":30,"use":"yes","text":"ensin","over":0}`)
	r.want(t, 201, "aino", "POST", path+"/follow-ups", `{"days":30,"use":"no","over":`+over("followUps")+`}`)
	texts := 0
	r.eachVault(t, func(string) { texts++ })
	if texts != 2 {
		t.Errorf("%d texts are kept of a plan and what came of it", texts)
	}
	wantAt(t, r.want(t, 200, "aino", "GET", activities+"try", ""), "work.tries.0.story", "sitten",
		"work.tries.0.try.followUps.0.use", "no", "work.tries.0.try.followUps.0.text", "", "work.tries.0.try.followUps.0.due", "2026-12-20")
}
