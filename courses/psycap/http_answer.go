package psycap

import (
	"context"
	"maps"
	"net/http"
	"slices"
	"time"

	"luotsi/server/auth"
	"luotsi/server/fault"
	"luotsi/server/web"
)

func mountAnswers(r *web.Router, s *Service) {
	learners := auth.Only(auth.Trainee, auth.Coordinator)
	const tag = "psycap"
	asked := []*fault.Error{ErrUnknownMeasure, ErrMeasureNotYet, ErrMeasureOver}

	web.Handle(r, web.Route{
		Method: http.MethodGet, Path: "/api/psycap/measures", ID: "listMeasures", Tag: tag, Access: learners,
		Summary: "What I am asked now, and what of it I answered or do not answer; no question is in it",
	}, func(ctx context.Context, caller auth.Caller, _ web.None) (measuresView, error) {
		list, err := s.Offered(ctx, caller)
		return viewMeasures(list, caller.Language), err
	})

	web.Handle(r, web.Route{
		Method: http.MethodGet, Path: "/api/psycap/measures/:cohort/:instrument/:point", ID: "readMeasure", Tag: tag, Access: learners,
		Summary: "A measure with its questions, to answer it; while it is open",
		Faults:  append([]*fault.Error{ErrLicenceNeeded, ErrItemsMissing}, asked...),
	}, func(ctx context.Context, caller auth.Caller, req measureRequest) (openedView, error) {
		o, err := s.Open(ctx, caller, req.Cohort, req.Instrument, req.Point)
		if err != nil {
			return openedView{}, err
		}
		return viewMeasure(o, caller.Language), nil
	})

	web.Handle(r, web.Route{
		Method: http.MethodPut, Path: "/api/psycap/measures/:cohort/:instrument/:point/answers", ID: "answerMeasure", Tag: tag, Access: learners,
		Summary: "Answer a measure, in place of my answers before; a question that is left out stays blank",
		Faults:  append([]*fault.Error{ErrAnswers, ErrMeasureChanged, ErrAnsweredSince, ErrLicenceNeeded, ErrItemsMissing}, asked...),
	}, func(ctx context.Context, caller auth.Caller, req answersRequest) (web.None, error) {
		answers, err := req.read()
		if err != nil {
			return web.None{}, err
		}
		return web.None{}, s.Answer(ctx, caller, req.Cohort, req.Instrument, req.Version, req.Point, answers, req.Over)
	})

	web.Handle(r, web.Route{
		Method: http.MethodDelete, Path: "/api/psycap/measures/:cohort/:instrument/:point/answers", ID: "withdrawAnswers", Tag: tag, Access: learners,
		Summary: "Take my answers back; they are deleted at once", Faults: []*fault.Error{ErrNotAnswered},
	}, func(ctx context.Context, caller auth.Caller, req measureRequest) (web.None, error) {
		return web.None{}, s.Withdraw(ctx, caller, req.Cohort, req.Instrument, req.Point)
	})

	web.Handle(r, web.Route{
		Method: http.MethodPut, Path: "/api/psycap/measures/:cohort/:instrument/:point/decline", ID: "declineMeasure", Tag: tag, Access: learners,
		Summary: "Do not answer a measure, or take that back", Faults: append([]*fault.Error{ErrAlreadyAnswered}, asked...),
	}, func(ctx context.Context, caller auth.Caller, req declineRequest) (web.None, error) {
		return web.None{}, s.Decline(ctx, caller, req.Cohort, req.Instrument, req.Point, req.Declined)
	})

	web.Handle(r, web.Route{
		Method: http.MethodPut, Path: "/api/psycap/measures/refusal", ID: "refuseMeasures", Tag: tag, Access: learners,
		Summary: "Do not ask me anything, or ask again",
	}, func(ctx context.Context, caller auth.Caller, req measuresRefusalRequest) (web.None, error) {
		return web.None{}, s.RefuseMeasures(ctx, caller, req.Refused)
	})
}

type measureRequest struct {
	Cohort     string `path:"cohort" json:"-" validate:"id"`
	Instrument string `path:"instrument" json:"-" validate:"id"`
	Point      Point  `path:"point" json:"-" validate:"oneof=start end week month half_year"`
}

type declineRequest struct {
	Cohort     string `path:"cohort" json:"-" validate:"id"`
	Instrument string `path:"instrument" json:"-" validate:"id"`
	Point      Point  `path:"point" json:"-" validate:"oneof=start end week month half_year"`
	Declined   bool   `json:"declined"`
}

type measuresRefusalRequest struct {
	Refused bool `json:"refused"`
}

type answersRequest struct {
	Cohort     string       `path:"cohort" json:"-" validate:"id"`
	Instrument string       `path:"instrument" json:"-" validate:"id"`
	Point      Point        `path:"point" json:"-" validate:"oneof=start end week month half_year"`
	Version    string       `json:"version" validate:"required,max=20,line"`   // of the questions that are answered
	Answers    []answerView `json:"answers" validate:"min=1,max=100,dive"`     // questions that are not in it stay blank
	Over       *int64       `json:"over,omitempty" validate:"omitempty,min=0"` // unix ms of the answers that these take the place of; 0 for none
}

// answerView is a value, or that the person does not want to answer the question.
type answerView struct {
	Item    string `json:"item" validate:"id"`
	Value   *int   `json:"value,omitempty"`
	Refused bool   `json:"refused,omitempty"`
}

func (req answersRequest) read() (Answers, error) {
	answers := make(Answers, len(req.Answers))
	var wrong []fault.Field
	for i, one := range req.Answers {
		_, twice := answers[one.Item]
		switch {
		case twice:
			wrong = append(wrong, fault.Field{Name: indexed("answers", i), Code: "repeated"})
		case one.Refused == (one.Value != nil): // neither, or both
			wrong = append(wrong, fault.Field{Name: indexed("answers", i), Code: "value_or_refused"})
		case one.Refused:
			answers[one.Item] = Answer{Refused: true}
		default:
			answers[one.Item] = Answer{Value: *one.Value}
		}
	}
	if len(wrong) > 0 {
		return nil, ErrAnswers.Of(wrong...)
	}
	return answers, nil
}

// viewAnswers lists answers in the order of their items' ids.
func viewAnswers(answers Answers) []answerView {
	views := make([]answerView, 0, len(answers))
	for _, item := range slices.Sorted(maps.Keys(answers)) {
		if a := answers[item]; a.Refused {
			views = append(views, answerView{Item: item, Refused: true})
		} else {
			views = append(views, answerView{Item: item, Value: &a.Value})
		}
	}
	return views
}

// measuresView has each measure that is open now in one of its lists.
type measuresView struct {
	Refused  bool               `json:"refused"` // I do not want to be asked; waiting is empty then
	Waiting  []measureAskedView `json:"waiting"` // what closes first at the front
	Answered []measureAskedView `json:"answered"`
	Declined []measureAskedView `json:"declined"`
}

type measureAskedView struct {
	Cohort     string     `json:"cohort"`
	CohortName string     `json:"cohortName"`
	Instrument string     `json:"instrument"`
	Title      string     `json:"title"`
	Label      string     `json:"label"` // a warning that stands beside the title; often empty
	Point      Point      `json:"point" validate:"oneof=start end week month half_year"`
	Questions  int        `json:"questions"`
	Minutes    int        `json:"minutes"` // that answering takes about
	Closes     web.Date   `json:"closes"`  // the last day
	AnsweredAt *time.Time `json:"answeredAt,omitempty"`
	// Problem is why it can not be answered today, as a code of a refusal: the licence ended.
	Problem string `json:"problem,omitempty"`
}

func viewMeasures(list OfferedNow, language string) measuresView {
	view := measuresView{Refused: list.Refused, Waiting: []measureAskedView{}, Answered: []measureAskedView{}, Declined: []measureAskedView{}}
	for _, a := range list.All {
		one := viewAsked(a, language)
		switch {
		case a.Reply.Declined:
			view.Declined = append(view.Declined, one)
		case a.Reply.Text != "":
			one.AnsweredAt = moment(a.Reply.At)
			view.Answered = append(view.Answered, one)
		case !list.Refused:
			view.Waiting = append(view.Waiting, one)
		}
	}
	return view
}

func viewAsked(a Offered, language string) measureAskedView {
	view := measureAskedView{
		Cohort: a.Cohort.ID, CohortName: a.Cohort.Name, Instrument: a.Measure.Instrument, Point: a.Point, Closes: web.Date(a.Window.Closes),
	}
	in := a.Instrument
	if a.Refused != nil {
		view.Problem = a.Refused.Code
		in, _ = defined(a.Measure.Instrument)
	}
	if in != nil {
		view.Title, view.Label = in.Titles.In(language), in.Label.In(language)
		view.Questions, view.Minutes = len(in.Items), minutesFor(len(in.Items))
	}
	return view
}

type openedView struct {
	measureAskedView
	Version  string            `json:"version"`
	Intro    string            `json:"intro"`
	Credit   string            `json:"credit"`
	Language string            `json:"language"` // of the questions
	Anchors  []anchorView      `json:"anchors"`
	Items    []measureItemView `json:"items"`
	Declined bool              `json:"declined"`
	Over     int64             `json:"over"`    // unix ms of my answers, to say what new ones take the place of; 0 when there are none
	Answers  []answerView      `json:"answers"` // mine; empty when there are none, or of another version
	Draft    draftView         `json:"draft"`
}

// anchorView is what a value means, in words.
type anchorView struct {
	Value int    `json:"value"`
	Text  string `json:"text"`
}

type measureItemView struct {
	ID     string `json:"id"`
	Text   string `json:"text"`
	Values []int  `json:"values"` // that may be chosen, rising
}

func viewMeasure(o Opened, language string) openedView {
	in := o.Instrument
	view := openedView{
		measureAskedView: viewAsked(o.Offered, language), Version: in.Version, Intro: in.Intro.In(language), Credit: in.Credit.In(language),
		Language: in.languageFor(language), Anchors: []anchorView{}, Items: []measureItemView{}, Declined: o.Reply.Declined,
		Answers: viewAnswers(o.Answers), Draft: draftView{Rev: o.Draft.Rev, Text: o.Draft.Text},
	}
	if o.Reply.Text != "" {
		view.Over, view.AnsweredAt = o.Reply.At, moment(o.Reply.At)
	}
	anchors := in.Scale.Anchors[view.Language]
	for _, value := range slices.Sorted(maps.Keys(anchors)) {
		view.Anchors = append(view.Anchors, anchorView{value, anchors[value]})
	}
	for _, item := range in.Items {
		view.Items = append(view.Items, measureItemView{ID: item.ID, Text: item.Texts.In(view.Language), Values: in.choices(item)})
	}
	return view
}

// languageFor is the reader's language when the questions are in it, or the first that they are in.
func (in *Instrument) languageFor(reader string) string {
	if slices.Contains(in.Languages, reader) || len(in.Languages) == 0 {
		return reader
	}
	return in.Languages[0]
}

// choices lists the values that an item may be answered with.
func (in *Instrument) choices(item Item) []int {
	least, greatest := in.Range(item)
	all := []int{}
	for value := least; value <= greatest; value++ {
		if len(item.Values) == 0 || slices.Contains(item.Values, value) {
			all = append(all, value)
		}
	}
	return all
}

func moment(ms int64) *time.Time {
	t := time.UnixMilli(ms).UTC()
	return &t
}

type draftView struct {
	Rev  int64  `json:"rev"`
	Text string `json:"text"`
}
