package library

import (
	"slices"

	"luotsi/courses"
)

// reflectionKeys are what a reflection says beside what every activity says: shares lists the grades of privacy that its writer may
// choose from, private first, for that one is always there.
var reflectionKeys = []string{"shares"}

func (c *course) reflection(f fields, a *courses.Activity, language courses.Language) {
	if node, said := f.values["optional"]; said && !f.yes("optional") {
		c.mistake(f.file, lineOf(node), "a reflection is always optional: its writer may keep from everybody that there is one")
	}
	var shares []courses.Privacy
	if _, said := f.values["shares"]; said {
		for _, text := range f.texts("shares") {
			shares = append(shares, courses.Privacy(text))
		}
		all := courses.Privacies()
		for i, grade := range shares {
			switch {
			case !slices.Contains(all, grade):
				f.mistake("shares", "shares has %q, which is none of %v", grade, all)
			case i > 0 && slices.Index(all, grade) <= slices.Index(all, shares[i-1]):
				f.mistake("shares", "shares must be in the order of %v, each once", all)
			}
		}
		if len(shares) > 0 && shares[0] != courses.Private {
			f.mistake("shares", "shares must begin with private: whoever writes may keep it to themselves")
		}
	}
	if language == courses.Finnish {
		a.Shares, a.Optional = shares, true
	} else if len(a.Faces) > 0 && !slices.Equal(shares, a.Shares) {
		f.mistake("shares", "shares is %v here but %v in Finnish", shares, a.Shares)
	}
}
