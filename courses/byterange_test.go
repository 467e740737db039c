package courses

import "testing"

func TestRangeOf(t *testing.T) {
	const size = 1000
	tests := []struct {
		name   string
		header string
		want   byteRange
		answer rangeAnswer
	}{
		{"no wish", "", byteRange{}, wholeFile},
		{"the first byte", "bytes=0-0", byteRange{0, 0}, partOfFile},
		{"the last byte", "bytes=999-999", byteRange{999, 999}, partOfFile},
		{"from the last byte on", "bytes=999-", byteRange{999, 999}, partOfFile},
		{"all of it", "bytes=0-", byteRange{0, 999}, partOfFile},
		{"all of it, by its ends", "bytes=0-999", byteRange{0, 999}, partOfFile},
		{"an end beyond the file", "bytes=500-1000", byteRange{500, 999}, partOfFile},
		{"an end beyond any file", "bytes=500-99999999999999999999", byteRange{500, 999}, partOfFile},
		{"the byte behind the last", "bytes=1000-", byteRange{}, noSuchPart},
		{"both ends behind the last", "bytes=1000-1001", byteRange{}, noSuchPart},
		{"a beginning beyond any file", "bytes=99999999999999999999-", byteRange{}, noSuchPart},
		{"the last one", "bytes=-1", byteRange{999, 999}, partOfFile},
		{"the last thousand", "bytes=-1000", byteRange{0, 999}, partOfFile},
		{"more than there is from the end", "bytes=-1001", byteRange{0, 999}, partOfFile},
		{"none from the end", "bytes=-0", byteRange{}, noSuchPart},
		{"reversed", "bytes=5-4", byteRange{}, wholeFile},
		{"reversed beyond the end", "bytes=2000-1999", byteRange{}, wholeFile},
		{"several", "bytes=0-0,5-6", byteRange{}, wholeFile},
		{"several, one of them behind the end", "bytes=0-0,5000-", byteRange{}, wholeFile},
		{"another unit", "seconds=0-5", byteRange{}, wholeFile},
		{"the unit in capitals", "BYTES=1-2", byteRange{1, 2}, partOfFile},
		{"a space around", "bytes= 1-2 ", byteRange{1, 2}, partOfFile},
		{"a space within", "bytes=1 -2", byteRange{}, wholeFile},
		{"nothing but a dash", "bytes=-", byteRange{}, wholeFile},
		{"no dash", "bytes=5", byteRange{}, wholeFile},
		{"no set", "bytes=", byteRange{}, wholeFile},
		{"no sign", "bytes 0-5", byteRange{}, wholeFile},
		{"signs", "bytes=+1-2", byteRange{}, wholeFile},
		{"two dashes", "bytes=--5", byteRange{}, wholeFile},
		{"three numbers", "bytes=1-2-3", byteRange{}, wholeFile},
		{"words", "bytes=a-b", byteRange{}, wholeFile},
		{"other digits", "bytes=٠-٥", byteRange{}, wholeFile},
	}
	for _, test := range tests {
		got, answer := rangeOf(test.header, size)
		if got != test.want || answer != test.answer {
			t.Errorf("%s (%q): got %v %d, want %v %d", test.name, test.header, got, answer, test.want, test.answer)
		}
	}
	for _, header := range []string{"bytes=0-", "bytes=0-0", "bytes=-1"} {
		if _, answer := rangeOf(header, 0); answer != noSuchPart {
			t.Errorf("%q of an empty file: got %d, want no such part", header, answer)
		}
	}
}

func FuzzRangeOf(f *testing.F) {
	f.Add("bytes=0-0", int64(1))
	f.Add("bytes=-5", int64(3))
	f.Add("bytes=9223372036854775807-", int64(1)<<62)
	f.Fuzz(func(t *testing.T, header string, size int64) {
		if size < 0 {
			return
		}
		got, answer := rangeOf(header, size)
		if answer == partOfFile && (got.first < 0 || got.first > got.last || got.last >= size) {
			t.Errorf("%q of %d: got %v", header, size, got)
		}
	})
}
