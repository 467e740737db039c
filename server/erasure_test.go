package main

import (
	"bytes"
	"context"
	"encoding/base64"
	"fmt"
	"io/fs"
	"mime/quotedprintable"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"go.mongodb.org/mongo-driver/bson"
	"go.mongodb.org/mongo-driver/bson/primitive"

	"luotsi/courses"
)

// TestErasure: somebody of the demo who learned, wrote, booked, complained and got mail is erased over HTTP. Nothing that names
// them is left in any collection or file, also not as what their texts were sealed to, and the counts are what they were.
func TestErasure(t *testing.T) {
	folder := t.TempDir()
	s := openDemo(t, folder)
	background, stopWorking := context.WithCancel(context.Background())
	working := s.work(background)
	defer func() { stopWorking(); working() }()

	const email, fullName = "aino@demo.luotsi.example", "Aino Lahti" // a trainee and coordinator
	aino, token := s.demo(t, email)
	_, admin := s.demo(t, "tuula@demo.luotsi.example")
	_, trainer := s.demo(t, "paivi@demo.luotsi.example")
	mikko, doctor := s.demo(t, "mikko@demo.luotsi.example")
	as := func(token, method, path, body string, status int) answer {
		t.Helper()
		return s.want(t, status, request{method: method, path: path, body: body, token: token})
	}
	const password = "aivan uusi salalause" // the demo's hash is everybody's
	as(token, "POST", "/api/me/password", `{"current":"`+demoPassword+`","password":"`+password+`"}`, 204)
	task := demoActivities(t, courses.Task)[0]
	course := "/api/courses/" + demoCourse
	texts := []string{"ensimmäinen vastaukseni", "toinen vastaukseni", "keskeneräinen pohdintani", "kehuni palvelusta", "kiitos kehuista"}
	as(token, "POST", course+"/activities/"+task+"/submission", `{"text":"`+texts[0]+`"}`, 201)
	as(token, "POST", course+"/activities/"+task+"/submission", `{"text":"`+texts[1]+`"}`, 201)
	as(token, "PUT", "/api/drafts/"+demoCourse+"."+task, `{"rev":0,"text":"`+texts[2]+`"}`, 200)
	as(token, "PUT", course+"/place", `{"activity":"`+task+`","position":42}`, 204)
	work, reflection := demoActivities(t, courses.Work)[0], demoActivities(t, courses.Reflection)[0]
	as(token, "POST", course+"/activities/"+work+"/tries", `{"what":"aikomukseni työssä","with":"parini kanssa","by":"`+string(finnishToday().Date())+`"}`, 201)
	as(token, "PUT", course+"/activities/"+reflection+"/reflection", `{"text":"pohdin itsekseni","privacy":"cohort"}`, 200)
	as(token, "PUT", "/api/drafts/"+demoCourse+"."+reflection, `{"rev":0,"text":"lisään vielä"}`, 200)
	must(t, s.courses.Flush(t.Context()))
	// What trainers wrote about them: on their text, for their credits and deadlines, and what they have only begun to write.
	said := []string{"hyvin huomattu kohta", "sanoilla on väliä", "aiempi tutkinto riittää", "vielä parempi peruste", "sairausloma syksyllä", "toinen syy lykätä", "en ole vielä varma"}
	texts = append(texts, said...)
	reservedText := ""
	queue := as(trainer, "GET", "/api/feedback-queue?whose=all", "", 200)
	waiting, _ := queue.at("entries").([]any)
	for i := range waiting {
		if at := fmt.Sprintf("entries.%d.", i); queue.text(at+"person") == aino && queue.text(at+"what") == "task" {
			reservedText = queue.text(at + "submission")
		}
	}
	as(trainer, "PUT", "/api/drafts/feedback:"+reservedText, `{"rev":0,"text":"`+said[6]+`"}`, 200)
	as(trainer, "POST", "/api/submissions/"+reservedText+"/feedback",
		`{"verdict":"returned","words":"`+said[0]+`","comments":[{"start":0,"end":5,"quote":"toine","text":"`+said[1]+`"}],"rubric":[],"older":false}`, 204)
	as(trainer, "PUT", "/api/drafts/feedback:"+reservedText, `{"rev":0,"text":"`+said[6]+`"}`, 200)
	credits := "/api/cohorts/demo-cohort/learners/" + aino + "/credits"
	for _, basis := range said[2:4] { // the second one takes the place of the first
		as(trainer, "POST", credits, `{"module":"m9","kind":"prior_learning","basis":"`+basis+`"}`, 204)
	}
	for _, reason := range said[4:6] {
		as(trainer, "POST", "/api/cohorts/demo-cohort/extensions", `{"people":["`+aino+`"],"target":"m9","until":"`+string((finnishToday()+40).Date())+`","reason":"`+reason+`"}`, 200)
	}
	data := string(as(token, "GET", "/api/me/data", "", 200).body)
	for _, text := range append(texts[:3:3], said[:6]...) {
		if !strings.Contains(data, text) {
			t.Errorf("what one can take of what is kept lacks %q", text)
		}
	}
	feedback := as(token, "POST", "/api/feedback", `{"text":"`+texts[3]+`","email":"`+email+`","page":"/"}`, 201).text("id")
	as(admin, "POST", "/api/feedback/"+feedback+"/answer", `{"text":"`+texts[4]+`"}`, 200)
	as(token, "POST", "/api/password-resets", `{"email":"`+email+`"}`, 204)
	cohort := "/api/cohorts/demo-cohort/learners/" + aino
	as(trainer, "GET", cohort, "", 200)
	as(trainer, "GET", cohort+"/submissions/"+task, "", 200)
	units := as(doctor, "GET", "/api/me", "", 200)
	today := finnishToday()
	times := as(token, "GET", "/api/joint-times?doctor="+mikko+"&unit="+units.text("grants.0.unit")+"&from="+string((today+7).Date())+"&to="+string((today+60).Date()), "", 200)
	appointment := as(token, "POST", "/api/appointments", `{"doctor":"`+mikko+`","unit":"`+units.text("grants.0.unit")+`","start":"`+times.text("days.0.times.0.start")+`","minutes":30,"mode":"video"}`, 201).text("id")

	hits := func() map[string]int { return scan(t, s, fullName, email, "Lahti") }
	eventually(t, "the mails are written", func() bool {
		found := strings.Join(fileNames(t, filepath.Join(folder, "mail", aino)), " ")
		return strings.Count(found, ".eml") >= 3 && len(fileNames(t, filepath.Join(folder, "mail", mikko))) >= 1
	})
	if found := hits(); found["mail"] < 2 {
		t.Fatalf("the name is only in %v: what follows would prove nothing", found)
	}
	sealed := sealedAbout(t, s, aino, email)
	if len(sealed) < 6 {
		t.Fatalf("only %d sealed texts are about the person", len(sealed))
	}
	if found := scanFor(t, folder, sealed); len(found) < len(sealed)-2 {
		t.Fatal("the sealed texts are not found in the files before either: what follows would prove nothing")
	}
	figures := func() string {
		t.Helper()
		var text strings.Builder
		a := as(trainer, "GET", "/api/cohorts", "", 200)
		fmt.Fprintln(&text, a.at("cohorts.0.learners"), a.at("cohorts.0.percent"))
		matrix := as(trainer, "GET", "/api/cohorts/demo-cohort/matrix", "", 200)
		rows, _ := matrix.at("learners").([]any)
		for i := range rows {
			if matrix.text(fmt.Sprintf("learners.%d.person", i)) == aino {
				fmt.Fprintln(&text, len(rows), matrix.text(fmt.Sprintf("learners.%d.cells", i)), matrix.at(fmt.Sprintf("learners.%d.percent", i)))
			}
		}
		fmt.Fprintln(&text, as(admin, "GET", "/api/people?role=manager", "", 200).at("total"))
		return text.String()
	}
	counted := figures()
	manager := func() string {
		_, kari := s.demo(t, "kari@demo.luotsi.example")
		return string(as(kari, "GET", "/api/counts", "", 200).body)
	}
	counts, commits := manager(), s.journal.Applied()

	as(admin, "POST", "/api/people/"+aino+"/erasure", `{"confirm":"`+fullName+`"}`, 204)

	if got := s.journal.Applied(); got != commits+1 {
		t.Errorf("the erasure took %d commits, want 1", got-commits)
	}
	check := func(t *testing.T) {
		t.Helper()
		if found := hits(); len(found) > 0 {
			t.Errorf("the name is in %v", found)
		}
		if left := sealedAbout(t, s, aino, email); len(left) > 0 {
			t.Errorf("%d sealed texts are left", len(left))
		}
		if found := scanFor(t, folder, sealed); len(found) > 0 {
			t.Errorf("sealed texts are still in the files: %v", found)
		}
		if found := scanFor(t, folder, texts); len(found) > 0 {
			t.Errorf("texts are in the files as they were written: %v", found)
		}
		if got := figures(); got != counted {
			t.Errorf("the figures are\n%s\nwant\n%s", got, counted)
		}
		if got := manager(); got != counts {
			t.Errorf("the manager's counts are %s, want %s", got, counts)
		}
		if a := s.signIn(t, email, password); a.status != 401 {
			t.Errorf("the erased person signs in: %d", a.status)
		}
		as(token, "GET", "/api/me", "", 401)
		as(admin, "GET", "/api/people/"+aino, "", 404)
		as(admin, "GET", "/api/people/"+aino+"/access", "", 404)
		if a := as(doctor, "GET", "/api/appointments/"+appointment, "", 200); a.text("participants.1.person") != aino || a.text("participants.1.name") != "" {
			t.Errorf("the other one's appointment shows %s", a.body)
		}
		if a := as(trainer, "GET", cohort, "", 200); a.text("name") != "" || a.text("email") != "" {
			t.Errorf("the trainer sees %s", a.body)
		}
		as(trainer, "GET", cohort+"/submissions/"+task, "", 410)
	}
	check(t)
	if log := s.lines.String(); strings.Contains(log, "Lahti") || strings.Contains(log, email) {
		t.Error("the name is in the log")
	}
	must(t, s.courses.Flush(t.Context())) // what was on its way does not come back
	as(admin, "POST", "/api/people/"+aino+"/erasure", `{"confirm":"`+fullName+`"}`, 404)

	stopWorking()
	working()
	s.stop()
	s = openDemo(t, folder)
	_, admin = s.demo(t, "tuula@demo.luotsi.example")
	_, trainer = s.demo(t, "paivi@demo.luotsi.example")
	_, doctor = s.demo(t, "mikko@demo.luotsi.example")
	t.Run("after a start", check)
	// The address is free for somebody new, and nothing of before is theirs.
	a := as(admin, "POST", "/api/invitations", `{"email":"`+email+`","name":"Toinen Aino","language":"fi","grants":[{"unit":"`+s.unitOf(t, admin)+`","role":"trainee"}]}`, 201)
	if a.text("id") == aino {
		t.Error("the new person is the erased one")
	}
}

func (s *site) unitOf(t testing.TB, token string) string {
	t.Helper()
	return s.want(t, 200, request{method: "GET", path: "/api/me", token: token}).text("grants.0.unit")
}

func eventually(t testing.TB, what string, is func() bool) {
	t.Helper()
	for range 400 {
		if is() {
			return
		}
		time.Sleep(25 * time.Millisecond)
	}
	t.Fatalf("waited in vain until %s", what)
}

func fileNames(t testing.TB, folder string) []string {
	t.Helper()
	var names []string
	entries, err := os.ReadDir(folder)
	if err != nil && !os.IsNotExist(err) {
		t.Fatal(err)
	}
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

// scan counts the documents of each collection and the files of each folder in which one of the words is, whatever its case.
// Documents are read as they are stored, in every collection that there is; mails are decoded too.
func scan(t testing.TB, s *site, words ...string) map[string]int {
	t.Helper()
	found := map[string]int{}
	has := func(text []byte) bool {
		lower := bytes.ToLower(text)
		for _, word := range words {
			if bytes.Contains(lower, bytes.ToLower([]byte(word))) {
				return true
			}
		}
		return false
	}
	names, err := s.db.Names(t.Context())
	must(t, err)
	if len(names) < 15 {
		t.Fatalf("only the collections %v are there", names)
	}
	for _, name := range names {
		cursor, err := s.db.Driver.Collection(name).Find(t.Context(), bson.D{})
		must(t, err)
		for cursor.Next(t.Context()) {
			if has(cursor.Current) {
				found[name]++
			}
		}
		must(t, cursor.Err())
		must(t, cursor.Close(t.Context()))
	}
	eachFile(t, s.config.Data, func(path string, raw []byte) {
		if has(raw) || strings.HasSuffix(path, ".eml") && has(decoded(raw)) {
			inside, _, _ := strings.Cut(path, string(filepath.Separator))
			found[inside]++
		}
	})
	return found
}

var inBase64 = regexp.MustCompile(`(?:[A-Za-z0-9+/=]{20,}\r?\n?)+`)

// decoded is a mail's text: quoted-printable undone, and every run of base64 beside it.
func decoded(raw []byte) []byte {
	var text bytes.Buffer
	_, _ = text.ReadFrom(quotedprintable.NewReader(bytes.NewReader(raw))) // as far as it goes
	for _, run := range inBase64.FindAll(raw, -1) {
		plain, err := base64.StdEncoding.DecodeString(string(bytes.Join(bytes.Fields(run), nil)))
		if err == nil {
			text.Write(plain)
		}
	}
	return bytes.ReplaceAll(text.Bytes(), []byte("\r\n "), nil)
}

func eachFile(t testing.TB, folder string, each func(path string, raw []byte)) {
	t.Helper()
	must(t, filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || !entry.Type().IsRegular() {
			return err
		}
		raw, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		inside, err := filepath.Rel(folder, path)
		each(inside, raw)
		return err
	}))
}

// scanFor finds the words that are in some file of the folder, the engine's own and its log among them, and tells in which.
func scanFor(t testing.TB, folder string, words []string) map[string]string {
	t.Helper()
	found := map[string]string{}
	eachFile(t, folder, func(path string, raw []byte) {
		for _, word := range words {
			if bytes.Contains(raw, []byte(word)) {
				found[word] = path
			}
		}
	})
	return found
}

// sealedAbout are the sealed texts of all documents about a person, in the form in which the engine's files have them, and
// the hashes of their passwords and sessions.
func sealedAbout(t testing.TB, s *site, person, email string) []string {
	t.Helper()
	var found []string
	fingerprint := s.vault.Fingerprint("address", email)
	for _, name := range []string{"names", "vault", "drafts", "places", "noticed", "addresses", "credentials", "sessions"} {
		cursor, err := s.db.Driver.Collection(name).Find(t.Context(), bson.D{})
		must(t, err)
		for cursor.Next(t.Context()) {
			var doc bson.M
			must(t, bson.Unmarshal(cursor.Current, &doc))
			id, _ := doc["_id"].(string)
			about := fmt.Sprint(doc["about"], doc["person"])
			if !strings.Contains(about+id, person) && id != fingerprint {
				continue
			}
			if sealed, ok := doc["sealed"].(bson.M); ok {
				data, _ := sealed["data"].(primitive.Binary)
				found = append(found, base64.StdEncoding.EncodeToString(data.Data))
			} else if password, ok := doc["password"].(string); ok {
				found = append(found, password[len(password)-20:])
			} else {
				found = append(found, id)
			}
		}
		must(t, cursor.Err())
		must(t, cursor.Close(t.Context()))
	}
	return found
}
