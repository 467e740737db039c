package people

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io/fs"

	"path/filepath"
	"strings"
	"testing"

	"go.mongodb.org/mongo-driver/bson"

	"luotsi/server/fault"
	"luotsi/server/mail"
)

func kindOf(err error) fault.Kind {
	e, ok := fault.As(err)
	if !ok {
		return fault.Internal
	}
	return e.Kind
}

// everything reads all documents of all collections, as the database has them.
func (f *fixture) everything() []byte {
	f.t.Helper()
	ctx := context.Background()
	names, err := f.Database.Names(ctx)
	if err != nil {
		f.t.Fatal(err)
	}
	var all bytes.Buffer
	for _, name := range names {
		cursor, err := f.Database.Driver.Collection(name).Find(ctx, bson.D{})
		if err != nil {
			f.t.Fatal(err)
		}
		for cursor.Next(ctx) {
			all.WriteString(name + " " + cursor.Current.String() + "\n")
		}
		if err := errors.Join(cursor.Err(), cursor.Close(ctx)); err != nil {
			f.t.Fatal(err)
		}
	}
	return all.Bytes()
}

func TestErasedPersonIsNowhere(t *testing.T) {
	f := newFixture(t)
	ctx := context.Background()
	folder := t.TempDir()
	files := mail.NewFiles(folder, "luotsi@luotsi.example")
	forgotten := 0
	f.Keeps(Keeper{
		Name: "mail",
		Forget: func(_ context.Context, person string, n Name) error {
			forgotten++
			return files.Forget(person, n.Name, n.Email)
		},
	})
	if err := f.Vault.Put(ctx, "text-1", []string{f.doctor}, "Oton oma teksti"); err != nil {
		t.Fatal(err)
	}
	f.Keeps(Keeper{
		Name: "courses",
		Texts: func(person string) []string {
			if person == f.doctor {
				return []string{"text-1"}
			}
			return nil
		},
		Data: func(_ context.Context, person string) (any, error) { return map[string]string{"of": person}, nil },
	})
	if _, err := f.Vault.SaveDraft(ctx, f.doctor, "course.m1", 0, "luonnos"); err != nil {
		t.Fatal(err)
	}
	admin, otto := f.signedInAs("aino@ranta.example", goodPassword), f.signedInAs("otto@ranta.example", goodPassword)
	feedback := otto.want(201, "", "POST", "/api/feedback", map[string]string{"text": "Otto Äyräs kirjoittaa", "page": "/"}).body["id"].(string)
	if err := f.Access.Record(ctx, f.admin, f.doctor, "learner"); err != nil {
		t.Fatal(err)
	}
	for i, m := range []mail.Message{
		{Person: f.doctor, To: "otto@ranta.example", ToName: "Otto Äyräs", Subject: "Hei", Text: "Hei"},
		{Person: f.admin, To: "aino@ranta.example", ToName: "Aino Mäkelä", Subject: "Yhteisvastaanotto", Text: strings.Repeat("pitkä rivi ", 10) + "lääkärinä Otto Äyräs, terveyskeskus"},
		{Person: f.admin, To: "aino@ranta.example", ToName: "Aino Mäkelä", Subject: "Kutsu", Text: "Kutsu", Method: "REQUEST", Calendar: []byte("BEGIN:VCALENDAR\r\nATTENDEE;CN=O\r\n tto Äyräs:mailto:x\r\nEND:VCALENDAR\r\n")},
		{Person: f.admin, To: "aino@ranta.example", ToName: "Aino Mäkelä", Subject: "Muuta", Text: "Ei nimiä."},
		{Person: "", To: "muu@muu.example", Subject: "Muuta", Text: "Terveisin otto@RANTA.example"},
	} {
		if err := files.Send(ctx, string(rune('a'+i)), f.now(), m); err != nil {
			t.Fatal(err)
		}
	}
	data := otto.want(200, "", "GET", "/api/me/data", nil)
	if !strings.Contains(data.raw, "Otto Äyräs kirjoittaa") || !strings.Contains(data.raw, `"what":"learner"`) || !strings.Contains(data.raw, `"courses":{"of":"`+f.doctor) ||
		len(data.body["sessions"].([]any)) != 1 {
		t.Errorf("the download is %s", data.raw)
	}

	fingerprint := f.fingerprint("otto@ranta.example")
	for _, trace := range []string{f.doctor, fingerprint} {
		if !bytes.Contains(f.everything(), []byte(trace)) {
			t.Fatalf("%s is nowhere before", trace)
		}
	}
	admin.want(400, "invalid_request", "POST", "/api/people/"+f.doctor+"/erasure", map[string]string{"confirm": "Aino Mäkelä"})
	people := len(f.State.kept.People)
	admin.key = "erase-1"
	admin.want(204, "", "POST", "/api/people/"+f.doctor+"/erasure", map[string]string{"confirm": "Otto Äyräs"})
	admin.want(204, "", "POST", "/api/people/"+f.doctor+"/erasure", map[string]string{"confirm": "Otto Äyräs"})
	admin.key = ""
	admin.want(404, "not_found", "POST", "/api/people/"+f.doctor+"/erasure", map[string]string{"confirm": "Otto Äyräs"})

	otto.want(401, "signed_out", "GET", "/api/me", nil)
	otto.want(401, "signed_out", "POST", "/api/session/renew", nil)
	f.device().want(401, "sign_in_failed", "POST", "/api/session", signIn("otto@ranta.example", goodPassword))
	admin.want(404, "not_found", "GET", "/api/people/"+f.doctor, nil)
	if a := admin.want(200, "", "GET", "/api/people", nil); a.body["total"] != 1.0 || strings.Contains(a.raw, "Otto") {
		t.Errorf("got %s", a.raw)
	}
	if n := f.Names.Of(f.doctor); n != (Name{}) {
		t.Errorf("the name is %+v", n)
	}
	all := f.everything()
	for _, line := range bytes.Split(all, []byte("\n")) {
		collection, _, _ := bytes.Cut(line, []byte(" "))
		switch string(collection) {
		case "names", "addresses", "credentials", "sessions", "drafts":
			if bytes.Contains(line, []byte(f.doctor)) {
				t.Errorf("left: %s", line)
			}
		}
		if bytes.Contains(line, []byte(fingerprint)) || bytes.Contains(line, []byte("Äyräs")) {
			t.Errorf("left: %s", line)
		}
	}
	for _, id := range []string{"text-1", feedback} {
		if _, err := f.Vault.Get(ctx, id); kindOf(err) != fault.Gone {
			t.Errorf("%s: %v", id, err)
		}
	}
	var mails []string
	err := filepath.WalkDir(folder, func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			mails = append(mails, filepath.Base(path))
		}
		return err
	})
	if err != nil || len(mails) != 1 || !strings.HasSuffix(mails[0], "-d.eml") {
		t.Errorf("mails left: %v (%v)", mails, err)
	}
	if strings.Contains(f.log.String(), "Otto") || strings.Contains(f.log.String(), "ranta.example") {
		t.Errorf("the log names people: %s", f.log.String())
	}

	// What is counted stays counted.
	f.Journal.View(func() {
		if len(f.State.kept.People) != people || len(f.State.kept.Feedback) != 1 {
			t.Errorf("%d people and %d feedbacks are counted", len(f.State.kept.People), len(f.State.kept.Feedback))
		}
	})
	if looks, err := f.Access.Of(ctx, f.doctor); err != nil || len(looks) != 1 {
		t.Errorf("%d looks (%v)", len(looks), err)
	}
	f.consistent()

	// The address is free for somebody new, and erasing again does not touch them.
	a := admin.want(201, "", "POST", "/api/invitations", f.inviting("otto@ranta.example", "Otto Uusi"))
	if err := f.purge(ctx, map[string]bool{f.doctor: true}); err != nil {
		t.Fatal(err)
	}
	if n := f.Names.Of(a.body["id"].(string)); n.Name != "Otto Uusi" || forgotten != 1 {
		t.Errorf("got %+v, forgotten %d times", n, forgotten)
	}
	if owner, err := f.addresses.Get(ctx, fingerprint); err != nil || owner.Person != a.body["id"] {
		t.Errorf("the address is of %+v (%v)", owner, err)
	}
}

// A crash between the commit and the deletions: the next start does them, and the name does not come back.
func TestErasureIsFinishedAtStart(t *testing.T) {
	f := newFixture(t)
	ctx := context.Background()
	name, err := f.Names.docs.Get(ctx, f.doctor)
	if err != nil {
		t.Fatal(err)
	}
	admin := f.signedInAs("aino@ranta.example", goodPassword)
	admin.want(204, "", "POST", "/api/people/"+f.doctor+"/erasure", map[string]string{"confirm": "Otto Äyräs"})
	if err := f.Names.docs.Put(ctx, f.doctor, name); err != nil {
		t.Fatal(err)
	}
	if err := f.addresses.Insert(ctx, f.fingerprint("otto@ranta.example"), addressDoc{Person: f.doctor}); err != nil {
		t.Fatal(err)
	}
	if n := f.Names.Of(f.doctor); n != (Name{}) {
		t.Errorf("the name came back: %+v", n)
	}
	f.Journal.Close()
	again := f.serve(f.Database)
	if n := again.Names.Of(f.doctor); n != (Name{}) {
		t.Errorf("the name came back: %+v", n)
	}
	if n := again.Names.Of(f.admin); n.Name != "Aino Mäkelä" {
		t.Errorf("somebody else's name: %+v", n)
	}
	if bytes.Contains(f.everything(), []byte(f.fingerprint("otto@ranta.example"))) {
		t.Error("the address is left")
	}
	if _, err := f.Names.docs.Get(ctx, f.doctor); err == nil {
		t.Error("the name is left")
	}
}

// What a backup brings back of somebody erased since is erased again, whoever they administer.
func TestErasingAgainAfterABackup(t *testing.T) {
	f := newFixture(t)
	ctx := context.Background()
	for person, want := range map[string]bool{f.stranger: true, "nobody": false} {
		for i, want := range []bool{want, false} {
			if done, err := f.EraseAgain(ctx, person); err != nil || done != want {
				t.Errorf("%s, time %d: got %v (%v)", person, i, done, err)
			}
		}
	}
	if _, err := f.Names.docs.Get(ctx, f.stranger); err == nil {
		t.Error("the name is left")
	}
	f.consistent()
}

// Nothing that names somebody is in the journal or in what snapshots keep.
func TestJournalAndSnapshotsNameNobody(t *testing.T) {
	f := newFixture(t)
	admin := f.signedInAs("aino@ranta.example", goodPassword)
	admin.want(201, "", "POST", "/api/invitations", f.inviting("veera@ranta.example", "Veera Lahti"))
	admin.want(200, "", "PUT", "/api/me/name", map[string]string{"name": "Aino Mäkelä-Salo"})
	kept, err := json.Marshal(f.State.Primary())
	if err != nil {
		t.Fatal(err)
	}
	for _, where := range [][]byte{f.everything(), kept, f.log.Bytes()} {
		for _, name := range []string{"Aino", "Mäkelä", "Veera", "Lahti", "ranta.example", goodPassword} {
			if bytes.Contains(where, []byte(name)) {
				t.Errorf("%s is in %.300s", name, where)
			}
		}
	}
}

func TestNamesFollowOtherServers(t *testing.T) {
	f := newFixture(t)
	second := f.serve(f.Database)
	otto := f.signedInAs("otto@ranta.example", goodPassword)
	if n := second.Names.Of(f.doctor); n.Name != "Otto Äyräs" {
		t.Fatalf("got %+v", n)
	}
	if n := second.Names.Of("nobody"); n != (Name{}) {
		t.Errorf("got %+v", n)
	}
	otto.want(200, "", "PUT", "/api/me/name", map[string]string{"name": "Otto Uusi"})
	second.Names.forget(f.doctor) // what the event does when the second server reads it
	if n := second.Names.Of(f.doctor); n.Name != "Otto Uusi" {
		t.Errorf("got %+v", n)
	}
	second.Names.drop(f.doctor)
	second.Names.forget(f.doctor)
	if n := second.Names.Of(f.doctor); n != (Name{}) {
		t.Errorf("a dropped name came back: %+v", n)
	}
}
