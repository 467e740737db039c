package web

import (
	"errors"
	"reflect"
	"regexp"
	"strings"
	"time"
	"unicode"

	"github.com/go-playground/validator/v10"

	"luotsi/server/fault"
)

// rules is the one validator: building it is slow and it is safe for concurrent use.
var rules = newRules()

var idForm = regexp.MustCompile(`^[A-Za-z0-9_-]{1,64}$`)

// newRules adds the formats of this domain: id, date (2026-11-21), clock (08:15), language (fi, sv, en), line (one line, no
// control characters, none that turn the direction of writing) and text (no control characters but line breaks).
// An identity code in a line or a text is refused.
func newRules() *validator.Validate {
	v := validator.New(validator.WithRequiredStructEnabled())
	v.RegisterTagNameFunc(func(f reflect.StructField) string {
		for _, tag := range []string{"path", "query", "json"} {
			if name, _, _ := strings.Cut(f.Tag.Get(tag), ","); name != "" && name != "-" {
				return name
			}
		}
		return f.Name
	})
	add := func(tag string, ok func(string) bool) {
		err := v.RegisterValidation(tag, func(f validator.FieldLevel) bool { return ok(f.Field().String()) })
		if err != nil {
			panic(err)
		}
	}
	add("id", idForm.MatchString)
	add("date", func(s string) bool { _, err := time.Parse(time.DateOnly, s); return err == nil })
	add("clock", func(s string) bool { _, err := time.Parse("15:04", s); return err == nil && len(s) == 5 })
	add("language", func(s string) bool { return s == "fi" || s == "sv" || s == "en" })
	add("line", func(s string) bool {
		return !strings.ContainsFunc(s, func(r rune) bool { return unicode.In(r, unicode.Cc, unicode.Zl, unicode.Zp, unicode.Bidi_Control) })
	})
	add("text", func(s string) bool {
		return !strings.ContainsFunc(s, func(r rune) bool { return unicode.IsControl(r) && r != '\n' && r != '\t' && r != '\r' })
	})
	add("no_identity_code", func(s string) bool { return !HasIdentityCode(s) })
	return v
}

// Validate checks the `validate` tags of a struct and names every wrong field, by its path in the request.
func Validate(target any) []fault.Field {
	err := rules.Struct(target)
	var wrong validator.ValidationErrors
	if !errors.As(err, &wrong) {
		return nil
	}
	fields := make([]fault.Field, 0, len(wrong))
	for _, w := range wrong {
		_, name, _ := strings.Cut(w.Namespace(), ".")
		fields = append(fields, fault.Field{Name: name, Code: w.Tag(), Limit: w.Param()})
	}
	return fields
}

// Blank reports whether there is nothing to see in a text: it is empty, or of spaces and invisible characters alone.
func Blank(text string) bool {
	return !strings.ContainsFunc(text, func(r rune) bool { return unicode.IsGraphic(r) && !unicode.IsSpace(r) })
}
