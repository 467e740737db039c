package web

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/url"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/gofiber/fiber/v2"

	"luotsi/server/fault"
)

// The failures of reading a request.
var (
	ErrNotJSON = fault.New(fault.Invalid, "not_json", "the body is not one JSON object")
	ErrType    = fault.New(fault.Invalid, "wrong_content_type", "the body must be application/json")
)

type param struct {
	name  string
	field int
}

// newDecoder reads the tags of a request type once. Path and query parameters may be string, Date, int, int64 or bool.
func newDecoder(t reflect.Type) func(*fiber.Ctx, any) error {
	if t.Kind() != reflect.Struct {
		panic(fmt.Sprintf("web: request type %s is not a struct", t))
	}
	var path, query []param
	hasBody := false
	for i := range t.NumField() {
		f := t.Field(i)
		if name := f.Tag.Get("path"); name != "" {
			path = append(path, param{name, i})
			continue
		}
		if name := f.Tag.Get("query"); name != "" {
			query = append(query, param{name, i})
			continue
		}
		if name := f.Tag.Get("json"); name != "" && name != "-" {
			if !readable(f.Type) {
				panic(fmt.Sprintf("web: %s.%s is of type %s, which can not be read strictly", t, f.Name, f.Type))
			}
			hasBody = true
			continue
		}
		panic(fmt.Sprintf("web: %s.%s has no path, query or json tag", t, f.Name))
	}
	for _, p := range slices.Concat(path, query) {
		if t.Field(p.field).Tag.Get("json") != "-" {
			panic(fmt.Sprintf(`web: %s.%s must also have json:"-"`, t, t.Field(p.field).Name))
		}
	}
	return func(c *fiber.Ctx, target any) error {
		v := reflect.ValueOf(target).Elem()
		var wrong []fault.Field
		known := func(name string) bool {
			return slices.ContainsFunc(query, func(p param) bool { return p.name == name })
		}
		c.Request().URI().QueryArgs().VisitAll(func(key, _ []byte) {
			if name := string(key); !known(name) {
				wrong = append(wrong, fault.Field{Name: name, Code: "unknown"})
			}
		})
		for _, p := range path {
			// Browsers write a colon, among others, as %3A.
			if text, err := url.PathUnescape(c.Params(p.name)); err != nil || !setParam(v.Field(p.field), text) {
				wrong = append(wrong, fault.Field{Name: p.name, Code: "wrong_type"})
			}
		}
		for _, p := range query {
			if text := c.Query(p.name); text != "" && !setParam(v.Field(p.field), text) {
				wrong = append(wrong, fault.Field{Name: p.name, Code: "wrong_type"})
			}
		}
		if hasBody {
			inBody, err := decodeBody(c, target)
			if err != nil {
				return err
			}
			wrong = append(wrong, inBody...)
		}
		if !slices.ContainsFunc(wrong, func(f fault.Field) bool { return f.Code != missing }) { // else there is too little to look at
			named := wrong
			for _, f := range Validate(target) {
				if !slices.ContainsFunc(named, func(n fault.Field) bool { return n.Name == f.Name }) {
					wrong = append(wrong, f)
				}
			}
		}
		if len(wrong) > 0 {
			return fault.ErrInvalid.Of(wrong[:min(len(wrong), mostWrong)]...)
		}
		return nil
	}
}

func setParam(v reflect.Value, text string) bool {
	if !utf8.ValidString(text) {
		return false
	}
	switch v.Kind() {
	case reflect.String:
		v.SetString(text)
	case reflect.Int, reflect.Int64:
		n, err := strconv.ParseInt(text, 10, 64)
		if err != nil {
			return false
		}
		v.SetInt(n)
	case reflect.Bool:
		b, err := strconv.ParseBool(text)
		if err != nil {
			return false
		}
		v.SetBool(b)
	default:
		panic(fmt.Sprintf("web: parameters can not be of type %s", v.Type()))
	}
	return true
}

// decodeBody reads exactly one JSON object with known fields. Wrong fields come back as such, anything else as an error.
func decodeBody(c *fiber.Ctx, target any) ([]fault.Field, error) {
	contentType, _, _ := strings.Cut(c.Get(fiber.HeaderContentType), ";")
	if !strings.EqualFold(strings.TrimSpace(contentType), fiber.MIMEApplicationJSON) {
		return nil, ErrType
	}
	return DecodeJSON(c.BodyRaw(), target) // not Body: it would unpack a compressed one, without any limit
}

// DecodeJSON reads exactly one JSON object into the struct that target points to, refusing unknown and missing fields, null and
// invalid UTF-8. A text that is no JSON object is ErrNotJSON.
func DecodeJSON(body []byte, target any) ([]fault.Field, error) {
	if !utf8.Valid(body) {
		return nil, ErrNotJSON
	}
	if trimmed := bytes.TrimLeft(body, " \t\r\n"); len(trimmed) == 0 || trimmed[0] != '{' {
		return nil, ErrNotJSON
	}
	dec := json.NewDecoder(bytes.NewReader(body))
	dec.DisallowUnknownFields()
	if err := dec.Decode(target); err != nil {
		var wrongType *json.UnmarshalTypeError
		if errors.As(err, &wrongType) {
			return []fault.Field{{Name: wrongType.Field, Code: "wrong_type"}}, nil
		}
		if name, ok := strings.CutPrefix(err.Error(), "json: unknown field "); ok {
			return []fault.Field{{Name: strings.Trim(name, `"`), Code: "unknown"}}, nil
		}
		return nil, ErrNotJSON
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		return nil, ErrNotJSON
	}
	return strictly(body, reflect.TypeOf(target).Elem()), nil
}
