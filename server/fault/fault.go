// Package fault holds the failures that are safe to show: each has a kind, which one place turns into an
// HTTP status, and a code, which the page translates. Any other error is internal and its text stays in the log.
package fault

import (
	"errors"
	"fmt"
	"time"
)

// Kind says what sort of failure it is. The zero Kind is Internal, so a forgotten kind never leaks.
type Kind uint8

// The kinds, in the order of their HTTP statuses.
const (
	Internal        Kind = iota // 500
	Invalid                     // 400: the request can not be understood or a field is wrong
	Unauthenticated             // 401: nobody is signed in, or the session ended
	Forbidden                   // 403: signed in, but not allowed
	NotFound                    // 404: not there, or not to be seen by this person
	Conflict                    // 409: the state does not allow it now
	Gone                        // 410: it was there; a used or expired link
	TooLarge                    // 413
	KeyReused                   // 422: an idempotency key came again with another body
	TooMany                     // 429: slow down
	Unavailable                 // 503: try again, nothing was lost
)

// Field names one wrong field of a request: a JSON or parameter name and a code the page translates.
type Field struct {
	Name string `json:"name"`
	Code string `json:"code"`
	// Limit is what the rule compared with, for example the greatest length; empty when it has none.
	Limit string `json:"limit,omitempty"`
}

// Error is a failure with a code. Compare with errors.Is: two of the same code are the same failure.
type Error struct {
	Kind   Kind
	Code   string // stable, snake_case, translated by the page
	Detail string // English, for developers; never holds personal data
	Fields []Field
	// Info is shown beside the code, for example the times that are free instead. It is encoded as JSON.
	Info       any
	RetryAfter time.Duration
}

// New makes a coded failure; packages keep them as variables.
func New(kind Kind, code, detail string) *Error {
	return &Error{Kind: kind, Code: code, Detail: detail}
}

func (e *Error) Error() string {
	if e.Detail == "" {
		return e.Code
	}
	return e.Code + ": " + e.Detail
}

// Is makes copies made by With and the like equal to the variable they came from.
func (e *Error) Is(target error) bool {
	t, ok := target.(*Error)
	return ok && t.Code == e.Code
}

// With is the same failure with something to show beside it.
func (e *Error) With(info any) *Error {
	c := *e
	c.Info = info
	return &c
}

// Of names the wrong fields of a request.
func (e *Error) Of(fields ...Field) *Error {
	c := *e
	c.Fields = fields
	return &c
}

// Detailed is the same failure with another explanation for developers.
func (e *Error) Detailed(format string, args ...any) *Error {
	c := *e
	c.Detail = fmt.Sprintf(format, args...)
	return &c
}

// As finds the coded failure in a chain of wrapped errors.
func As(err error) (*Error, bool) {
	var e *Error
	ok := errors.As(err, &e)
	return e, ok
}

// ErrInvalid is the failure of a request whose fields are wrong.
var ErrInvalid = New(Invalid, "invalid_request", "the request has wrong fields")

// Bad is ErrInvalid for one field.
func Bad(name, code string) *Error {
	return ErrInvalid.Of(Field{Name: name, Code: code})
}
