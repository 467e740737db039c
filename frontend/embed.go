// Package frontend carries the built web page inside the program.
package frontend

import "embed"

// Dist is the output of `npm run build`. A bare checkout holds only dist/.keep,
// so that the Go program compiles before the page has been built.
//
//go:embed all:dist
var Dist embed.FS
