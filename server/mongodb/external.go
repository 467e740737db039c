//go:build external

package mongodb

import (
	"context"
	"errors"
)

// Engine does not exist in this build.
type Engine struct{}

// ErrNoEngine means that this build needs the address of a MongoDB.
var ErrNoEngine = errors.New("this build has no embedded engine: set LUOTSI_MONGODB_URI")

// StartEngine fails with ErrNoEngine.
func StartEngine(string, string) (*Engine, error) { return nil, ErrNoEngine }

// URI is empty.
func (*Engine) URI() string { return "" }

// Connect fails with ErrNoEngine.
func (*Engine) Connect(context.Context, string) (*Database, error) { return nil, ErrNoEngine }

// Close does nothing.
func (*Engine) Close() error { return nil }

// Prepare does nothing.
func (*Engine) Prepare(context.Context, *Database, []string) error { return nil }

// OpenEmbedded fails with ErrNoEngine.
func OpenEmbedded(context.Context, string, string, []string) (*Database, error) {
	return nil, ErrNoEngine
}

// Scrub does nothing: MongoDB's own storage engine reuses what is deleted.
func (*Database) Scrub(context.Context) error { return nil }
