package scheduling

import (
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Warning is something in a free text that probably should not be there. It is shown to whoever writes, and refuses nothing:
// an identity code is refused, while a code or a number can be something else than it looks like.
type Warning struct {
	Kind WarningKind
	Text string // as it stands in the text
}

// WarningKind is what it looks like.
type WarningKind string

// The kinds.
const (
	DiagnosisCode WarningKind = "diagnosis"
	PhoneNumber   WarningKind = "phone"
)

var (
	// diagnosisForm is a code of ICD-10: a chapter's letter, two digits, and perhaps a part after a point, which many write as a
	// comma. Small letters are read only with such a part.
	diagnosisForm = regexp.MustCompile(`[A-Z][0-9]{2}(?:[.,][0-9]{1,3})?|[a-z][0-9]{2}[.,][0-9]{1,3}`)
	// phoneForm is what begins like a number of Finland or of another country; the digits are counted afterwards.
	phoneForm = regexp.MustCompile(`(?:\+|\(\+?)?[0-9][0-9 \x{00a0}()/-]{5,24}[0-9]`)
	dateForm  = regexp.MustCompile(`^[0-9]{1,2}[-/][0-9]{1,2}[-/][0-9]{4}$`)
	// businessForm is the Finnish identifier of a company.
	businessForm = regexp.MustCompile(`^[0-9]{7}-[0-9]$`)
)

// diagnosisBlocks are the three-character categories that ICD-10 has: B12 is a vitamin, and K18 an age limit.
var diagnosisBlocks = readBlocks(`A00-A09 A15-A28 A30-A46 A48-A60 A63-A71 A74-A75 A77-A99 B00-B09 B15-B27 B30 B33-B60 B64-B83 B85-B92 B94-B99 C00-C97 D00-D48
	D50-D89 E00-E07 E10-E16 E20-E35 E40-E46 E50-E68 E70-E90 F00-F99 G00-G14 G20-G26 G30-G32 G35-G37 G40-G47 G50-G64 G70-G73 G80-G83 G90-G99 H00-H62
	H65-H75 H80-H83 H90-H95 I00-I02 I05-I15 I20-I52 I60-I89 I95-I99 J00-J06 J09-J22 J30-J47 J60-J70 J80-J86 J90-J99 K00-K14 K20-K31 K35-K38 K40-K46
	K50-K52 K55-K67 K70-K77 K80-K93 L00-L08 L10-L14 L20-L30 L40-L45 L50-L60 L62-L75 L80-L99 M00-M25 M30-M36 M40-M54 M60-M73 M75-M77 M79-M96 M99
	N00-N08 N10-N23 N25-N51 N60-N64 N70-N77 N80-N99 O00-O08 O10-O16 O20-O48 O60-O75 O80-O99 P00-P61 P70-P83 P90-P96 Q00-Q07 Q10-Q18 Q20-Q45 Q50-Q56
	Q60-Q99 R00-R23 R25-R36 R39-R64 R68-R87 R89-R99 S00-S99 T00-T98 U04 U07-U10 V01-V99 W00-W99 X00-X99 Y00-Y36 Y40-Y98 Z00-Z13 Z20-Z65 Z70-Z99`)

// readBlocks makes a table of ranges such as A00-A09.
func readBlocks(text string) map[string]bool {
	table := map[string]bool{}
	for block := range strings.FieldsSeq(text) {
		from, to, ranged := strings.Cut(block, "-")
		if !ranged {
			to = from
		}
		first, _ := strconv.Atoi(from[1:])
		last, _ := strconv.Atoi(to[1:])
		for n := first; n <= last; n++ {
			table[from[:1]+string([]byte{'0' + byte(n/10), '0' + byte(n%10)})] = true
		}
	}
	return table
}

// Warnings finds diagnosis codes and telephone numbers in a free text, in their order, each once.
func Warnings(text string) []Warning {
	type found struct {
		at int
		Warning
	}
	var all []found
	add := func(at int, w Warning) {
		for _, f := range all {
			if f.Warning == w {
				return
			}
		}
		i := len(all)
		for i > 0 && all[i-1].at > at {
			i--
		}
		all = append(all[:i], append([]found{{at, w}}, all[i:]...)...)
	}
	for _, m := range diagnosisForm.FindAllStringIndex(text, -1) {
		code := text[m[0]:m[1]]
		if standsAlone(text, m) && diagnosisBlocks[strings.ToUpper(code[:3])] {
			add(m[0], Warning{DiagnosisCode, code})
		}
	}
	for from := 0; ; {
		m := phoneForm.FindStringIndex(text[from:])
		if m == nil {
			break
		}
		start, end := from+m[0], longestPhone(text, from+m[0], from+m[1])
		if end > 0 {
			add(start, Warning{PhoneNumber, text[start:end]})
			from = end
		} else if space := strings.IndexAny(text[start:from+m[1]], " \u00a0"); space >= 0 {
			from = start + space + 1 // a number may follow another one
		} else {
			from += m[1]
		}
	}
	warnings := make([]Warning, len(all))
	for i, f := range all {
		warnings[i] = f.Warning
	}
	return warnings
}

// standsAlone reports whether what was found is no part of a longer word or number: "kohta 1.05", "AB12", "2026-01-05".
func standsAlone(text string, m []int) bool {
	before, _ := utf8.DecodeLastRuneInString(text[:m[0]])
	after, size := utf8.DecodeRuneInString(text[m[1]:])
	word := func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) || r == '_' }
	if m[0] > 0 && (word(before) || strings.ContainsRune("-–.,/+@", before)) || word(after) && m[1] < len(text) {
		return false
	}
	// A point or a comma ends a sentence, unless more of a number follows.
	next, _ := utf8.DecodeRuneInString(text[m[1]+size:])
	return !strings.ContainsRune(".,/:", after) || !unicode.IsDigit(next)
}

// longestPhone is where a telephone number ends that begins at start and is over at the latest at end; 0 when there is none.
// What follows after a space may be another number.
func longestPhone(text string, start, end int) int {
	for end > start {
		if standsAlone(text, []int{start, end}) && isPhone(text[start:end]) {
			return end
		}
		end = start + max(0, strings.LastIndexAny(text[start:end], " \u00a0"))
	}
	return 0
}

func isPhone(number string) bool {
	if number == "" || dateForm.MatchString(number) || businessForm.MatchString(number) || strings.Contains(number, "  ") {
		return false
	}
	plus := strings.Contains(number, "+")
	digits := strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, number)
	n := len(digits)
	switch last := number[len(number)-1]; {
	case n < 7 || last < '0' || last > '9':
		return false
	case plus:
		return n >= 8 && n <= 15 && digits[0] != '0'
	case strings.HasPrefix(digits, "00358"), strings.HasPrefix(digits, "0046"), strings.HasPrefix(digits, "00372"):
		return n >= 10 && n <= 16
	case strings.HasPrefix(digits, "358"):
		return n >= 10 && n <= 13
	default:
		return digits[0] == '0' && digits[1] != '0' && n <= 11
	}
}
