package main

import (
	"errors"
	"log/slog"
	"math"
	"net/http"
	"strconv"

	"encoding/json"

	"github.com/gofiber/fiber/v2"

	"luotsi/server/fault"
	"luotsi/server/web"
)

// statusOf is the HTTP status of a kind of failure.
func statusOf(k fault.Kind) int {
	switch k {
	case fault.Invalid:
		return http.StatusBadRequest
	case fault.Unauthenticated:
		return http.StatusUnauthorized
	case fault.Forbidden:
		return http.StatusForbidden
	case fault.NotFound:
		return http.StatusNotFound
	case fault.Conflict:
		return http.StatusConflict
	case fault.Gone:
		return http.StatusGone
	case fault.TooLarge:
		return http.StatusRequestEntityTooLarge
	case fault.KeyReused:
		return http.StatusUnprocessableEntity
	case fault.TooMany:
		return http.StatusTooManyRequests
	case fault.Unavailable:
		return http.StatusServiceUnavailable
	default:
		return http.StatusInternalServerError
	}
}

var errNotFound = fault.New(fault.NotFound, "not_found", "there is no such address")

// problemOf turns any error into what the client may see. What is not a coded failure shows nothing of itself.
func problemOf(err error) *fault.Error {
	if f, ok := fault.As(err); ok {
		return f
	}
	var f *fiber.Error
	if errors.As(err, &f) {
		switch f.Code {
		case http.StatusNotFound, http.StatusMethodNotAllowed:
			return errNotFound
		case http.StatusRequestEntityTooLarge:
			return fault.New(fault.TooLarge, "too_large", "the request is too large")
		case http.StatusBadRequest, http.StatusRequestHeaderFieldsTooLarge:
			return fault.New(fault.Invalid, "bad_request", "the request can not be read")
		case http.StatusRequestTimeout:
			return fault.New(fault.Unavailable, "unavailable", "the request took too long")
		}
	}
	return fault.New(fault.Internal, "internal", "")
}

// errorHandler is the only place where an error becomes a response.
func errorHandler(log *slog.Logger) fiber.ErrorHandler {
	return func(c *fiber.Ctx, err error) error {
		f := problemOf(err)
		status := statusOf(f.Kind)
		switch status {
		case http.StatusInternalServerError:
			log.Error("request failed", "request", requestID(c), "method", c.Method(), "route", c.Route().Path, "error", err)
		case http.StatusServiceUnavailable:
			log.Warn("request refused for now", "request", requestID(c), "route", c.Route().Path, "error", err)
		}
		if f.RetryAfter > 0 {
			c.Set(fiber.HeaderRetryAfter, strconv.Itoa(int(math.Ceil(f.RetryAfter.Seconds()))))
		}
		body, err := json.Marshal(web.Problem{Status: status, Code: f.Code, Detail: f.Detail, Fields: f.Fields, Info: f.Info})
		if err != nil {
			return err
		}
		c.Set(fiber.HeaderContentType, "application/problem+json")
		c.Set(fiber.HeaderCacheControl, "no-store")
		return c.Status(status).Send(body)
	}
}
