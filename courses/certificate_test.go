package courses

import (
	"bytes"
	"compress/zlib"
	"context"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"math/big"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
	"unicode/utf16"

	"github.com/golang-jwt/jwt/v5"

	"luotsi/server/journal"
	"luotsi/server/people"
)

// badgeKey is one key for all tests: making one takes long.
var badgeKey = sync.OnceValue(func() []byte {
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		panic(err)
	}
	raw, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		panic(err)
	}
	return raw
})

// whole is a course of ten modules as the shipped one counts: a lesson and a contact day in each, ten days asked for, and the
// development task in the last.
func whole(hash string) *Content {
	c := &Content{
		ID: "whole", Hash: hash, Rules: Rules{ContactDays: 10},
		Faces: Faces[CourseFace]{"fi": {Title: "Työkykykoordinaattori", Summary: "Työkyvyn tuki"}, "sv": {Title: "Arbetsförmågekoordinator"}},
	}
	for m := 1; m <= 10; m++ {
		module := Module{ID: fmt.Sprint("w", m), Hours: 27, Faces: Faces[ModuleFace]{"fi": {Title: fmt.Sprint("Osa ", m, ": työkyvyn näkökulma")}}}
		module.Activities = append(module.Activities, lessonOf(fmt.Sprint("lesson", m), "Oppitunti", ""), Activity{
			ID: fmt.Sprint("day", m), Kind: Contact, Minutes: 360, Faces: Faces[ActivityFace]{"fi": {Title: "Lähipäivä"}},
		})
		if m == 10 {
			module.Activities = append(module.Activities, Activity{ID: "develop", Kind: Development, Requires: ToBeApproved, Faces: Faces[ActivityFace]{"fi": {Title: "Kehittämistehtävä"}}})
		}
		c.Modules = append(c.Modules, module)
	}
	return c
}

// nearlyDone puts aino into a cohort of the whole course, with everything done but the tenth contact day. The tenth module is
// credited, and its development task approved.
func (r *region) nearlyDone(t testing.TB, persons ...string) {
	t.Helper()
	if err := r.service.Publish(context.Background(), []*Content{whole("whole-1")}); err != nil {
		t.Fatal(err)
	}
	events := []journal.Event{CohortOpened{Cohort: "w1", Course: "whole", Unit: "east", Name: "Kevät", Starts: "2026-01-12"}}
	for _, person := range persons {
		events = append(events, LearnerEnrolled{Cohort: "w1", Course: "whole", Person: person})
		for m := 1; m <= 9; m++ {
			events = append(events, ActivityDone{Course: "whole", Person: person, Activity: fmt.Sprint("lesson", m)},
				AttendanceMarked{Cohort: "w1", Course: "whole", Activity: fmt.Sprint("day", m), Day: "2026-02-02", Present: []string{person}})
		}
		events = append(events, ModuleCredited{Course: "whole", Person: person, Module: "w10", Kind: PriorLearning, Basis: "basis-" + person},
			DevelopmentStepSubmitted{Submission: "work-" + person, Course: "whole", Person: person, Activity: "develop"},
			DevelopmentSecondApproved{Feedback: "words-" + person, Submission: "work-" + person, Course: "whole", Person: person, Activity: "develop"})
	}
	for len(events) > 0 {
		n := min(len(events), 20)
		r.happen(t, events[:n]...)
		events = events[n:]
	}
}

func (r *region) tenth(t testing.TB, persons ...string) {
	t.Helper()
	r.happen(t, AttendanceMarked{Cohort: "w1", Course: "whole", Activity: "day10", Day: "2026-11-02", Present: persons})
}

func (r *region) issueAll(t testing.TB) {
	t.Helper()
	if err := r.service.IssueCertificates(context.Background()); err != nil {
		t.Fatal(err)
	}
}

// certificateOf is the number of a person's certificate of the whole course.
func (r *region) certificateOf(person string) (number string) {
	r.journal.View(func() { number = r.state.certified[enrolmentID("whole", person)] })
	return number
}

const register = "/api/cohorts/w1/certificates"

// A19: nine of ten contact days and the task approved are not complete; after day 10 the register counts one more.
func TestCompletionRegister(t *testing.T) {
	r := newRegion(t)
	r.nearlyDone(t, "aino")
	r.issueAll(t)
	wantAt(t, r.want(t, 200, "aino", "GET", "/api/courses/whole", ""), "completion.days", 9, "completion.approved", true, "completion.complete", false, "certificate", nil)
	wantAt(t, r.want(t, 200, "tove", "GET", register, ""), "count", 0)

	r.tenth(t, "aino")
	v := r.want(t, 200, "aino", "GET", "/api/courses/whole", "") // who looks need not wait for the tick
	wantAt(t, v, "completion.days", 10, "completion.complete", true, "certificate", r.certificateOf("aino"))
	wantAt(t, r.want(t, 200, "tove", "GET", register, ""), "count", 1, "certificates.0.name", "Aino Ahola", "certificates.0.day", "2026-11-20", "certificates.0.hours", 270, "certificates.0.credits", 0)

	commits := r.journal.Applied()
	r.issueAll(t)
	wantAt(t, r.want(t, 200, "aino", "GET", "/api/learning", ""), "courses.1.certificate", r.certificateOf("aino"))
	if r.journal.Applied() != commits {
		t.Error("it was issued again")
	}
	// A course that asks for more later takes nothing away.
	next := whole("whole-2")
	next.Modules[0].Activities = append(next.Modules[0].Activities, lessonOf("new", "Uusi", ""))
	if err := r.service.Publish(context.Background(), []*Content{next}); err != nil {
		t.Fatal(err)
	}
	v = r.want(t, 200, "aino", "GET", "/api/certificates/"+r.certificateOf("aino"), "")
	wantAt(t, v, "name", "Aino Ahola", "title", "Työkykykoordinaattori", "organisation", "Koulu", "hours", 270, "credits", 0, "days", 10, "daysAsked", 10,
		"developed", true, "modules.9.credit", "prior_learning", "modules.0.credit", nil, "badge", true)
	wantAt(t, r.want(t, 200, "aino", "GET", "/api/courses/whole", ""), "completion.complete", false, "certificate", r.certificateOf("aino"))
	_, file := r.raw(t, "tove", "GET", register+"/file", "")
	if want := r.certificateOf("aino") + ";Aino Ahola;2026-11-20;270;;\r\n"; !strings.HasSuffix(string(file), want) {
		t.Errorf("got %q, want it to end with %q", file, want)
	}
	if problems := func() (p []string) { r.journal.View(func() { p = r.state.Check() }); return p }(); len(problems) > 0 {
		t.Error(problems)
	}
}

// The tick issues without anybody looking, and two servers issue one between them.
func TestTwoServersIssueOne(t *testing.T) {
	r := newRegion(t)
	r.shared = true
	r.nearlyDone(t, "aino", "bo")
	r.tenth(t, "aino", "bo")
	r.journal.Close()
	r.clock.Store(0)
	servers := []*region{r.another(t), r.another(t), r.another(t)}
	var all sync.WaitGroup
	for _, server := range servers {
		all.Go(func() {
			if err := server.service.IssueCertificates(context.Background()); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	newest := uint64(0)
	for _, server := range servers {
		newest = max(newest, server.journal.Applied())
	}
	var numbers []string
	for _, server := range servers {
		if err := server.journal.WaitFor(context.Background(), newest); err != nil {
			t.Fatal(err)
		}
		server.journal.View(func() {
			if n := len(server.state.data.Certificates.Issued); n != 2 {
				t.Errorf("%d certificates, want 2", n)
			}
		})
		numbers = append(numbers, server.certificateOf("aino"), server.certificateOf("bo"))
	}
	slices.Sort(numbers)
	if len(slices.Compact(numbers)) != 2 {
		t.Errorf("the servers differ: %v", numbers)
	}
}

// A number that is taken is drawn again.
func TestNumberIsUnique(t *testing.T) {
	r := newRegion(t)
	r.nearlyDone(t, "aino", "bo")
	r.tenth(t, "aino", "bo")
	drawn := 0
	r.service.newNumber = func(year int) string {
		drawn++
		return numberOf(year, [7]byte{byte(drawn / 3)}) // the same one twice, and then another
	}
	r.issueAll(t)
	if a, b := r.certificateOf("aino"), r.certificateOf("bo"); a == "" || b == "" || a == b {
		t.Errorf("got %q and %q", a, b)
	}
	if drawn < 3 {
		t.Errorf("%d numbers drawn: none was taken", drawn)
	}
}

func TestCertificateNumbers(t *testing.T) {
	number := numberOf(2026, [7]byte{6, 14, 2, 18, 8, 22, 27})
	for _, typed := range []string{number, strings.ToLower(number), " " + strings.ReplaceAll(number, "-", " ") + " ", strings.ReplaceAll(number, "-", ""), strings.ReplaceAll(number, "-", "\u2013")} {
		if got, ok := readNumber(typed); !ok || got != number {
			t.Errorf("%q: got %q, %v", typed, got, ok)
		}
	}
	for _, wrong := range []string{"", "LUO", number[:17], number + "7", "ABC" + number[3:], strings.Replace(number, "2026", "20x6", 1), strings.Replace(number, "2026", "2027", 1), number[:17] + "0", "LUO-2026-ÄÄÄÄ-ÖÖÖÖ"} {
		if got, ok := readNumber(wrong); ok {
			t.Errorf("%q is taken for %q", wrong, got)
		}
	}
	// Every single wrong sign, and every two that changed places, are found.
	places := []int{9, 10, 11, 12, 14, 15, 16, 17}
	for i, place := range places {
		for _, sign := range []byte(numberSigns) {
			other := []byte(number)
			if other[place] = sign; sign != number[place] {
				if _, ok := readNumber(string(other)); ok {
					t.Errorf("%s passes for %s", other, number)
				}
			}
		}
		for _, with := range places[:i] {
			other := []byte(number)
			if other[place], other[with] = other[with], other[place]; other[place] != other[with] {
				if _, ok := readNumber(string(other)); ok {
					t.Errorf("%s passes for %s", other, number)
				}
			}
		}
	}
	for range 1000 {
		drawn := NewCertificateNumber(2026)
		if got, ok := readNumber(drawn); !ok || got != drawn {
			t.Fatalf("%s is drawn and not read", drawn)
		}
	}
}

func TestCreditsOnlyWhenAllowed(t *testing.T) {
	r := newRegion(t)
	r.nearlyDone(t, "aino", "bo")
	r.happen(t, people.PersonAdded{Person: "anna", Org: "school", Language: "fi", Grants: placed("admin", "east"), Credential: "c-anna"})
	r.happen(t, people.PersonAdded{Person: "timo", Org: "town", Language: "fi", Grants: placed("admin", "town"), Credential: "c-timo"})
	r.tenth(t, "aino")
	r.issueAll(t)
	const credits = "/api/organisations/school/credits"
	wantAt(t, r.want(t, 200, "anna", "GET", credits, ""), "ects", false)
	r.want(t, 404, "timo", "PUT", credits, `{"ects":true}`)
	r.want(t, 403, "tove", "PUT", credits, `{"ects":true}`)
	r.want(t, 204, "anna", "PUT", credits, `{"ects":true}`)
	wantAt(t, r.want(t, 200, "anna", "GET", credits, ""), "ects", true)
	r.tenth(t, "bo")
	r.issueAll(t)
	wantAt(t, r.want(t, 200, "aino", "GET", "/api/certificates/"+r.certificateOf("aino"), ""), "credits", 0, "hours", 270) // as it was issued
	wantAt(t, r.want(t, 200, "bo", "GET", "/api/certificates/"+r.certificateOf("bo"), ""), "credits", 10, "hours", 270)
}

func TestRevocationAndCheck(t *testing.T) {
	r := newRegion(t)
	r.nearlyDone(t, "aino", "bo")
	r.tenth(t, "aino", "bo")
	r.issueAll(t)
	number, others := r.certificateOf("aino"), r.certificateOf("bo")
	check := func(text string) string {
		t.Helper()
		status, raw := r.raw(t, "", "GET", "/api/checks/"+text, "")
		if status != 200 {
			t.Fatalf("%s: %d", text, status)
		}
		return string(raw)
	}
	for text, want := range map[string]string{
		number: `{"state":"valid"}`, strings.ToLower(number): `{"state":"valid"}`, "LUO-2026-1111-1111": `{"state":"unknown"}`, "kissa": `{"state":"unknown"}`,
	} {
		if got := check(text); got != want {
			t.Errorf("%s: got %s, want %s", text, got, want)
		}
	}
	for _, path := range []string{"", "/pdf", "/badge"} {
		r.want(t, 404, "bo", "GET", "/api/certificates/"+number+path, "")
		r.want(t, 404, "tove", "GET", "/api/certificates/"+number+path, "")
		r.want(t, 401, "", "GET", "/api/certificates/"+number+path, "")
	}
	const reason = `{"why":"error","reason":"Lähipäivä oli kirjattu väärälle."}`
	revocation := register + "/" + number + "/revocation"
	r.want(t, 404, "viljo", "POST", revocation, reason)
	r.want(t, 403, "aino", "POST", revocation, reason)
	r.want(t, 404, "tove", "POST", "/api/cohorts/k1/certificates/"+number+"/revocation", reason)
	r.want(t, 204, "tove", "POST", revocation, reason)
	wantAt(t, r.want(t, 409, "tove", "POST", revocation, reason), "code", "already_revoked")
	if got := check(number); got != `{"state":"revoked","revoked":"2026-11-20"}` {
		t.Error(got)
	}
	if got := check(others); got != `{"state":"valid"}` {
		t.Error(got)
	}
	wantAt(t, r.want(t, 200, "tove", "GET", register, ""), "count", 1)
	wantAt(t, r.want(t, 200, "", "GET", "/api/badges/revocations", ""), "revokedCredential.0.id", "urn:luotsi:certificate:"+number, "revokedCredential.1", nil)
	wantAt(t, r.want(t, 200, "aino", "GET", "/api/certificates/"+number, ""), "revoked", "2026-11-20")
	r.issueAll(t)
	if r.certificateOf("aino") != number {
		t.Error("another one was issued")
	}
	texts := 0
	r.eachVault(t, func(id string) {
		r.journal.View(func() {
			if slices.Contains(r.state.TextsOf("aino"), id) {
				texts++
			}
		})
	})
	if texts != 1 {
		t.Errorf("%d reasons are known to be about aino, want 1", texts)
	}

	// Who is erased keeps what was earned; nobody can be named on it any more.
	caller := r.caller("bo")
	if err := r.database.Driver.Collection("names").Drop(context.Background()); err != nil {
		t.Fatal(err)
	}
	r.happen(t, people.PersonErased{Person: "bo"})
	if got := check(others); got != `{"state":"valid"}` {
		t.Error(got)
	}
	wantAt(t, r.want(t, 200, "tove", "GET", register, ""), "count", 1)
	if _, err := r.service.Diploma(context.Background(), caller, others); err == nil {
		t.Error("a certificate without a name is made")
	}
}

// TestBadge verifies a badge with nothing but the published key.
func TestBadge(t *testing.T) {
	r := newRegion(t)
	r.nearlyDone(t, "aino")
	r.tenth(t, "aino")
	r.issueAll(t)
	number := r.certificateOf("aino")
	_, badge := r.raw(t, "aino", "GET", "/api/certificates/"+number+"/badge", "")
	_, published := r.raw(t, "", "GET", "/api/badges/key", "")

	var key struct{ Kty, Alg, Kid, N, E, D string }
	if err := json.Unmarshal(published, &key); err != nil {
		t.Fatal(err)
	}
	number64 := func(text string) *big.Int {
		raw, err := base64.RawURLEncoding.DecodeString(text)
		if err != nil {
			t.Fatal(err)
		}
		return new(big.Int).SetBytes(raw)
	}
	public := &rsa.PublicKey{N: number64(key.N), E: int(number64(key.E).Int64())}
	if key.Kty != "RSA" || key.Alg != "RS256" || key.D != "" {
		t.Errorf("the published key is %+v", key)
	}
	verify := func(token string) (jwt.MapClaims, error) {
		claims := jwt.MapClaims{}
		parsed, err := jwt.ParseWithClaims(token, claims, func(tok *jwt.Token) (any, error) {
			if tok.Header["kid"] != key.Kid {
				return nil, fmt.Errorf("kid %v", tok.Header["kid"])
			}
			return public, nil
		}, jwt.WithValidMethods([]string{"RS256"}), jwt.WithTimeFunc(func() time.Time { return noon }))
		if err != nil || !parsed.Valid {
			return nil, fmt.Errorf("not valid: %w", err)
		}
		return claims, nil
	}
	claims, err := verify(string(badge))
	if err != nil {
		t.Fatal(err)
	}
	hash := sha256.Sum256([]byte("aino@example.org" + fmt.Sprint(at(map[string]any(claims), "credentialSubject", "identifier", 0, "salt"))))
	wantAt(t, map[string]any(claims), "type.1", "OpenBadgeCredential", "id", "urn:luotsi:certificate:"+number, "jti", "urn:luotsi:certificate:"+number,
		"issuer.id", "https://luotsi.example/api/badges/issuer", "iss", "https://luotsi.example/api/badges/issuer", "validFrom", "2026-11-19T22:00:00Z",
		"credentialSubject.achievement.achievementType", "Certificate", "credentialSubject.achievement.name", "Työkykykoordinaattori",
		"credentialSubject.achievement.creator.name", "Koulu", "credentialSubject.identifier.0.identityHash", "sha256$"+hex.EncodeToString(hash[:]),
		"credentialStatus.id", "https://luotsi.example/api/badges/revocations", "credentialStatus.type", "1EdTechRevocationList")
	raw, err := json.Marshal(claims)
	if err != nil {
		t.Fatal(err)
	}
	for _, personal := range []string{"Aino", "Ahola", "aino@", `"aino"`} {
		if bytes.Contains(raw, []byte(personal)) {
			t.Errorf("%s is in the badge: %s", personal, raw)
		}
	}
	for i := range badge { // any byte of it
		changed := bytes.Clone(badge)
		if changed[i] == '.' {
			continue
		}
		if changed[i] = 'A'; badge[i] == 'A' {
			changed[i] = 'Q'
		}
		if i == len(badge)-1 {
			continue // its last bits stand for nothing
		}
		if _, err := verify(string(changed)); err == nil {
			t.Fatalf("byte %d can be changed", i)
		}
	}

	r.service.badges = nil
	wantAt(t, r.want(t, 404, "aino", "GET", "/api/certificates/"+number+"/badge", ""), "code", "no_badge")
	wantAt(t, r.want(t, 200, "aino", "GET", "/api/certificates/"+number, ""), "badge", false)
	r.want(t, 404, "", "GET", "/api/badges/key", "")
}

func TestBadgeKeys(t *testing.T) {
	small, err := rsa.GenerateKey(rand.Reader, 1024)
	if err != nil {
		t.Fatal(err)
	}
	weak, err := x509.MarshalPKCS8PrivateKey(small)
	if err != nil {
		t.Fatal(err)
	}
	for name, raw := range map[string][]byte{"nothing": {1}, "1024 bits": weak} {
		if _, err := ReadBadgeKey(raw); err == nil {
			t.Errorf("%s is taken for a key", name)
		}
	}
	if _, err := ReadBadgeKey(badgeKey()); err != nil {
		t.Error(err)
	}
}

// textOf unpacks everything in a PDF and gives it as bytes: its texts are UTF-16, as its fonts are asked for.
func textOf(t *testing.T, file []byte) []byte {
	t.Helper()
	var all []byte
	for part := range bytes.SplitSeq(file, []byte("stream\n")) {
		z, err := zlib.NewReader(bytes.NewReader(part))
		if err != nil {
			continue
		}
		raw, err := io.ReadAll(z)
		if err == nil || len(raw) > 0 {
			all = append(all, raw...)
		}
	}
	return all
}

func wide(text string) []byte {
	var raw []byte
	for _, unit := range utf16.Encode([]rune(text)) {
		raw = append(raw, byte(unit>>8), byte(unit))
	}
	return raw
}

func TestCertificateForPaper(t *testing.T) {
	r := newRegion(t)
	r.nearlyDone(t, "aino", "bo")
	r.tenth(t, "aino", "bo")
	r.issueAll(t)
	for _, test := range []struct {
		person string
		says   []string
	}{
		{"aino", []string{"Todistus", "Aino Ahola", "on suorittanut koulutuksen", "Työkykykoordinaattori", "Osa 3: työkyvyn näkökulma", "hyväksytty aiempi osaaminen", "270", "Koulu, 20.11.2026", "Lähipäiviä 10/10."}},
		{"bo", []string{"Intyg", "Bo Åberg", "Arbetsförmågekoordinator", "Närstudiedagar 10/10."}},
	} {
		number := r.certificateOf(test.person)
		status, file := r.raw(t, test.person, "GET", "/api/certificates/"+number+"/pdf", "")
		if status != 200 || !bytes.HasPrefix(file, []byte("%PDF-")) {
			t.Fatalf("%d %.100s", status, file)
		}
		text := textOf(t, file)
		for _, want := range append(test.says, number, "https://luotsi.example/check/"+number) {
			for word := range strings.FieldsSeq(want) {
				if !bytes.Contains(text, wide(word)) {
					t.Errorf("%s: %q is not on it", test.person, want)
				}
			}
		}
		for _, part := range []string{"/ToUnicode", "/FontFile2", "/Lang"} {
			if !bytes.Contains(file, []byte(part)) {
				t.Errorf("%s is not in the file", part)
			}
		}
		if n := bytes.Count(file, []byte("/Type /Page\n")); n != 1 {
			t.Errorf("%d pages, want 1", n)
		}
		if bytes.Contains(text, wide("opintopiste")) || bytes.Contains(text, wide("studiepoäng")) {
			t.Error("it claims credits")
		}
	}
}
