package web

import (
	"bytes"
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"sync"

	"luotsi/server/fault"
)

// jsonField is a field that a request's JSON may have, or must have.
type jsonField struct {
	name     string
	kind     reflect.Type
	required bool
}

var jsonFields sync.Map // of []jsonField by reflect.Type

// missing is the code of a field that is not there: the validator's, for one that is empty, is the same.
const missing = "required"

// readable reports whether a request can hold a type: texts, numbers, and structs and lists of them. What reads itself, or has
// names that are not known, could not be checked.
func readable(t reflect.Type) bool {
	if reflect.PointerTo(t).Implements(reflect.TypeFor[json.Unmarshaler]()) {
		return false
	}
	switch t.Kind() {
	case reflect.Struct:
		return !slices.ContainsFunc(fieldsOf(t), func(f jsonField) bool { return !readable(f.kind) })
	case reflect.Slice, reflect.Pointer:
		return readable(t.Elem())
	case reflect.String, reflect.Bool, reflect.Int, reflect.Int64, reflect.Float64:
		return true
	default:
		return false
	}
}

func fieldsOf(t reflect.Type) []jsonField {
	if kept, ok := jsonFields.Load(t); ok {
		return kept.([]jsonField)
	}
	var fields []jsonField
	for _, f := range reflect.VisibleFields(t) {
		name, rest, _ := strings.Cut(f.Tag.Get("json"), ",")
		if name == "" || name == "-" {
			continue
		}
		optional := strings.Contains(rest, "omitempty") || strings.Contains(rest, "omitzero")
		fields = append(fields, jsonField{name, f.Type, !optional})
	}
	jsonFields.Store(t, fields)
	return fields
}

// strictly finds what encoding/json lets through, in JSON that it has just read into a value of type t: names in another case,
// names that come twice (of which it takes the last), null (which leaves a zero), and fields that the API description says are
// required but are missing, so that leaving a text out by mistake would empty it. It stops when there are mostWrong of them.
func strictly(body []byte, t reflect.Type) []fault.Field {
	w := &walker{dec: json.NewDecoder(bytes.NewReader(body))}
	w.value(t, "")
	return w.wrong
}

// mostWrong is how many wrong fields are named: a small request could make a great answer of them.
const mostWrong = 50

type walker struct {
	dec   *json.Decoder
	wrong []fault.Field
}

// full reports whether enough is known to be wrong.
func (w *walker) full() bool { return len(w.wrong) >= mostWrong }

func (w *walker) value(t reflect.Type, path string) {
	if t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	token, err := w.dec.Token()
	if err != nil {
		return
	}
	switch token {
	case nil:
		w.wrong = append(w.wrong, fault.Field{Name: path, Code: "wrong_type"})
	case json.Delim('{'):
		w.object(t, path)
	case json.Delim('['):
		for i := 0; !w.full() && w.dec.More(); i++ {
			w.value(t.Elem(), fmt.Sprintf("%s[%d]", path, i))
		}
		if !w.full() {
			_, _ = w.dec.Token() // the bracket
		}
	}
}

func (w *walker) object(t reflect.Type, path string) {
	under := func(name string) string {
		if path == "" {
			return name
		}
		return path + "." + name
	}
	seen := map[string]bool{}
	for !w.full() && w.dec.More() {
		token, err := w.dec.Token()
		name, ok := token.(string)
		if err != nil || !ok {
			return
		}
		known := -1
		fields := fieldsOf(t)
		for i, f := range fields {
			if f.name == name {
				known = i
			}
		}
		if known < 0 || seen[name] {
			w.wrong = append(w.wrong, fault.Field{Name: under(name), Code: "unknown"})
			var skipped json.RawMessage
			_ = w.dec.Decode(&skipped)
			continue
		}
		seen[name] = true
		w.value(fields[known].kind, under(name))
	}
	if w.full() {
		return
	}
	_, _ = w.dec.Token() // the brace
	for _, f := range fieldsOf(t) {
		if f.required && !seen[f.name] {
			w.wrong = append(w.wrong, fault.Field{Name: under(f.name), Code: missing})
		}
	}
}
