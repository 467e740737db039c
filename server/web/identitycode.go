package web

import (
	"regexp"
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// identityCode is the form of a Finnish personal identity code: DDMMYY, a century sign (the newer ones too), three digits, a check
// character. People write it with points in the date, with spaces around the hyphen, and on two lines.
var identityCode = regexp.MustCompile(`(?i)(?:^|[^0-9A-Za-z])([0-3][0-9][ .-]?[01][0-9][ .-]?[0-9]{2})` +
	`(?:[\s\p{Z}]{0,3}[-+]{1,2}[\s\p{Z}]{0,3}|[YXWVUABCDEF])([0-9]{3})[\s\p{Z}]?([0-9A-Y])(?:$|[^0-9A-Za-z])`)

var dateSigns = strings.NewReplacer(" ", "", ".", "", "-", "")

const checkCharacters = "0123456789ABCDEFHJKLMNPRSTUVWXY"

// plain writes a text as somebody would type it who wants to be understood: a word processor makes a dash of the hyphen, a
// copied text brings invisible characters along, and letters and digits come in wide and other forms.
func plain(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.In(r, unicode.Cf, unicode.Mn):
			return -1
		case r == '\u2212' || unicode.Is(unicode.Pd, r):
			return '-'
		}
		return r
	}, norm.NFKC.String(text))
}

// HasIdentityCode reports whether a text holds a Finnish personal identity code with the right check character, also when it
// is written with another dash, with spaces, in wide characters, or with invisible ones in between.
func HasIdentityCode(text string) bool {
	if hasIdentityCode(text) {
		return true
	}
	// A soft hyphen is invisible, or the hyphen itself.
	return strings.ContainsRune(text, softHyphen) && hasIdentityCode(strings.ReplaceAll(text, string(softHyphen), "-"))
}

const softHyphen = '\u00ad'

func hasIdentityCode(text string) bool {
	for rest := plain(text); ; {
		m := identityCode.FindStringSubmatchIndex(rest)
		if m == nil {
			return false
		}
		number, err := strconv.Atoi(dateSigns.Replace(rest[m[2]:m[3]]) + rest[m[4]:m[5]])
		check := rest[m[6]]
		if check >= 'a' && check <= 'z' {
			check -= 'a' - 'A'
		}
		if err == nil && checkCharacters[number%31] == check {
			return true
		}
		rest = rest[m[2]+1:] // another may begin within this one, and share the character between them
	}
}
