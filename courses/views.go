package courses

import (
	"time"

	"luotsi/server/web"
)

func viewContinue(w Way, language Language) *continueView {
	position, ok := w.Next()
	if !ok {
		return nil
	}
	module, activity := w.Content.Find(w.order[position].ID)
	title, _ := activity.Faces.In(language)
	moduleTitle, _ := module.Faces.In(language)
	view := &continueView{
		Activity: activity.ID, Module: module.ID, ModuleTitle: moduleTitle.Title, Title: title.Title,
		Kind: activity.Kind, Minutes: minutesLeft(activity, w.Place), ModuleNumber: w.module(position) + 1, Number: w.ordinal(position),
	}
	if activity.Kind == Video && w.Place.Activity == activity.ID {
		view.Second = w.Place.Second
	}
	return view
}

func viewLearningCourse(w Way, language Language) learningCourseView {
	face, shown := w.Content.Faces.In(language)
	return learningCourseView{
		Course: w.Course, Title: face.Title, Summary: face.Summary, Cohort: w.Cohort, CohortName: w.CohortName,
		Percent: w.Percent(), Done: w.Done, Total: w.Total,
		Language: shown, Fallback: shown != language, Continue: viewContinue(w, language), FollowUps: viewFollowUps(w, language),
		Certificate: w.Certificate, Revoked: web.Date(w.Revoked),
	}
}

func viewCourse(w Way, language Language) courseView {
	face, shown := w.Content.Faces.In(language)
	view := courseView{
		ID: w.Course, Title: face.Title, Summary: face.Summary, HTML: face.HTML, Language: shown, Fallback: shown != language,
		Version: w.hash, Percent: w.Percent(), Done: w.Done, Total: w.Total,
		Continue: viewContinue(w, language), Modules: make([]moduleView, len(w.Content.Modules)),
	}
	view.Completion = completionView{Days: w.Days, DaysAsked: w.DaysAsked, Approved: w.Approved, Complete: w.Complete()}
	view.Certificate, view.Revoked = w.Certificate, web.Date(w.Revoked)
	tallies := w.tallies()
	for m, module := range w.Content.Modules {
		face, shown := module.Faces.In(language)
		mv := moduleView{
			Credit: w.Completion.Modules[m].Credit, Passed: w.Completion.Modules[m].Passed,
			ID: module.ID, Title: face.Title, Hours: module.Hours, Goals: list(face.Goals), Outline: list(face.Outline),
			Output: face.Output, HTML: face.HTML, Sources: list(face.Sources),
			Reviewed: web.Date(face.Reviewed), ReviewBy: web.Date(face.ReviewBy),
			Percent: w.Completion.Modules[m].Percent(), Language: shown, Fallback: shown != language,
			Activities: make([]activitySummaryView, len(module.Activities)),
		}
		for a, activity := range module.Activities {
			t := tallies[w.numbers[activity.ID]]
			face, _ := activity.Faces.In(language)
			position := w.starts[m] + a
			av := activitySummaryView{
				ID: activity.ID, Kind: activity.Kind, Title: face.Title, Minutes: activity.Minutes, Requires: w.order[position].requires(),
				Optional: activity.Optional, Done: isFinished(w.Cells[position]), State: cellNames[w.Cells[position]],
				Locks: viewLocks(w.Locks(position)), Due: web.Date(w.Due(position)),
			}
			_, av.Changed = w.changed(position, t, language)
			if activity.Kind == Quiz && t.Max > 0 {
				av.Passed, av.Points, av.Max = &t.Passed, &t.Points, &t.Max
			}
			mv.Activities[a] = av
		}
		view.Modules[m] = mv
	}
	return view
}

// cellNames are what pages call the state of an activity.
var cellNames = map[byte]string{
	CellNone: "not_started", CellBegun: "begun", CellWaits: "waits", CellReturned: "returned", CellDone: "done", CellCredited: "credited",
}

func viewLocks(locks []Lock) []lockView {
	views := make([]lockView, len(locks))
	for i, l := range locks {
		views[i] = lockView{Opens: web.Date(l.Opens), After: l.After}
	}
	return views
}

// list is never nil, so that it is encoded as [].
func list(texts []string) []string {
	if texts == nil {
		return []string{}
	}
	return texts
}

func (s *Service) viewActivity(p Page, language Language) activityView {
	face, shown := p.Activity.Faces.In(language)
	module, _ := p.Module.Faces.In(language)
	view := activityView{
		ID: p.Activity.ID, Course: p.Course, Kind: p.Activity.Kind, Module: p.Module.ID, ModuleTitle: module.Title,
		Title: face.Title, Minutes: p.Activity.Minutes, HTML: face.HTML, Language: shown, Fallback: shown != language,
		Done: isFinished(p.Cells[p.Position]), State: cellNames[p.Cells[p.Position]], Requires: p.order[p.Position].requires(),
		Due: web.Date(p.Due(p.Position)), Percent: p.Percent(),
		Previous: viewLink(p.Way, p.Position-1, language), Next: viewLink(p.Way, p.Position+1, language),
		Draft: draftView{Rev: p.Draft.Rev, Text: p.Draft.Text}, Change: viewChange(p.Change),
	}
	if p.Tally.DoneAt > 0 {
		view.DoneAt = when(p.Tally.DoneAt)
	}
	if p.Place.Activity != "" {
		view.Place = &placeView{Activity: p.Place.Activity, Position: p.Place.Position, Second: p.Place.Second}
	}
	switch p.Activity.Kind {
	case Video:
		view.Video = viewVideo(p, face, shown)
	case Link:
		view.Elsewhere = viewElsewhere(p, face)
	case Quiz:
		view.Quiz = viewQuiz(p, language)
	case Task:
		view.Task = &taskView{Rubric: viewRubric(p.Activity, language), Rounds: s.viewRounds(p.Handed)}
		if p.Submission != "" {
			view.Task.Submitted = &submissionView{At: time.UnixMilli(p.Tally.TextAt).UTC(), Text: p.Submission}
		}
	case Development:
		view.Development = s.viewDevelopment(p.Activity, p.Handed, language)
	case Work:
		view.Work = s.viewWork(p)
	case Reflection:
		view.Reflection = s.viewReflection(p)
	}
	return view
}

func viewLink(w Way, position int, language Language) *linkView {
	if position < 0 || position >= len(w.order) {
		return nil
	}
	_, activity := w.Content.Find(w.order[position].ID)
	face, _ := activity.Faces.In(language)
	return &linkView{ID: activity.ID, Title: face.Title, Kind: activity.Kind}
}

func when(ms int64) *time.Time {
	t := time.UnixMilli(ms).UTC()
	return &t
}

func viewProgress(w Way, activity string, language Language) progressView {
	view := progressView{Percent: w.Percent(), Done: w.Done, Total: w.Total, Continue: viewContinue(w, language)}
	if position, ok := w.find(activity); ok {
		view.ModulePercent = w.Completion.Modules[w.module(position)].Percent()
	}
	return view
}
