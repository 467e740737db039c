package web_test

import (
	"testing"

	"luotsi/server/web"
)

func TestHasIdentityCode(t *testing.T) {
	cases := []struct {
		name string
		text string
		want bool
	}{
		{"the well-known sample", "131052-308T", true},
		{"in a sentence", "Asiakas 131052-308T tuli vastaanotolle.", true},
		{"lower case", "131052-308t", true},
		{"wrong check character", "131052-308A", false},
		{"century A", "131052A308T", true},
		{"new signs of the 1900s", "131052X308T 131052W308T", true},
		{"new signs of the 2000s", "131052C308T", true},
		{"a sign that does not exist", "131052G308T", false},
		{"part of a longer number", "9131052-308T", false},
		{"the second of two", "131052-308A 131052-308T", true},
		{"two that share the space between", "131052-308A 131052-308T.", true},
		{"a date and a phone number", "13.10.1952, 040-3081234", false},
		{"with the dash of a word processor", "131052–308T 1", true},
		{"with a minus sign", "131052−308T", true},
		{"with a hyphen that does not break", "131052\u2011308T", true},
		{"in wide characters", "１３１０５２－３０８Ｔ", true},
		{"with an invisible space", "131052\u200b-308T", true},
		{"with a soft hyphen beside the hyphen", "131052-\u00ad308T", true},
		{"beside a letter with dots", "Mäkelä 131052-308T", true},
		{"after a word of no English letters", "ää131052-308T", true},
		{"with spaces around the hyphen", "131052 - 308T", true},
		{"with a space that does not break", "131052\u00a0-308T", true},
		{"on two lines", "hetu 131052-\r\n308T.", true},
		{"with a space before the check character", "131052-308 T", true},
		{"with points in the date", "13.10.52-308T", true},
		{"with hyphens in the date", "13-10-52-308T", true},
		{"with spaces in the date", "13 10 52 - 308T", true},
		{"with a soft hyphen for the hyphen", "131052\u00ad308T", true},
		{"with a soft hyphen in the date", "13\u00ad1052-308T", true},
		{"the second begins in what looked like the first", "101010-131052-308T", true},
		{"spaces around a sign of letters", "131052 A 308T", false},
		{"a number without a sign", "1310523083", false},
		{"days from and to", "01.12.26 - 15.12.26", false},
		{"hours on a day", "13.10.52 - 30.8. klo 8-16", false},
		{"nothing", "", false},
	}
	for _, c := range cases {
		if got := web.HasIdentityCode(c.text); got != c.want {
			t.Errorf("%s: got %v, want %v", c.name, got, c.want)
		}
	}
}

func FuzzHasIdentityCode(f *testing.F) {
	f.Add("131052-308T")
	f.Add("000000-0000 131052-308T")
	f.Fuzz(func(t *testing.T, text string) {
		if web.HasIdentityCode(text) && !web.HasIdentityCode(text+" "+text) {
			t.Error("the code is not found in the text twice over")
		}
	})
}
