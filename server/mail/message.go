// Package mail sends what Luotsi has to say: by SMTP, or into .eml files when no server is set. What goes out is decided by
// commits of the journal: the outbox follows them, claims each message, and writes its text at the moment of sending, so
// that no personal text waits in the database. It owns the collection outbox and its own mark.
package mail

import (
	"bytes"
	"context"
	"fmt"
	"io"
	netmail "net/mail"
	"strings"
	"time"

	gomail "github.com/wneessen/go-mail"

	"luotsi/server/journal"
)

// Message is one mail to one person.
type Message struct {
	Person   string // whose mail it is; empty for somebody without an account
	To       string // address; a message without one is not sent
	ToName   string
	Language string
	Subject  string
	Text     string
	Calendar []byte // an iCalendar object to go with it, or nil
	Method   string // REQUEST or CANCEL: what the calendar asks the reader's calendar to do

	// Write gives the rest of the message, if it is set: what takes time is asked for once, when the message is sent, and not each
	// time when it is to be known for whom there are messages.
	Write func(context.Context) (Message, error)
}

// Written is the whole message.
func (m Message) Written(ctx context.Context) (Message, error) {
	if m.Write == nil {
		return m, nil
	}
	return m.Write(ctx)
}

// Announcer says which mails an event brings about, written from the state and names of this moment. For the same event it
// gives as many messages, in the same order, every time: one that must not go out any more has no To. It is asked outside
// the journal's locks. The calendar and text of a message may differ between two times; who it is for may not.
type Announcer func(ctx context.Context, m journal.Meta, e journal.Event) ([]Message, error)

// Sender brings a message on its way. id is the same each time the same message is sent; at is when what it tells happened.
type Sender interface {
	Send(ctx context.Context, id string, at time.Time, m Message) error
}

// compose makes the MIME form: plain text, and beside it the calendar both as the alternative that calendars look for and
// as a file for readers that know only attachments.
func compose(from, id string, at time.Time, m Message) (*gomail.Msg, error) {
	msg := gomail.NewMsg(gomail.WithNoDefaultUserAgent())
	if err := msg.FromFormat("Luotsi", from); err != nil {
		return nil, fmt.Errorf("sender: %w", err)
	}
	to, err := netmail.ParseAddress("<" + m.To + ">")
	if err != nil {
		return nil, errAddress // the library's text names the address
	}
	// As it is: written into the text that is parsed, a quotation mark or a backslash in it would be syntax. But readers decode what
	// looks like an encoded word even between quotation marks, and a line break or another name could be in it.
	to.Name = strings.ReplaceAll(m.ToName, "=?", "= ?")
	msg.AddToMailAddress(to)
	msg.SetMessageIDWithValue(id)
	msg.SetDateWithValue(at.UTC())
	msg.Subject(m.Subject)
	msg.SetGenHeader(gomail.HeaderContentLang, m.Language)
	msg.SetGenHeader("Auto-Submitted", "auto-generated")
	msg.SetBodyString(gomail.TypeTextPlain, m.Text)
	if m.Calendar != nil {
		kind := gomail.ContentType("text/calendar; method=" + m.Method)
		msg.AddAlternativeString(kind, string(m.Calendar))
		if err := msg.AttachReader("luotsi.ics", bytes.NewReader(m.Calendar), gomail.WithFileContentType("application/ics")); err != nil {
			return nil, fmt.Errorf("attach the calendar: %w", err)
		}
	}
	return msg, nil
}

func write(w io.Writer, msg *gomail.Msg) error {
	_, err := msg.WriteTo(w)
	return err
}
