//go:build !race

package mongotest

const race = false
