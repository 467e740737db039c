package web

import (
	"encoding/json"
	"fmt"
	"net/http"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/swaggest/jsonschema-go"
	"github.com/swaggest/openapi-go"
	"github.com/swaggest/openapi-go/openapi31"

	"luotsi/server/fault"
)

// Problem is the body of every failure: RFC 9457 with our code, the wrong fields, and what the page may show beside it.
type Problem struct {
	Status int           `json:"status"`
	Code   string        `json:"code"`
	Detail string        `json:"detail,omitempty"`
	Fields []fault.Field `json:"fields,omitempty"`
	Info   any           `json:"info,omitempty"`
}

var fiberParam = regexp.MustCompile(`:([A-Za-z]+)`)

// OpenAPI describes the routes as an OpenAPI 3.1 document.
func OpenAPI(routes []Registered, statusOf func(fault.Kind) int) ([]byte, error) {
	r := openapi31.NewReflector()
	r.Spec.Info.WithTitle("Luotsi").WithVersion("1").WithDescription(
		"Training and joint consultation for work-ability coordinators. Times are UTC (RFC 3339); days are Finnish calendar days. " +
			"Every failure is application/problem+json with a code. Writes take an Idempotency-Key and the header Luotsi-Request: 1, " +
			"and answer with Luotsi-Commit; a read that sends it back sees at least that commit. " +
			"A request with Luotsi-Person, the caller's id, is refused as other_person when somebody else is signed in.")
	r.DefaultOptions = append(r.DefaultOptions,
		jsonschema.InterceptProp(describeProperty),
		jsonschema.InterceptNullability(func(p jsonschema.InterceptNullabilityParams) {
			if p.Type.Kind() == reflect.Slice || p.Type.Kind() == reflect.Map {
				p.Schema.RemoveType(jsonschema.Null) // views hold empty lists, never null
			}
		}),
		jsonschema.InterceptDefName(func(t reflect.Type, name string) string {
			if t == reflect.TypeFor[Problem]() {
				return "Problem"
			}
			return name
		}))
	for _, route := range routes {
		op, err := r.NewOperationContext(route.Method, fiberParam.ReplaceAllString(route.Path, "{$1}"))
		if err != nil {
			return nil, fmt.Errorf("describe %s %s: %w", route.Method, route.Path, err)
		}
		op.SetID(route.ID)
		op.SetSummary(route.Summary)
		op.SetTags(route.Tag)
		op.SetDescription("Who may call: " + route.Access.String() + ".")
		if route.Request != reflect.TypeFor[None]() {
			op.AddReqStructure(reflect.New(route.Request).Interface())
		} else if params := fiberParam.FindAllStringSubmatch(route.Path, -1); params != nil {
			op.AddReqStructure(reflect.New(pathOnly(params)).Interface())
		}
		if route.Response == reflect.TypeFor[None]() {
			op.AddRespStructure(nil, openapi.WithHTTPStatus(route.Status))
		} else {
			op.AddRespStructure(reflect.New(route.Response).Interface(), openapi.WithHTTPStatus(route.Status))
		}
		for status, codes := range faultsOf(route, statusOf) {
			op.AddRespStructure(new(Problem), openapi.WithHTTPStatus(status), openapi.WithContentType("application/problem+json"),
				func(cu *openapi.ContentUnit) { cu.Description = strings.Join(codes, ", ") })
		}
		if err := r.AddOperation(op); err != nil {
			return nil, fmt.Errorf("describe %s %s: %w", route.Method, route.Path, err)
		}
		if described, ok := op.(openapi31.OperationExposer); ok {
			requireParameters(described.Operation(), route.Request)
		}
	}
	return json.MarshalIndent(r.Spec, "", "  ")
}

// requireParameters says of query parameters that the validator wants them.
func requireParameters(op *openapi31.Operation, request reflect.Type) {
	for i := range request.NumField() {
		f := request.Field(i)
		if !slices.Contains(strings.Split(f.Tag.Get("validate"), ","), "required") {
			continue
		}
		for _, p := range op.Parameters {
			if p.Parameter != nil && p.Parameter.In == openapi31.ParameterInQuery && p.Parameter.Name == f.Tag.Get("query") {
				p.Parameter.WithRequired(true)
			}
		}
	}
}

// pathOnly is a request type with the parameters of a path, for routes mounted without types.
func pathOnly(params [][]string) reflect.Type {
	fields := make([]reflect.StructField, len(params))
	for i, p := range params {
		fields[i] = reflect.StructField{
			Name: strings.ToUpper(p[1][:1]) + p[1][1:], Type: reflect.TypeFor[string](), Tag: reflect.StructTag(`path:"` + p[1] + `" json:"-"`),
		}
	}
	return reflect.StructOf(fields)
}

func faultsOf(route Registered, statusOf func(fault.Kind) int) map[int][]string {
	codes := map[int][]string{}
	if !route.Access.Open() {
		codes[http.StatusUnauthorized] = []string{"signed_out", "token_expired", "token_invalid"}
		codes[http.StatusForbidden] = []string{"forbidden"}
	}
	if route.Request != reflect.TypeFor[None]() {
		codes[http.StatusBadRequest] = []string{"invalid_request", "not_json"}
	}
	codes[http.StatusServiceUnavailable] = []string{"unavailable", "behind"}
	if route.Write() {
		codes[http.StatusForbidden] = append(codes[http.StatusForbidden], "csrf")
		codes[http.StatusUnprocessableEntity] = []string{"key_reused"}
		codes[http.StatusTooManyRequests] = []string{"too_many"}
		if route.Request != reflect.TypeFor[None]() {
			codes[http.StatusRequestEntityTooLarge] = []string{"too_large"}
		}
	}
	for _, f := range route.Faults {
		status := statusOf(f.Kind)
		if !slices.Contains(codes[status], f.Code) {
			codes[status] = append(codes[status], f.Code)
		}
	}
	return codes
}

// describeProperty reads the same tags the decoder and the validator obey: required unless omitempty, lengths, formats, choices.
func describeProperty(p jsonschema.InterceptPropParams) error {
	if !p.Processed {
		return nil
	}
	jsonTag := p.Field.Tag.Get("json")
	isBody := jsonTag != "" && jsonTag != "-"
	if isBody && !strings.Contains(jsonTag, ",omitempty") && !strings.Contains(jsonTag, ",omitzero") {
		p.ParentSchema.Required = append(p.ParentSchema.Required, p.Name)
	}
	p.PropertySchema.RemoveType(jsonschema.Null)
	isString := p.Field.Type.Kind() == reflect.String
	for rule := range strings.SplitSeq(p.Field.Tag.Get("validate"), ",") {
		if rule == "dive" {
			break
		}
		name, limit, _ := strings.Cut(rule, "=")
		n, _ := strconv.ParseInt(limit, 10, 64)
		switch {
		case name == "max" && isString:
			p.PropertySchema.WithMaxLength(n)
		case name == "min" && isString:
			p.PropertySchema.WithMinLength(n)
		case name == "max" && p.Field.Type.Kind() == reflect.Slice:
			p.PropertySchema.WithMaxItems(n)
		case name == "oneof":
			values := strings.Fields(limit)
			enum := make([]any, len(values))
			for i, v := range values {
				enum[i] = v
			}
			p.PropertySchema.WithEnum(enum...)
		case name == "date":
			p.PropertySchema.WithFormat("date")
		case name == "email":
			p.PropertySchema.WithFormat("email")
		}
	}
	return nil
}
