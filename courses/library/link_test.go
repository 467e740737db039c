package library

import (
	"strings"
	"testing"
	"testing/fstest"
)

func TestAddressOfALink(t *testing.T) {
	for address, good := range map[string]bool{
		"https://www.kela.fi/kuntoutus?x=1": true,
		"https://a.example":                 true,
		"http://www.kela.fi/":               false,
		"//www.kela.fi/":                    false,
		"https://":                          false,
		"https://:443/":                     false,
		"https://user:secret@kela.fi/":      false,
		"javascript:alert(1)":               false,
		"":                                  false,
		"https://a.example/" + strings.Repeat("a", longestAddress-18): true,
		"https://a.example/" + strings.Repeat("a", longestAddress-17): false,
	} {
		files := fstest.MapFS{
			"c/course.fi.md":      {Data: []byte("---\nid: c\ntitle: Kurssi\nsummary: Lyhyesti\n---\nTeksti\n")},
			"c/m01/module.fi.md":  {Data: []byte("---\nid: m1\ntitle: Moduuli\nhours: 1\ngoals: [Tavoite]\noutline: [Aihe]\noutput: Tuotos\nsources: [Lähde]\nreviewed: \"2026-11-20\"\nreview_by: \"2027-11-20\"\n---\nTeksti\n")},
			"c/m01/01-kela.fi.md": {Data: []byte("---\nid: kela\nkind: link\ntitle: Kela\nminutes: 5\naddress: \"" + address + "\"\n---\nTee tämä.\n")},
		}
		all, err := Load(files)
		if (err == nil) != good {
			t.Errorf("%.60q: %v", address, err)
			continue
		}
		if good && all[0].Modules[0].Activities[0].Faces["fi"].Address != address {
			t.Errorf("%q became %+v", address, all[0].Modules[0].Activities[0].Faces["fi"])
		}
	}
}
