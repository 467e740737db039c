package courses

import (
	"math/big"
	"strings"
)

// mostDigits bounds a number that somebody writes.
const mostDigits = 30

// Decimal reads a number as people write it: 6,8 or 6.8, with a sign, and with spaces between its thousands. Not 1e9.
// It is exact, so that a number at the edge of a tolerance is within it.
func Decimal(text string) (*big.Rat, bool) {
	text = strings.Map(func(r rune) rune {
		switch r {
		case ' ', '\u00a0', '\u202f':
			return -1
		case ',':
			return '.'
		case '\u2212':
			return '-'
		}
		return r
	}, strings.TrimSpace(text))
	unsigned := strings.TrimPrefix(text, "-")
	if unsigned == text {
		unsigned = strings.TrimPrefix(text, "+")
	}
	digits, points := 0, 0
	for _, r := range unsigned {
		switch {
		case r >= '0' && r <= '9':
			digits++
		case r == '.':
			points++
		default:
			return nil, false
		}
	}
	if digits == 0 || digits > mostDigits || points > 1 {
		return nil, false
	}
	return new(big.Rat).SetString(text)
}
