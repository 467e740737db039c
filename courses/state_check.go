package courses

import (
	"fmt"
	"slices"
)

// Check is part of journal.State. It counts every learner's progress again from what they did, by ids instead of numbers.
func (s *State) Check() []string {
	var wrong []string
	say := func(format string, args ...any) { wrong = append(wrong, fmt.Sprintf(format, args...)) }
	inCohorts := 0
	type asked struct {
		at       int64
		requires Requirement
	}
	everAsked, newestKinds := map[string]map[string][]asked{}, map[string]map[string]Kind{} // by course and activity
	for id, c := range s.data.Courses {
		ever, kinds := map[string][]asked{}, map[string]Kind{}
		for _, v := range c.Versions {
			for _, m := range v.Modules {
				for _, a := range m.Activities {
					ever[a.ID], kinds[a.ID] = append(ever[a.ID], asked{v.At, a.requires()}), a.Kind
				}
			}
		}
		everAsked[id], newestKinds[id] = ever, kinds
	}
	for id, en := range s.data.Enrolments {
		course := s.data.Courses[en.Course]
		l := s.learner(en.Person, en.Course)
		if course == nil || len(course.Versions) == 0 || l == nil || l.Enrolment != en || id != enrolmentID(en.Course, en.Person) {
			say("enrolment %s is not indexed", id)
			continue
		}
		newest := course.Versions[len(course.Versions)-1]
		ever := everAsked[en.Course]
		finished, texts := map[string]bool{}, 0
		for i := range en.Trail.steps() {
			st := en.Trail.at(i)
			if st.Activity >= len(course.Activities) || st.Deed < did || st.Deed > lastDeed || st.Points > st.Max {
				say("enrolment %s: step %d makes no sense", id, i)
				continue
			}
			activity := course.Activities[st.Activity]
			if st.takesBack() {
				delete(finished, activity)
			} else if st.Final {
				finished[activity] = true
			}
			for v, a := range ever[activity] {
				if (a.at >= st.At || v == len(ever[activity])-1) && a.requires.metBy(st.Deed) {
					finished[activity] = true
				}
			}
			if st.hasText() {
				texts++
			}
		}
		if texts != len(en.Texts) {
			say("enrolment %s: %d texts for %d steps that have one", id, len(en.Texts), texts)
		}
		done, total, days := 0, newest.Rules.ContactDays, 0
		for activity, kind := range newestKinds[en.Course] {
			if kind == Contact && finished[activity] {
				days++
			}
		}
		for _, m := range newest.Modules {
			_, credited := en.Credits[m.ID]
			for _, a := range m.Activities {
				if a.asked() {
					total++
					if finished[a.ID] || credited && a.Kind != Development {
						done++
					}
				}
			}
			if len(m.Activities) == 0 {
				total++
				if credited {
					done++
				}
			}
		}
		done += min(days, newest.Rules.ContactDays)
		c := s.completion(l)
		if c.Done != done || c.Total != total {
			say("enrolment %s: %d of %d done, recounted %d of %d", id, c.Done, c.Total, done, total)
		}
		if percent := c.Percent(); percent < 0 || percent > 100 || percent == 100 && done != total {
			say("enrolment %s: %d per cent for %d of %d", id, percent, done, total)
		}
		if en.Cohort != "" {
			inCohorts++
			if c := s.data.Cohorts[en.Cohort]; c == nil || c.Course != en.Course || !slices.Contains(s.cohorts[en.Cohort], l) {
				say("enrolment %s: not in its cohort %s", id, en.Cohort)
			}
		}
	}
	for _, members := range s.cohorts {
		inCohorts -= len(members)
	}
	s.checkTries(say)
	if inCohorts != 0 {
		say("the cohorts differ from the enrolments by %d", inCohorts)
	}
	return append(wrong, s.checkFeedback()...)
}
