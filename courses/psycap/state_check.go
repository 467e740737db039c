package psycap

import (
	"fmt"
	"slices"
)

// Check is part of journal.State: it says what must never be, and is so.
func (s *State) Check() []string {
	return slices.Concat(s.checkTexts(), s.checkReplies(), s.checkOwn(), s.checkAsked(), s.checkReports())
}

// checkTexts: a text is named once. Whoever takes back, deletes or corrects something deletes its text, and no other's.
func (s *State) checkTexts() (wrong []string) {
	named := map[string]bool{}
	for text := range s.Texts() {
		if named[text] {
			wrong = append(wrong, fmt.Sprintf("text %q is named twice", text))
		}
		named[text] = true
	}
	return wrong
}

// checkReplies: a reply is found by its person, by what was asked, and by its text; it is either answered or declined.
func (s *State) checkReplies() (wrong []string) {
	for key, r := range s.data.Replies {
		place := placeKey(r.Cohort, r.Instrument, r.Point)
		switch {
		case key != replyKey(r.Person, r.Cohort, r.Instrument, r.Point):
			wrong = append(wrong, fmt.Sprintf("reply %s stands under another's key", key))
		case r.Declined == (r.Text != ""):
			wrong = append(wrong, fmt.Sprintf("reply %s is declined and has answers, or neither", key))
		case s.replies.people[r.Person][key] != r || s.replies.places[place][r.Person] != r || r.Text != "" && s.replies.texts[r.Text] != r:
			wrong = append(wrong, fmt.Sprintf("reply %s is not found", key))
		}
	}
	people, places, texts := 0, 0, 0
	for _, replies := range s.replies.people {
		people += len(replies)
	}
	for _, replies := range s.replies.places {
		places += len(replies)
	}
	for _, r := range s.data.Replies {
		if r.Text != "" {
			texts++
		}
	}
	if all := len(s.data.Replies); people != all || places != all || len(s.replies.texts) != texts {
		wrong = append(wrong, fmt.Sprintf("%d replies, of which %d are found by person, %d by what was asked, and %d of %d by text", all, people, places, len(s.replies.texts), texts))
	}
	return wrong
}

// checkOwn: runs and goals are found by their person, and what is finished has its text.
func (s *State) checkOwn() (wrong []string) {
	runs, goals := 0, 0
	for person, all := range s.runs {
		runs += len(all)
		for _, r := range all {
			if s.data.Runs[r.ID] != r || r.Person != person {
				wrong = append(wrong, fmt.Sprintf("run %s is found and not kept", r.ID))
			}
			if (r.Finished > 0) != (r.Text != "") {
				wrong = append(wrong, fmt.Sprintf("run %s is finished without a text, or the other way round", r.ID))
			}
		}
	}
	for person, all := range s.goals {
		goals += len(all)
		for _, id := range all {
			if g := s.data.Goals[id]; g == nil || g.Person != person || g.Text == "" {
				wrong = append(wrong, fmt.Sprintf("goal %s is found and not kept, or has no text", id))
			}
		}
	}
	if runs != len(s.data.Runs) || goals != len(s.data.Goals) {
		wrong = append(wrong, fmt.Sprintf("%d of %d runs and %d of %d goals are found by person", runs, len(s.data.Runs), goals, len(s.data.Goals)))
	}
	return wrong
}

// checkAsked: who was told was told of a plan, and a version of an instrument was brought in once.
func (s *State) checkAsked() (wrong []string) {
	for cohort := range s.data.Told {
		if _, planned := s.data.Plans[cohort]; !planned {
			wrong = append(wrong, fmt.Sprintf("cohort %s was told of what is not planned", cohort))
		}
	}
	for key, uploads := range s.data.Uploads {
		versions := map[string]bool{}
		for _, u := range uploads {
			if versions[u.Version] || u.Hash == "" {
				wrong = append(wrong, fmt.Sprintf("%s was brought in twice as version %s, or has no definition", key, u.Version))
			}
			versions[u.Version] = true
		}
	}
	return wrong
}
