package library

import (
	"bytes"
	"errors"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"

	"luotsi/courses"
)

// source is one file: its front matter, read by the methods of fields, and its Markdown.
type source struct {
	file   string
	head   ast.Node
	body   []byte
	bodyAt int // the line of the file where the body starts
	broken bool
}

const fence = "---\n"

// split parts a file into front matter and body; false when it can not, which is then a mistake.
func (l *loader) split(file string, text []byte) (source, bool) {
	if !utf8.Valid(text) {
		l.mistake(file, 0, "not UTF-8")
		return source{}, false
	}
	text = bytes.ReplaceAll(text, []byte("\r\n"), []byte("\n"))
	rest, ok := bytes.CutPrefix(text, []byte(fence))
	if !ok {
		l.mistake(file, 1, "the file must start with front matter: a line ---")
		return source{}, false
	}
	head, body, ok := bytes.Cut(append([]byte("\n"), rest...), []byte("\n"+fence))
	if !ok {
		l.mistake(file, 1, "the front matter has no end: a line ---")
		return source{}, false
	}
	// head still starts with the line break put before it, in the place of the first fence: its lines are those of the file.
	tree, err := parser.ParseBytes(head, 0)
	if err != nil {
		line, reason := 1, err.Error()
		var at yaml.Error
		if errors.As(err, &at) {
			reason = at.GetMessage()
			if tk := at.GetToken(); tk != nil && tk.Position != nil {
				line = tk.Position.Line
			}
		}
		l.mistake(file, line, "the front matter is not YAML: %s", reason)
		return source{}, false
	}
	if len(tree.Docs) != 1 || tree.Docs[0].Body == nil {
		l.mistake(file, 1, "the front matter is empty")
		return source{}, false
	}
	return source{file: file, head: tree.Docs[0].Body, body: body, bodyAt: bytes.Count(head, []byte("\n")) + 3}, true
}

// fields reads one mapping of a front matter. Every reading method reports what is wrong and gives the zero value then.
type fields struct {
	l      *loader
	file   string
	line   int
	values map[string]ast.Node
}

// mapping opens a mapping that may have only these keys.
func (l *loader) mapping(file string, node ast.Node, what string, keys ...string) fields {
	f := fields{l: l, file: file, line: lineOf(node), values: map[string]ast.Node{}}
	m, ok := node.(*ast.MappingNode)
	if !ok {
		l.mistake(file, f.line, "%s must be a mapping of %s", what, strings.Join(keys, ", "))
		return f
	}
	for _, pair := range m.Values {
		// The parser already refused keys that stand twice.
		key, ok := pair.Key.(*ast.StringNode)
		if !ok || !slices.Contains(keys, key.Value) {
			l.mistake(file, lineOf(pair.Key), "%s has no key %q; it takes %s", what, pair.Key.String(), strings.Join(keys, ", "))
			continue
		}
		f.values[key.Value] = pair.Value
	}
	return f
}

func lineOf(node ast.Node) int {
	if node == nil {
		return 1
	}
	if m, ok := node.(*ast.MappingNode); ok && len(m.Values) > 0 {
		node = m.Values[0].Key // a mapping's own token is its first colon
	}
	if tk := node.GetToken(); tk != nil && tk.Position != nil {
		return tk.Position.Line
	}
	return 1
}

// lineFor is where a key's value stands, or the mapping when the key is missing.
func (f fields) lineFor(key string) int {
	if node, ok := f.values[key]; ok {
		return lineOf(node)
	}
	return f.line
}

func (f fields) mistake(key, format string, args ...any) {
	f.l.mistake(f.file, f.lineFor(key), format, args...)
}

func (f fields) required(key string) (ast.Node, bool) {
	node, ok := f.values[key]
	if _, null := node.(*ast.NullNode); !ok || null {
		f.mistake(key, "%s is missing", key)
		return nil, false
	}
	return node, true
}

// text reads a required, non-blank text.
func (f fields) text(key string) string {
	node, ok := f.required(key)
	if !ok {
		return ""
	}
	s, ok := textOf(node)
	if !ok {
		f.mistake(key, "%s must be a text; put it in quotes", key)
		return ""
	}
	if s = strings.TrimSpace(s); s == "" {
		f.mistake(key, "%s is empty", key)
	}
	return s
}

func textOf(node ast.Node) (string, bool) {
	switch n := node.(type) {
	case *ast.StringNode:
		return n.Value, true
	case *ast.LiteralNode:
		return n.Value.Value, true
	}
	return "", false
}

var idForm = regexp.MustCompile(`^[a-z0-9][a-z0-9-]{0,63}$`)

// id reads a required id: small letters, digits and hyphens.
func (f fields) id() string {
	s := f.text("id")
	if s != "" && !idForm.MatchString(s) {
		f.mistake("id", "id %q must be 1 to 64 small letters, digits and hyphens", s)
	}
	return s
}

// number reads a required whole number between least and most.
func (f fields) number(key string, least, most int) int {
	node, ok := f.required(key)
	if !ok {
		return 0
	}
	if n, isNumber := node.(*ast.IntegerNode); isNumber {
		if v, fits := n.Value.(uint64); fits && v >= uint64(least) && v <= uint64(most) {
			return int(v)
		}
	}
	f.mistake(key, "%s must be a whole number from %d to %d", key, least, most)
	return 0
}

// optionalNumber reads a whole number that may be left out, and is 0 then.
func (f fields) optionalNumber(key string, least, most int) int {
	if _, there := f.values[key]; !there {
		return 0
	}
	return f.number(key, least, most)
}

// optionalText reads a text that may be left out, and is "" then.
func (f fields) optionalText(key string) string {
	if _, there := f.values[key]; !there {
		return ""
	}
	return f.text(key)
}

// moment reads a day that may be left out: 2026-11-21, or start+14 for the fourteenth day after a cohort's first.
func (f fields) moment(key string) courses.Moment {
	s := f.optionalText(key)
	if s == "" {
		return courses.Moment{}
	}
	if offset, relative := strings.CutPrefix(s, "start+"); relative {
		if n, err := strconv.Atoi(offset); err == nil && n >= 0 && n <= mostOffset {
			return courses.Moment{Offset: &n}
		}
	} else if _, err := time.Parse(time.DateOnly, s); err == nil {
		return courses.Moment{Day: s}
	}
	f.mistake(key, "%s must be a day like 2026-11-21, or start+14", key)
	return courses.Moment{}
}

// yes reads a true or false that may be left out.
func (f fields) yes(key string) bool {
	node, ok := f.values[key]
	if !ok {
		return false
	}
	b, ok := node.(*ast.BoolNode)
	if !ok {
		f.mistake(key, "%s must be true or false", key)
		return false
	}
	return b.Value
}

// day reads a required calendar day.
func (f fields) day(key string) string {
	s := f.text(key)
	if s == "" {
		return ""
	}
	if _, err := time.Parse(time.DateOnly, s); err != nil {
		f.mistake(key, "%s must be a day like 2026-11-21", key)
	}
	return s
}

// list reads a required list with at least one entry.
func (f fields) list(key string) []ast.Node {
	node, ok := f.required(key)
	if !ok {
		return nil
	}
	s, ok := node.(*ast.SequenceNode)
	if !ok || len(s.Values) == 0 {
		f.mistake(key, "%s must be a list with at least one entry", key)
		return nil
	}
	return s.Values
}

// texts reads a required list of non-blank texts.
func (f fields) texts(key string) []string {
	var all []string
	for _, node := range f.list(key) {
		s, ok := textOf(node)
		if s = strings.TrimSpace(s); !ok || s == "" {
			f.l.mistake(f.file, lineOf(node), "%s must hold texts; put each in quotes", key)
			continue
		}
		all = append(all, s)
	}
	return all
}
