package courses

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

func shown(blocks []Block) string {
	var out []string
	for _, b := range blocks {
		if b.State == BlockGap {
			out = append(out, "gap")
			continue
		}
		out = append(out, fmt.Sprintf("%s %s %s", b.State, b.Kind, b.HTML))
	}
	return strings.Join(out, "\n")
}

func TestDifferenceOfTexts(t *testing.T) {
	const (
		talo = "<p>Työkyky on talo.</p>\n"
		ovi  = "<p>Siinä on ovi ja neljä kerrosta.</p>\n"
		law  = "<p>Laki velvoittaa <strong>työnantajaa</strong>.</p>\n"
		list = "<ul>\n<li>yksi</li>\n<li>kaksi</li>\n</ul>\n"
	)
	tests := []struct{ name, then, now, want string }{
		{"nothing", talo, talo, "gap"},
		{"markup of the source alone is nothing", talo + ovi, strings.ReplaceAll(talo+ovi, "\n", ""), "gap"},
		{"a paragraph more at the end", talo, talo + ovi, "gap\nsame paragraph Työkyky on talo.\nadded paragraph Siinä on ovi ja neljä kerrosta."},
		{"one less in the middle", talo + ovi + law, talo + law,
			"gap\nsame paragraph Työkyky on talo.\nremoved paragraph Siinä on ovi ja neljä kerrosta.\nsame paragraph Laki velvoittaa <strong>työnantajaa</strong>."},
		{"one word is another", talo + ovi, talo + strings.Replace(ovi, "neljä", "viisi", 1),
			"gap\nsame paragraph Työkyky on talo.\nchanged paragraph Siinä on ovi ja <del>neljä</del> <ins>viisi</ins> kerrosta."},
		{"words more, and words less", ovi, "<p>Siinä talossa nyt on neljä kerrosta.</p>",
			"same heading Otsikko\nchanged paragraph Siinä <ins>talossa nyt</ins> on <del>ovi ja</del> neljä kerrosta."},
		{"altogether different", talo, "<p>Kelan kuntoutus alkaa hakemuksesta.</p>",
			"same heading Otsikko\nremoved paragraph Työkyky on talo.\nadded paragraph Kelan kuntoutus alkaa hakemuksesta."},
		{"a paragraph that became a heading is another block", talo, "<h2>Työkyky on talo.</h2>",
			"same heading Otsikko\nremoved paragraph Työkyky on talo.\nadded heading Työkyky on talo."},
		{"a stress that is gone", law, "<p>Laki velvoittaa työnantajaa.</p>",
			"same heading Otsikko\nremoved paragraph Laki velvoittaa <strong>työnantajaa</strong>.\nadded paragraph Laki velvoittaa työnantajaa."},
		{"a list item more", list, strings.Replace(list, "<li>kaksi", "<li>puolitoista</li>\n<li>kaksi", 1),
			"gap\nsame item yksi\nadded item puolitoista\nsame item kaksi"},
		{"an item with paragraphs and a list in it", "<ul><li><p>yksi</p><ul><li>sisällä</li></ul></li></ul>", "<ul><li><p>yksi</p><ul><li>ulkona</li></ul></li></ul>",
			"gap\nsame item yksi\nremoved item sisällä\nadded item ulkona"},
		{"a row of a table", "<table><thead><tr><th>Kuka</th><th>Mitä</th></tr></thead><tbody><tr><td>Kela</td><td>6 viikkoa</td></tr></tbody></table>",
			"<table><thead><tr><th>Kuka</th><th>Mitä</th></tr></thead><tbody><tr><td>Kela</td><td>8 viikkoa</td></tr></tbody></table>",
			"gap\nsame row Kuka · Mitä\nchanged row Kela · <del>6</del> <ins>8</ins> viikkoa"},
		{"what looks like markup stays text", "<p>a &lt;script&gt; b c</p>", "<p>a &lt;script&gt; b &lt;img&gt;</p>",
			"same heading Otsikko\nchanged paragraph a &lt;script&gt; b <del>c</del> <ins>&lt;img&gt;</ins>"},
		{"a quote and a block of code", "<blockquote><p>Sanoi</p></blockquote><pre><code>x = 1\n</code></pre><hr>", "<blockquote><p>Sanoi</p></blockquote>",
			"gap\nsame quote Sanoi\nremoved code <code>x = 1\n</code>"},
		{"from nothing", "", talo, "same heading Otsikko\nadded paragraph Työkyky on talo."},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got := shown(differenceOf(ActivityFace{Title: "Otsikko", HTML: test.then}, ActivityFace{Title: "Otsikko", HTML: test.now}))
			if got != test.want {
				t.Errorf("got\n%s\nwant\n%s", got, test.want)
			}
		})
	}
	got := shown(differenceOf(ActivityFace{Title: "Työkyvyn talo", HTML: talo}, ActivityFace{Title: "Työkyvyn uusi talo", HTML: talo}))
	if want := "changed heading Työkyvyn <ins>uusi</ins> talo\nsame paragraph Työkyky on talo."; got != want {
		t.Errorf("a new title: got\n%s\nwant\n%s", got, want)
	}
}

// Whatever two lists are, the steps lead from the one to the other, and the common part is as long as it can be.
func FuzzAlign(f *testing.F) {
	f.Add("abcabba", "cbabac", 4)
	f.Add("", "abc", 0)
	f.Add("abc", "abc", 3)
	f.Fuzz(func(t *testing.T, a, b string, least int) {
		before, after := strings.Split(a, ""), strings.Split(b, "")
		if len(before)*len(after) > 10_000 {
			return
		}
		var gone, come []string
		common := 0
		for _, e := range align(before, after, sameWord) {
			if e.before >= 0 {
				gone = append(gone, before[e.before])
			}
			if e.after >= 0 {
				come = append(come, after[e.after])
			}
			if e.before >= 0 && e.after >= 0 {
				common++
				if before[e.before] != after[e.after] {
					t.Errorf("%q and %q are said to be the same", before[e.before], after[e.after])
				}
			}
		}
		if !slices.Equal(gone, before) || !slices.Equal(come, after) {
			t.Errorf("%q to %q: the steps are of %q and %q", a, b, gone, come)
		}
		if (a == "abcabba" && b == "cbabac" || a == "abc" && b == "abc") && common != least {
			t.Errorf("%q and %q: %d in common, want %d", a, b, common, least)
		}
	})
}

func TestVeryLongTextsCountAsOthers(t *testing.T) {
	before, after := make([]string, 2001), make([]string, 2001)
	for i := range before {
		before[i], after[i] = fmt.Sprint("a", i), fmt.Sprint("b", i)
	}
	before[0], after[0] = "same", "same"
	before[1000], after[1000] = "middle", "middle"
	if got := len(align(before, after, sameWord)); got != 1+1999+2000 {
		t.Errorf("2,000 words: %d steps", got) // the word in the middle is found
	}
	before, after = append(before, "x"), append(after, "y")
	if got := len(align(before, after, sameWord)); got != 1+2001+2001 {
		t.Errorf("2,001 words: %d steps", got)
	}
}
