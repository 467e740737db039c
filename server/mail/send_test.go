package mail

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"net"
	netmail "net/mail"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	gomail "github.com/wneessen/go-mail"
)

var sentAt = time.Date(2026, 3, 29, 0, 30, 0, 0, time.UTC)

var withCalendar = Message{
	Person: "otto", To: "otto@ranta.example", ToName: "Otto Äyräs", Language: "fi", Subject: "Yhteisvastaanotto 30.3. – tervetuloa",
	Text: "Hei Otto!\n\nTämä on päätetty.\n", Calendar: []byte("BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nSUMMARY:Yhteisvastaanotto, työkyky\r\nEND:VCALENDAR\r\n"), Method: "REQUEST",
}

// part is a leaf of a mail's tree.
type part struct{ contentType, disposition, text string }

func partsOf(t *testing.T, contentType, disposition, encoding string, body io.Reader) []part {
	t.Helper()
	kind, params, err := mime.ParseMediaType(contentType)
	if err != nil {
		t.Fatal(err)
	}
	if strings.HasPrefix(kind, "multipart/") {
		var all []part
		r := multipart.NewReader(body, params["boundary"])
		for {
			p, err := r.NextPart()
			if errors.Is(err, io.EOF) {
				return all
			}
			if err != nil {
				t.Fatal(err)
			}
			all = append(all, partsOf(t, p.Header.Get("Content-Type"), p.Header.Get("Content-Disposition"), p.Header.Get("Content-Transfer-Encoding"), p)...)
		}
	}
	raw, err := io.ReadAll(body)
	if err != nil {
		t.Fatal(err)
	}
	if encoding == "quoted-printable" { // multipart decodes it; a mail of one part does not
		raw = []byte(readable(raw))
	}
	return []part{{contentType, disposition, string(raw)}}
}

func TestComposedMailIsReadByOthers(t *testing.T) {
	msg, err := compose("luotsi@luotsi.example", "abc.0@luotsi.example", sentAt, withCalendar)
	if err != nil {
		t.Fatal(err)
	}
	var raw bytes.Buffer
	if err := write(&raw, msg); err != nil {
		t.Fatal(err)
	}
	got, err := netmail.ReadMessage(&raw)
	if err != nil {
		t.Fatal(err)
	}
	to, err := got.Header.AddressList("To")
	if err != nil || len(to) != 1 || to[0].Name != "Otto Äyräs" || to[0].Address != "otto@ranta.example" {
		t.Errorf("to %v (%v)", to, err)
	}
	subject, err := new(mime.WordDecoder).DecodeHeader(got.Header.Get("Subject"))
	if err != nil || subject != withCalendar.Subject {
		t.Errorf("the subject is %q (%v)", subject, err)
	}
	date, err := got.Header.Date()
	if err != nil || !date.Equal(sentAt) {
		t.Errorf("the date is %v (%v)", date, err)
	}
	if id := got.Header.Get("Message-ID"); id != "<abc.0@luotsi.example>" {
		t.Errorf("the Message-ID is %s", id)
	}
	if got.Header.Get("Content-Language") != "fi" || got.Header.Get("Auto-Submitted") != "auto-generated" {
		t.Errorf("got %v", got.Header)
	}
	parts := partsOf(t, got.Header.Get("Content-Type"), "", got.Header.Get("Content-Transfer-Encoding"), got.Body)
	if len(parts) != 3 {
		t.Fatalf("got %d parts: %+v", len(parts), parts)
	}
	if kind, _, _ := mime.ParseMediaType(parts[0].contentType); kind != "text/plain" || !strings.Contains(parts[0].text, "Tämä on päätetty.") {
		t.Errorf("the text is %+v", parts[0])
	}
	kind, params, err := mime.ParseMediaType(parts[1].contentType)
	if err != nil || kind != "text/calendar" || params["method"] != "REQUEST" || !strings.EqualFold(params["charset"], "UTF-8") {
		t.Errorf("the calendar's type is %q", parts[1].contentType)
	}
	if !strings.Contains(parts[1].text, "SUMMARY:Yhteisvastaanotto, työkyky") {
		t.Errorf("the calendar is %q", parts[1].text)
	}
	if !strings.Contains(parts[2].disposition, "luotsi.ics") {
		t.Errorf("the file is %+v", parts[2])
	}
}

// A name is only a name: no sign in it may keep its mail from going out, or lead it elsewhere.
func TestAnyNameGetsItsMail(t *testing.T) {
	for _, name := range []string{
		`Matti "Masa" Meikäläinen`, `Eve" <evil@evil.example>, "X`, `" <evil@evil.example> (`, `ends with \`, "O'Hara, Seán (Dr.); x", "x\r\nBcc: evil@evil.example", `\"`,
	} {
		m := withCalendar
		m.ToName = name
		msg, err := compose("luotsi@luotsi.example", "abc.0@luotsi.example", sentAt, m)
		if err != nil {
			t.Errorf("%q: %v", name, err)
			continue
		}
		var raw bytes.Buffer
		if err := write(&raw, msg); err != nil {
			t.Fatal(err)
		}
		got, err := netmail.ReadMessage(&raw)
		if err != nil {
			t.Fatal(err)
		}
		to, err := got.Header.AddressList("To")
		if err != nil || len(to) != 1 || to[0].Name != name || to[0].Address != m.To || got.Header.Get("Bcc") != "" {
			t.Errorf("%q: to %v (%v), bcc %q", name, to, err, got.Header.Get("Bcc"))
		}
	}
}

// Many programs decode encoded words wherever they stand: a name that looks like one stays what was written.
func TestNameIsNoEncodedWord(t *testing.T) {
	m := withCalendar
	m.ToName = "Matti =?utf-8?q?=0D=0ABcc:_evil=40evil.example?= =?=?utf-8?q?x?="
	msg, err := compose("luotsi@luotsi.example", "abc.0@luotsi.example", sentAt, m)
	if err != nil {
		t.Fatal(err)
	}
	var raw bytes.Buffer
	if err := write(&raw, msg); err != nil {
		t.Fatal(err)
	}
	got, err := netmail.ReadMessage(&raw)
	if err != nil {
		t.Fatal(err)
	}
	header := got.Header.Get("To")
	if decoded, err := new(mime.WordDecoder).DecodeHeader(header); err != nil || decoded != header || !strings.Contains(header, m.To) {
		t.Errorf("%q is read as %q (%v)", header, decoded, err)
	}
}

func TestFilesAreOneFolderAPersonAndOneFileAMail(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "mail")
	files := NewFiles(folder, "luotsi@luotsi.example")
	if err := files.Forget("nobody", "x"); err != nil {
		t.Errorf("forgetting before any mail: %v", err)
	}
	ctx := context.Background()
	plain := Message{Person: "aino", To: "aino@ranta.example", ToName: "Aino", Language: "fi", Subject: "Hei", Text: "Hei\n"}
	for range 2 {
		if err := files.Send(ctx, "abc.0@luotsi.example", sentAt, plain); err != nil {
			t.Fatal(err)
		}
	}
	odd := plain
	odd.Person = "../../etc"
	if err := files.Send(ctx, "../abc.1", sentAt, odd); err != nil {
		t.Fatal(err)
	}
	if err := files.Send(ctx, "abc.2", sentAt, Message{Person: "aino", To: "no address"}); !errors.Is(err, errAddress) {
		t.Errorf("got %v", err)
	}
	for name, want := range map[string]int{"aino": 1, others: 1} {
		found, err := os.ReadDir(filepath.Join(folder, name))
		if err != nil || len(found) != want {
			t.Errorf("%s: %v (%v)", name, found, err)
		}
	}
	if err := files.Forget("aino", "Aino", "aino@ranta.example"); err != nil {
		t.Fatal(err)
	}
	err := filepath.WalkDir(folder, func(path string, d os.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			t.Errorf("left: %s", path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestNewSMTPReadsItsAddress(t *testing.T) {
	for address, ok := range map[string]bool{
		"smtp://mail.example":                           true,
		"smtp://user:secret@mail.example:2525":          true,
		"smtps://user:secret@mail.example":              true,
		"smtp://localhost:25?tls=off":                   true,
		"smtp://mail.example?from=luotsi@kunta.example": true,
		"smtp://mail.example?from=luotsi":               false,
		"smtps://mail.example?tls=off":                  false,
		"smtp://mail.example?tls=maybe":                 false,
		"http://mail.example":                           false,
		"mail.example":                                  false,
		"smtp://":                                       false,
		"smtp://user:secret@mail.example:99999":         false,
		"smtp://user:secret@mail.example:port":          false,
		"":                                              false,
	} {
		s, err := NewSMTP(address, "luotsi@luotsi.example")
		if (err == nil) != ok {
			t.Errorf("%s: %v", address, err)
		}
		if err != nil && strings.Contains(err.Error(), "secret") {
			t.Errorf("the error tells the password: %v", err)
		}
		if strings.Contains(address, "kunta") && err == nil && s.from != "luotsi@kunta.example" {
			t.Errorf("%s: from %s", address, s.from)
		}
	}
}

// smtpServer speaks as much SMTP as one client needs; it answers RCPT with rcpt.
type smtpServer struct {
	address string
	mu      sync.Mutex
	rcpt    string
	conns   []net.Conn
	data    []string
}

func newSMTPServer(t *testing.T) *smtpServer {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s := &smtpServer{address: l.Addr().String(), rcpt: "250 OK"}
	var all sync.WaitGroup
	all.Go(func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			s.mu.Lock()
			s.conns = append(s.conns, conn)
			s.mu.Unlock()
			all.Go(func() { s.serve(conn) })
		}
	})
	t.Cleanup(func() {
		if err := l.Close(); err != nil {
			t.Error(err)
		}
		s.mu.Lock()
		for _, conn := range s.conns {
			conn.Close() // a client that failed may have left it open
		}
		s.mu.Unlock()
		all.Wait()
	})
	return s
}

func (s *smtpServer) serve(conn net.Conn) {
	defer conn.Close()
	in := bufio.NewReader(conn)
	say := func(line string) { fmt.Fprintf(conn, "%s\r\n", line) }
	say("220 test")
	for {
		line, err := in.ReadString('\n')
		if err != nil {
			return
		}
		switch verb := strings.ToUpper(strings.Fields(line + " x")[0]); verb {
		case "RCPT":
			s.mu.Lock()
			say(s.rcpt)
			s.mu.Unlock()
		case "DATA":
			say("354 go on")
			var text strings.Builder
			for {
				line, err := in.ReadString('\n')
				if err != nil || line == ".\r\n" {
					break
				}
				text.WriteString(line)
			}
			s.mu.Lock()
			s.data = append(s.data, text.String())
			s.mu.Unlock()
			say("250 OK")
		case "QUIT":
			say("221 bye")
			return
		default:
			say("250 OK")
		}
	}
}

func (s *smtpServer) answer(rcpt string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.rcpt = rcpt
}

func TestSMTPSends(t *testing.T) {
	server := newSMTPServer(t)
	sender, err := NewSMTP("smtp://"+server.address+"?tls=off", "luotsi@luotsi.example")
	if err != nil {
		t.Fatal(err)
	}
	ctx := context.Background()
	if err := sender.Send(ctx, "abc.0@luotsi.example", sentAt, withCalendar); err != nil {
		t.Fatal(err)
	}
	if len(server.data) != 1 || !strings.Contains(server.data[0], "Message-ID: <abc.0@luotsi.example>") || !strings.Contains(server.data[0], "method=REQUEST") {
		t.Fatalf("the server got %v", server.data)
	}
	for _, test := range []struct {
		name, rcpt string
		refused    bool
	}{
		{"unknown recipient", "550 5.1.1 <otto@ranta.example>: unknown", true},
		{"full mailbox", "452 4.2.2 <otto@ranta.example>: mailbox full", false},
	} {
		server.answer(test.rcpt)
		err := sender.Send(ctx, "abc.1", sentAt, withCalendar)
		if err == nil || errors.Is(err, errRefused) != test.refused || strings.Contains(err.Error(), "ranta") {
			t.Errorf("%s: %v", test.name, err)
		}
	}
	// A server without TLS is not talked to unless that was allowed.
	strict, err := NewSMTP("smtp://"+server.address, "luotsi@luotsi.example")
	if err != nil {
		t.Fatal(err)
	}
	server.answer("250 OK")
	if err := strict.Send(ctx, "abc.2", sentAt, withCalendar); err == nil {
		t.Error("sent without TLS")
	}
	gone, err := NewSMTP("smtp://127.0.0.1:1?tls=off", "luotsi@luotsi.example")
	if err != nil {
		t.Fatal(err)
	}
	if err := gone.Send(ctx, "abc.3", sentAt, withCalendar); err == nil || strings.Contains(err.Error(), "ranta") {
		t.Errorf("got %v", err)
	}
}

func TestErrorsNameNobody(t *testing.T) {
	for _, err := range []error{
		&gomail.SendError{Reason: gomail.ErrSMTPMailFrom}, errors.New("dial otto@ranta.example"), &net.DNSError{Name: "otto@ranta.example"},
	} {
		if got := withoutAddress(err); got == nil || strings.Contains(got.Error(), "ranta") {
			t.Errorf("got %v", got)
		}
	}
}

// Every text is there in every language, with all that it has to say, in short lines.
func TestTexts(t *testing.T) {
	const link, name = "https://luotsi.example/x/abc", "Aino Mäkelä"
	until := time.Date(2026, 3, 9, 8, 5, 0, 0, time.UTC)
	moments := map[string]string{"fi": "9.3.2026 klo 10.05", "sv": "9.3.2026 kl. 10.05", "en": "9 March 2026 at 10:05"}
	subjects := map[string]bool{}
	for language, moment := range moments {
		for kind, words := range map[string]Words{
			"invitation": Invitation(language, name, "Rantakunta", link, until),
			"reset":      PasswordReset(language, name, link, until),
			"changed":    PasswordChanged(language, name, link, until),
			"signed out": SignedOutEverywhere(language, name, link, until),
		} {
			if !strings.Contains(words.Text, moment) || !strings.Contains(words.Text, "\n"+link+"\n") || !strings.Contains(words.Text, name) ||
				!strings.HasSuffix(words.Text, Signature(language)) || strings.Contains(words.Text, "%!") {
				t.Errorf("%s in %s:\n%s", kind, language, words.Text)
			}
			for line := range strings.Lines(words.Text) {
				if len([]rune(line)) > 80 {
					t.Errorf("%s in %s has a long line: %s", kind, language, line)
				}
			}
			if subjects[words.Subject] {
				t.Errorf("the subject %q twice", words.Subject)
			}
			subjects[words.Subject] = true
		}
		answer := FeedbackAnswered(language, "", "100 % hyvä", "kiitos")
		if strings.Contains(answer.Text, "%!") || !strings.Contains(answer.Text, "100 % hyvä") || strings.HasPrefix(answer.Text, "He") {
			t.Errorf("the answer in %s:\n%s", language, answer.Text)
		}
	}
}
