package scheduling

import "luotsi/server/fault"

// ErrNoCase is a case that is not there, is closed, or is not the caller's to see.
var ErrNoCase = fault.New(fault.NotFound, "unknown_case", "there is no such open case")

// Case is a client's matter: who carries it, and a reference made here. Who the client is travels outside Luotsi.
type Case struct {
	Reference string
	Unit      string // of the owner when it was opened
	Owner     string // the coordinator who carries it
	Opened    int64  // unix ms
	Closed    int64  // 0 while it is open
}
