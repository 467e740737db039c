package psycap

import "luotsi/server/fault"

// The refusals of tables from elsewhere.
var (
	ErrUnknownOrganisation = fault.New(fault.NotFound, "not_found", "no such organisation among the caller's")
	ErrTable               = fault.New(fault.Invalid, "table_wrong", "a table has wrong cells")
)

// TableFault says what is wrong in a cell of a table from elsewhere.
type TableFault string
