package courses

import (
	"strconv"
	"strings"
)

// byteRange is a part of a file, both ends in it.
type byteRange struct{ first, last int64 }

// rangeAnswer says how a wish for a part is met.
type rangeAnswer uint8

const (
	wholeFile rangeAnswer = iota // no wish, one that is not understood, or one for several parts: RFC 9110 lets a server send all of it
	partOfFile
	noSuchPart
)

// rangeOf reads the header Range of a request for a file of that size.
func rangeOf(header string, size int64) (byteRange, rangeAnswer) {
	unit, set, ok := strings.Cut(header, "=")
	first, last, dash := strings.Cut(strings.Trim(set, " \t"), "-")
	if !ok || !dash || !strings.EqualFold(unit, "bytes") || strings.Contains(set, ",") {
		return byteRange{}, wholeFile
	}
	from, fromOK := digits(first)
	to, toOK := digits(last)
	switch {
	case first == "" && toOK: // the last so many
		if to == 0 || size == 0 {
			return byteRange{}, noSuchPart
		}
		return byteRange{max(0, size-to), size - 1}, partOfFile
	case !fromOK, last != "" && (!toOK || to < from):
		return byteRange{}, wholeFile
	case from >= size:
		return byteRange{}, noSuchPart
	case last == "" || to >= size:
		to = size - 1
	}
	return byteRange{from, to}, partOfFile
}

// digits reads a number of nothing but digits; one that is larger than any file is the largest there is.
func digits(text string) (int64, bool) {
	if text == "" || strings.Trim(text, "0123456789") != "" {
		return 0, false
	}
	n, err := strconv.ParseInt(text, 10, 64) // out of range gives the largest
	return n, err == nil || n > 0
}
