package courses

import (
	"math/big"
	"strings"
	"unicode"
)

// mostDigits bounds a number that somebody writes.
const mostDigits = 30

// Decimal reads a number as people write it: 6,8 or 6.8, with a sign, and with spaces between its thousands. Not 1e9.
// It is exact, so that a number at the edge of a tolerance is within it.
func Decimal(text string) (*big.Rat, bool) {
	text = strings.Map(func(r rune) rune {
		switch {
		case unicode.In(r, unicode.Zs, unicode.Cf): // spaces of every width, and signs that nobody sees
			return -1
		case r == ',':
			return '.'
		case r == '\u2212', r == '\u2013': // the minus, and the dash that many type for it
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
