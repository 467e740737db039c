package web_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"github.com/gofiber/fiber/v2"

	"luotsi/server/auth"
	"luotsi/server/fault"
	"luotsi/server/web"
)

type wish struct {
	Person string   `path:"person" json:"-" validate:"id"`
	Days   int      `query:"days" json:"-" validate:"max=92"`
	Name   string   `json:"name" validate:"required,line,no_identity_code,max=10"`
	Date   web.Date `json:"date" validate:"date"`
	Tags   []tag    `json:"tags" validate:"max=2,dive"`
}

type tag struct {
	ID string `json:"id" validate:"id"`
}

type echo struct {
	Wish string   `json:"wish"`
	Tags []string `json:"tags"`
}

// newApp answers failures as `status code field:code …`, so that tests compare one line.
func newApp() (*fiber.App, *web.Router) {
	app := fiber.New(fiber.Config{Immutable: true, ErrorHandler: func(c *fiber.Ctx, err error) error {
		f, ok := fault.As(err)
		if !ok {
			return c.Status(500).SendString(err.Error())
		}
		text := f.Code
		for _, field := range f.Fields {
			text += " " + field.Name + ":" + field.Code
		}
		return c.Status(400).SendString(text)
	}})
	router := web.NewRouter(app, func(c *fiber.Ctx) (auth.Caller, error) {
		if c.Get("Who") == "" {
			return auth.Caller{}, auth.ErrTokenMissing
		}
		role := auth.Role(c.Get("Who"))
		return auth.Caller{Identity: auth.Identity{Person: "p1", Grants: []auth.Grant{{Role: role, Unit: "u", Org: "o"}}}}, nil
	}, auth.HashSecret)
	route := web.Route{Method: "POST", Path: "/api/wishes/:person", ID: "wish", Summary: "Wish", Tag: "test", Access: auth.Only(auth.Doctor), Status: 201}
	web.Handle(router, route, func(_ context.Context, c auth.Caller, w wish) (echo, error) {
		return echo{fmt.Sprintf("%s/%s/%d/%s", c.Key.ID, w.Person, w.Days, w.Name), []string{}}, nil
	})
	return app, router
}

func send(t testing.TB, app *fiber.App, target, body string, headers ...string) string {
	t.Helper()
	r := httptest.NewRequest("POST", target, strings.NewReader(body))
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Who", "doctor")
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	res, err := app.Test(r, -1)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	text, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return fmt.Sprint(res.StatusCode, " ", string(text))
}

func TestHandleDecodesStrictly(t *testing.T) {
	app, _ := newApp()
	const good = `{"name":"Aino","date":"2026-11-21","tags":[]}`
	cases := []struct {
		name, target, body string
		headers            []string
		want               string
	}{
		{"good", "/api/wishes/p1?days=3", good, []string{"Idempotency-Key", "k-1"}, `201 {"wish":"k-1/p1/3/Aino","tags":[]}`},
		{"nobody signed in", "/api/wishes/p1", good, []string{"Who", ""}, "400 signed_out"},
		{"another role", "/api/wishes/p1", good, []string{"Who", "trainee"}, "400 forbidden"},
		{"unknown field", "/api/wishes/p1", `{"name":"A","date":"2026-11-21","tags":[],"admin":true}`, nil, "400 invalid_request admin:unknown"},
		{"unknown parameter", "/api/wishes/p1?admin=1", good, nil, "400 invalid_request admin:unknown"},
		{"wrong type", "/api/wishes/p1", `{"name":7,"date":"2026-11-21","tags":[]}`, nil, "400 invalid_request name:wrong_type"},
		{"wrong type of a parameter", "/api/wishes/p1?days=many", good, nil, "400 invalid_request days:wrong_type"},
		{"too much", "/api/wishes/p1?days=93", good, nil, "400 invalid_request days:max"},
		{"several wrong", "/api/wishes/p1", `{"name":"a name too long","date":"21.11.2026","tags":[{"id":"a b"}]}`, nil, "400 invalid_request name:max date:date tags[0].id:id"},
		{"empty", "/api/wishes/p1", `{"name":"","date":"2026-11-21","tags":[]}`, nil, "400 invalid_request name:required"},
		{"missing, also where empty would do", "/api/wishes/p1", `{"date":"21.11.2026"}`, nil, "400 invalid_request name:required tags:required date:date"},
		{"missing in a list", "/api/wishes/p1", `{"name":"A","date":"2026-11-21","tags":[{"id":"x"},{}]}`, nil, "400 invalid_request tags[1].id:required"},
		{"null", "/api/wishes/p1", `{"name":"A","date":"2026-11-21","tags":null}`, nil, "400 invalid_request tags:wrong_type"},
		{"null in a list", "/api/wishes/p1", `{"name":"A","date":"2026-11-21","tags":[null]}`, nil, "400 invalid_request tags[0]:wrong_type"},
		{"a name in another case", "/api/wishes/p1", `{"Name":"A","date":"2026-11-21","tags":[{"ID":"x"}]}`, nil, "400 invalid_request Name:unknown tags[0].ID:unknown tags[0].id:required name:required"},
		{"a name twice", "/api/wishes/p1", `{"name":"A","date":"2026-11-21","tags":[],"name":"B"}`, nil, "400 invalid_request name:unknown"},
		{"control character", "/api/wishes/p1", `{"name":"a\nb","date":"2026-11-21","tags":[]}`, nil, "400 invalid_request name:line"},
		{"a line break of Unicode", "/api/wishes/p1", `{"name":"a\u2028b","date":"2026-11-21","tags":[]}`, nil, "400 invalid_request name:line"},
		{"writing turned around", "/api/wishes/p1", `{"name":"a\u202egnp","date":"2026-11-21","tags":[]}`, nil, "400 invalid_request name:line"},
		{"bad id in the path", "/api/wishes/p%201", good, nil, "400 invalid_request person:id"},
		{"an array", "/api/wishes/p1", `[1]`, nil, "400 not_json"},
		{"two objects", "/api/wishes/p1", good + good, nil, "400 not_json"},
		{"nothing", "/api/wishes/p1", ``, nil, "400 not_json"},
		{"no UTF-8", "/api/wishes/p1", "{\"name\":\"\xff\",\"date\":\"2026-11-21\",\"tags\":[]}", nil, "400 not_json"},
		{"a form", "/api/wishes/p1", "name=A", []string{"Content-Type", "application/x-www-form-urlencoded"}, "400 wrong_content_type"},
		{"an odd key", "/api/wishes/p1", good, []string{"Idempotency-Key", "a b"}, "400 idempotency_key_invalid"},
		{"a long key", "/api/wishes/p1", good, []string{"Idempotency-Key", strings.Repeat("k", 65)}, "400 idempotency_key_invalid"},
	}
	for _, c := range cases {
		if got := send(t, app, c.target, c.body, c.headers...); got != c.want {
			t.Errorf("%s: got %s, want %s", c.name, got, c.want)
		}
	}
}

// A megabyte of empty objects would be fifty of wrong fields.
func TestAnswerNamesSoManyWrongFields(t *testing.T) {
	app, _ := newApp()
	for _, tags := range []string{strings.Repeat("{},", 100_000) + "{}", strings.Repeat("null,", 100_000) + "null", `{"id":"x"` + strings.Repeat(`,"id":"y"`, 100_000) + "}"} {
		got := send(t, app, "/api/wishes/p1", `{"name":"A","date":"2026-11-21","tags":[`+tags+`]}`)
		if n := strings.Count(got, ":"); n != 50 || !strings.HasPrefix(got, "400 invalid_request tags[0]") {
			t.Errorf("%.12s…: %d wrong fields in %d bytes", tags, n, len(got))
		}
	}
}

// A few hundred kilobytes of gzip can be a gigabyte: a compressed body is never unpacked, whoever sends it.
func TestCompressedBodyIsNotUnpacked(t *testing.T) {
	app, _ := newApp()
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	if _, err := z.Write([]byte(`{"name":"Aino","date":"2026-11-21","tags":[]}`)); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	if got := send(t, app, "/api/wishes/p1", packed.String(), "Content-Encoding", "gzip", "Idempotency-Key", "k-1"); got != "400 not_json" {
		t.Errorf("got %s, want 400 not_json", got)
	}
}

func TestTypeThatCanNotBeReadDoesNotStart(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("a request with names that nobody knows was mounted")
		}
	}()
	_, router := newApp()
	type loose struct {
		Any map[string]string `json:"any"`
	}
	web.Handle(router, web.Route{Method: "POST", Path: "/loose", Access: auth.Anyone()}, func(context.Context, auth.Caller, loose) (web.None, error) { return web.None{}, nil })
}

func TestKeyCoversMethodAddressAndBody(t *testing.T) {
	keys := map[string]string{}
	app := fiber.New(fiber.Config{Immutable: true})
	router := web.NewRouter(app, func(*fiber.Ctx) (auth.Caller, error) { return auth.Caller{}, nil }, auth.HashSecret)
	for _, path := range []string{"/a", "/b"} {
		web.Handle(router, web.Route{Method: "POST", Path: path, ID: path, Access: auth.Anyone()}, func(_ context.Context, c auth.Caller, w struct {
			Name string `json:"name"`
		}) (web.None, error) {
			keys[path+w.Name] = c.Key.Request
			return web.None{}, nil
		})
		for _, name := range []string{"x", "y"} {
			if got := send(t, app, path, `{"name":"`+name+`"}`, "Idempotency-Key", "same"); got != "204 " {
				t.Fatal(got)
			}
		}
	}
	seen := map[string]bool{}
	for _, k := range keys {
		seen[k] = true
	}
	if len(seen) != 4 {
		t.Errorf("%d different request hashes, want 4", len(seen))
	}
}

func TestRouteWithoutARuleDoesNotStart(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("a route without access was mounted")
		}
	}()
	_, router := newApp()
	web.Handle(router, web.Route{Method: "GET", Path: "/open"}, func(context.Context, auth.Caller, web.None) (web.None, error) { return web.None{}, nil })
}

func TestOpenAPIDescribesWhatTheDecoderObeys(t *testing.T) {
	_, router := newApp()
	text, err := web.OpenAPI(router.Routes(), func(fault.Kind) int { return http.StatusConflict })
	if err != nil {
		t.Fatal(err)
	}
	var doc struct {
		OpenAPI    string
		Paths      map[string]map[string]struct{ OperationID string }
		Components struct {
			Schemas map[string]struct {
				Required   []string
				Properties map[string]struct {
					Type      any
					MaxLength int
					MaxItems  int
					Format    string
				}
			}
		}
	}
	if err := json.Unmarshal(text, &doc); err != nil {
		t.Fatal(err)
	}
	if doc.OpenAPI != "3.1.0" || doc.Paths["/api/wishes/{person}"]["post"].OperationID != "wish" {
		t.Errorf("got version %s and paths %v", doc.OpenAPI, doc.Paths)
	}
	w := doc.Components.Schemas["WebTestWish"]
	if len(w.Properties) != 3 || w.Properties["name"].MaxLength != 10 || w.Properties["date"].Format != "date" || w.Properties["tags"].MaxItems != 2 || w.Properties["tags"].Type != "array" {
		t.Errorf("got %+v; want name up to 10, a date, at most 2 tags", w.Properties)
	}
	if strings.Join(w.Required, " ") != "name date tags" {
		t.Errorf("got required %v, want all three", w.Required)
	}
}

func TestOpenAPISaysWhatEveryCallMayMeet(t *testing.T) {
	_, router := newApp()
	type search struct {
		Unit string `query:"unit" json:"-" validate:"required,id"`
		Text string `query:"text" json:"-" validate:"max=10"`
	}
	web.Handle(router, web.Route{Method: "GET", Path: "/api/wishes", ID: "wishes", Access: auth.Anyone()}, func(context.Context, auth.Caller, search) (echo, error) { return echo{}, nil })
	text, err := web.OpenAPI(router.Routes(), func(fault.Kind) int { return http.StatusConflict })
	if err != nil {
		t.Fatal(err)
	}
	var doc struct {
		Paths map[string]map[string]struct {
			Parameters []struct {
				Name     string
				Required bool
			}
			Responses map[string]any
		}
	}
	if err := json.Unmarshal(text, &doc); err != nil {
		t.Fatal(err)
	}
	get, post := doc.Paths["/api/wishes"]["get"], doc.Paths["/api/wishes/{person}"]["post"]
	if got := fmt.Sprint(get.Parameters); got != "[{unit true} {text false}]" {
		t.Errorf("got the parameters %s, want unit alone required", got)
	}
	if got := fmt.Sprint(slices.Sorted(maps.Keys(get.Responses))); got != "[200 400 503]" {
		t.Errorf("got the answers %s of a read", got)
	}
	if got := fmt.Sprint(slices.Sorted(maps.Keys(post.Responses))); got != "[201 400 401 403 413 422 429 503]" {
		t.Errorf("got the answers %s of a write", got)
	}
}

func FuzzDecodeJSON(f *testing.F) {
	for _, seed := range []string{`{"name":"Aino","date":"2026-11-21","tags":[{"id":"x"}]}`, `{`, `{"name":1}`, `{"x":{}}`, "{}{}", "\xff", `{"tags":[null]}`} {
		f.Add([]byte(seed))
	}
	app, _ := newApp()
	f.Fuzz(func(t *testing.T, body []byte) {
		if got := send(t, app, "/api/wishes/p1", string(body)); !strings.HasPrefix(got, "201 ") && !strings.HasPrefix(got, "400 ") {
			t.Errorf("%q: got %s", body, got)
		}
	})
}
