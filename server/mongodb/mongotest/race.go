//go:build race

package mongotest

const race = true
