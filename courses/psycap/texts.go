package psycap

import (
	"context"
	"fmt"
	"iter"
	"slices"
	"strings"

	"luotsi/server/people"
)

// TextsOf lists the vault ids of everything a person answered and wrote.
func (s *State) TextsOf(person string) []string {
	return slices.Concat(s.answerTexts(person), s.exerciseTexts(person), s.goalTexts(person))
}

// Texts iterates over the vault ids of everything that everybody answered and wrote, for the search for orphans.
func (s *State) Texts() iter.Seq[string] {
	return slices.Values(s.TextsOf(""))
}

// kept is everything about one person, for them to take with them.
type kept struct {
	Measures  keptMeasures   `json:"measures"`
	Exercises keptExercises  `json:"exercises"`
	Goals     []keptGoalData `json:"goals"`
	// Drafts are answers that were not handed in, and goals that were not kept, by what they are of; what was begun of an exercise
	// stands at its run.
	Drafts map[string]string `json:"drafts"`
}

// Keeper is what people has to know to show, or to erase, what is kept here about a person. Their drafts are erased with all others
// of theirs.
func (s *Service) Keeper() people.Keeper {
	return people.Keeper{
		Name:  "psycap",
		Texts: s.state.TextsOf,
		Data: func(ctx context.Context, person string) (any, error) {
			var k kept
			var err error
			if k.Measures, err = s.keptMeasures(ctx, person); err != nil {
				return nil, err
			}
			if k.Goals, err = s.keptGoals(ctx, person); err != nil {
				return nil, err
			}
			if k.Exercises, err = s.keptExercises(ctx, person); err != nil {
				return nil, err
			}
			k.Drafts, err = s.keptDrafts(ctx, person)
			return k, err
		},
	}
}

func (s *Service) keptDrafts(ctx context.Context, person string) (map[string]string, error) {
	kept := map[string]string{}
	drafts, err := s.vault.Drafts(ctx, person)
	for subject, draft := range drafts {
		of, mine := strings.CutPrefix(subject, DraftsPrefix)
		if mine && draft.Text != "" && !strings.HasPrefix(of, exerciseDrafts) {
			kept[of] = draft.Text
		}
	}
	return kept, err
}

func indexed(name string, i int) string { return fmt.Sprintf("%s[%d]", name, i) }
