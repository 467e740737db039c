package mail

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/url"
	"strconv"
	"time"

	gomail "github.com/wneessen/go-mail"
)

// sendTimeout bounds one conversation with the mail server.
const sendTimeout = 30 * time.Second

// The failures that trying again does not mend.
var (
	errAddress = errors.New("the recipient's address can not be written in a mail")
	errRefused = errors.New("the mail server refuses the recipient")
)

// SMTP sends through a mail server.
type SMTP struct {
	host    string
	from    string
	options []gomail.Option
}

// NewSMTP reads smtp://user:password@host:587 (STARTTLS) or smtps://user:password@host:465. ?from=luotsi@example.fi sets the
// sender, else it is defaultFrom; ?tls=off allows a server without TLS and is meant for one on the same machine.
func NewSMTP(address, defaultFrom string) (*SMTP, error) {
	u, err := url.Parse(address)
	if err != nil {
		return nil, errors.New("the mail server's address is not a URL") // err would repeat the password
	}
	s := &SMTP{host: u.Hostname(), from: defaultFrom, options: []gomail.Option{gomail.WithTimeout(sendTimeout)}}
	if s.host == "" {
		return nil, errors.New("the mail server's address names no host")
	}
	if from := u.Query().Get("from"); from != "" {
		s.from = from
	}
	if err := gomail.NewMsg().From(s.from); err != nil {
		return nil, fmt.Errorf("the sender's address: %w", err)
	}
	port := 587
	tls := u.Query().Get("tls")
	switch {
	case u.Scheme == "smtps" && tls == "":
		port = 465
		s.options = append(s.options, gomail.WithSSL())
	case u.Scheme == "smtp" && tls == "":
		s.options = append(s.options, gomail.WithTLSPolicy(gomail.TLSMandatory))
	case u.Scheme == "smtp" && tls == "off":
		s.options = append(s.options, gomail.WithTLSPolicy(gomail.NoTLS))
	default:
		return nil, errors.New("the mail server's address starts with smtp:// or smtps://; tls may be off with smtp alone")
	}
	if text := u.Port(); text != "" {
		if port, err = strconv.Atoi(text); err != nil {
			return nil, errors.New("the mail server's port is no number")
		}
	}
	s.options = append(s.options, gomail.WithPort(port))
	if user := u.User.Username(); user != "" {
		password, _ := u.User.Password()
		s.options = append(s.options, gomail.WithSMTPAuth(gomail.SMTPAuthAutoDiscover), gomail.WithUsername(user), gomail.WithPassword(password))
	}
	if _, err := gomail.NewClient(s.host, s.options...); err != nil {
		return nil, fmt.Errorf("the mail server's address: %w", err)
	}
	return s, nil
}

// Send gives the message to the mail server. Its errors never hold an address.
func (s *SMTP) Send(ctx context.Context, id string, at time.Time, m Message) error {
	msg, err := compose(s.from, id, at, m)
	if err != nil {
		return err
	}
	client, err := gomail.NewClient(s.host, s.options...)
	if err != nil {
		return errors.New("the mail server's settings are wrong")
	}
	ctx, cancel := context.WithTimeout(ctx, sendTimeout)
	defer cancel()
	return withoutAddress(client.DialAndSendWithContext(ctx, msg))
}

// withoutAddress says what went wrong without what servers like to repeat: the recipient.
func withoutAddress(err error) error {
	var refused *gomail.SendError
	var dial net.Error
	switch {
	case err == nil:
		return nil
	case errors.As(err, &refused) && refused.Reason == gomail.ErrSMTPRcptTo && !refused.IsTemp():
		return fmt.Errorf("%w (code %d)", errRefused, refused.ErrorCode())
	case errors.As(err, &refused):
		return fmt.Errorf("the mail server did not take it: %s (code %d)", refused.Reason, refused.ErrorCode())
	case errors.As(err, &dial):
		return errors.New("the mail server does not answer")
	default:
		return errors.New("the conversation with the mail server failed")
	}
}
