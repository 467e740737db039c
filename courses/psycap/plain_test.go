package psycap

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

// The measures of plain Finnish that a machine can take: sentences are short, and so are words. They say nothing of whether a word is
// common, a sentence clear or the whole true; that needs a reader. The limits are a little above what the texts had when they were
// set: they are the project's own and no standard's.
const (
	longestPlainSentence = 12  // words
	meanPlainSentence    = 5.5 // words, of one exercise
	longestPlainWord     = 18  // letters: koordinaattorille has 17
)

func TestPlainFinnishIsShort(t *testing.T) {
	for _, x := range shippedExercises {
		plain, usual := measured(x.Texts[PlainFinnish]), measured(x.Texts[Finnish])
		t.Logf("%-20s %3d sentences, mean %.1f words, longest %d; in the usual Finnish %.1f and %d", x.ID, plain.sentences, plain.mean(), plain.longest,
			usual.mean(), usual.longest)
		if plain.longest > longestPlainSentence {
			t.Errorf("%s: %d words in: %s", x.ID, plain.longest, plain.which)
		}
		if plain.mean() > meanPlainSentence {
			t.Errorf("%s: sentences have %.2f words on average", x.ID, plain.mean())
		}
		if plain.mean() >= usual.mean() {
			t.Errorf("%s: sentences are no shorter than in the usual Finnish: %.2f and %.2f", x.ID, plain.mean(), usual.mean())
		}
		if utf8.RuneCountInString(plain.word) > longestPlainWord {
			t.Errorf("%s: a long word: %s", x.ID, plain.word)
		}
	}
}

func TestSentencesOf(t *testing.T) {
	for _, tt := range []struct {
		text string
		want []string
	}{
		{"", nil},
		{"Yksi riittää", []string{"Yksi riittää"}},
		{"Mieti tätä päivää.\n\nMikä meni hyvin? Kirjoita.", []string{"Mieti tätä päivää", "Mikä meni hyvin", "Kirjoita"}},
		{"Hän kirjoittaa: ”Soitin Kelaan. Se oli vaikeaa.” Hyvä!", []string{"Hän kirjoittaa", "Soitin Kelaan", "Se oli vaikeaa", "Hyvä"}},
		{"Asia ei etene, koska …", []string{"Asia ei etene, koska"}},
	} {
		if got := sentencesOf(tt.text); !slices.Equal(got, tt.want) {
			t.Errorf("%q: %q, want %q", tt.text, got, tt.want)
		}
	}
}

type sentenceMeasure struct {
	sentences, words, longest int
	which, word               string // the longest sentence and the longest word
}

func (m sentenceMeasure) mean() float64 { return float64(m.words) / float64(m.sentences) }

// measured is of running text alone. Titles, labels, hints and choices are headings, which would make every mean look short.
func measured(texts *ExerciseTexts) (m sentenceMeasure) {
	running := []string{texts.Purpose}
	for _, step := range texts.Steps {
		running = append(running, step.Text, step.Example, step.Easier)
	}
	for _, text := range running {
		for _, sentence := range sentencesOf(text) {
			words := strings.Fields(sentence)
			m.sentences++
			m.words += len(words)
			if len(words) > m.longest {
				m.longest, m.which = len(words), sentence
			}
			for _, word := range words {
				if word = strings.Trim(word, ",()"); utf8.RuneCountInString(word) > utf8.RuneCountInString(m.word) {
					m.word = word
				}
			}
		}
	}
	return m
}

// sentencesOf ends a sentence at a mark, a colon, a line or a quotation mark.
func sentencesOf(text string) (sentences []string) {
	for part := range strings.FieldsFuncSeq(text, func(r rune) bool { return strings.ContainsRune(".?!:…”\"\n", r) }) {
		if part = strings.TrimSpace(part); part != "" {
			sentences = append(sentences, part)
		}
	}
	return sentences
}
