package psycap

import (
	"context"
	"net/http"
	"time"

	"github.com/gofiber/fiber/v2"

	"luotsi/server/auth"
	"luotsi/server/fault"
	"luotsi/server/people"
	"luotsi/server/web"
)

func mountReports(r *web.Router, s *Service) {
	const tag = "psycap"
	trainers, all := auth.Only(auth.Trainer), auth.Only(auth.Trainer, auth.Manager, auth.Admin)
	asked := []*fault.Error{ErrUnknownCohorts, ErrOneOrganisation, ErrUnknownInstrument, people.ErrTooMany}

	web.Handle(r, web.Route{
		Method: http.MethodGet, Path: "/api/psycap/reports", ID: "listReports", Tag: tag, Access: all,
		Summary: "The reports of groups that I may see, and what I may make reports of",
	}, func(ctx context.Context, caller auth.Caller, _ web.None) (reportsView, error) {
		return s.reportsFor(ctx, caller)
	})

	web.Handle(r, web.Route{
		Method: http.MethodGet, Path: "/api/psycap/reports/:report", ID: "getReport", Tag: tag, Access: all,
		Summary: "A report of a group, as it was when it was made", Faults: []*fault.Error{ErrUnknownReport},
	}, func(ctx context.Context, caller auth.Caller, req reportOfRequest) (reportView, error) {
		report, err := s.ReportFor(ctx, caller, req.Report)
		if err != nil {
			return reportView{}, err
		}
		return s.viewReport(ctx, caller, report)
	})

	web.Handle(r, web.Route{
		Method: http.MethodPost, Path: "/api/psycap/reports/preview", ID: "previewReport", Tag: tag, Access: trainers,
		Summary: "Whether a report could be made of these cohorts, and why not; nothing is kept", Faults: asked,
	}, func(ctx context.Context, caller auth.Caller, req reportPreviewRequest) (reportPreviewView, error) {
		return s.PreviewReport(ctx, caller, req.wish())
	})

	web.Handle(r, web.Route{
		Method: http.MethodPost, Path: "/api/psycap/reports", ID: "makeReport", Tag: tag, Access: trainers, Status: http.StatusCreated,
		Summary: "Make a report of cohorts; it stays as it is, and other reports over nearly the same people are no longer possible",
		Faults:  append(asked[:len(asked):len(asked)], ErrMasked, ErrMoved),
	}, func(ctx context.Context, caller auth.Caller, req reportRequest) (madeReportView, error) {
		if web.Blank(req.Title) {
			return madeReportView{}, fault.Bad("title", "required")
		}
		report, err := s.MakeReport(ctx, caller, req.Title, req.wish())
		return madeReportView{Report: report}, err
	})

	web.Handle(r, web.Route{
		Method: http.MethodPost, Path: "/api/psycap/reports/table/preview", ID: "previewTableReport", Tag: tag, Access: all,
		Summary: "What a report of tables from elsewhere would hold, and what is wrong in them; nothing is kept",
		Faults:  []*fault.Error{ErrUnknownOrganisation, ErrUnknownInstrument, ErrLicenceNeeded, ErrItemsMissing, ErrElsewhere, people.ErrTooMany},
	}, func(ctx context.Context, caller auth.Caller, req tablePreviewRequest) (tablePreviewView, error) {
		return s.PreviewTables(ctx, caller, req.Org, req.Tables)
	})

	web.Handle(r, web.Route{
		Method: http.MethodPost, Path: "/api/psycap/reports/table", ID: "makeTableReport", Tag: tag, Access: all, Status: http.StatusCreated,
		Summary: "Make a report of tables from elsewhere; their rows are not kept",
		Faults:  []*fault.Error{ErrUnknownOrganisation, ErrUnknownInstrument, ErrLicenceNeeded, ErrItemsMissing, ErrElsewhere, ErrTable, ErrMasked, people.ErrTooMany},
	}, func(ctx context.Context, caller auth.Caller, req tableReportRequest) (madeReportView, error) {
		if web.Blank(req.Title) {
			return madeReportView{}, fault.Bad("title", "required")
		}
		report, err := s.MakeTableReport(ctx, caller, req.Org, req.Title, req.Tables)
		return madeReportView{Report: report}, err
	})

	web.Mount(r, web.Route{
		Method: http.MethodGet, Path: "/api/psycap/reports/:report/csv", ID: "downloadReport", Tag: tag, Access: all,
		Summary: "The figures of a report as CSV: ?decimal=comma (with semicolons) or point (with commas), ?language=fi, sv or en",
		Faults:  []*fault.Error{ErrUnknownReport},
	}, func(c *fiber.Ctx, caller auth.Caller) error {
		req := reportFileRequest{Report: c.Params("report"), Decimal: c.Query("decimal", "comma"), Language: c.Query("language", caller.Language)}
		if wrong := web.Validate(&req); len(wrong) > 0 {
			return fault.ErrInvalid.Of(wrong...)
		}
		report, err := s.ReportFor(c.UserContext(), caller, req.Report)
		if err != nil {
			return err
		}
		caller.Language = req.Language
		view, err := s.viewReport(c.UserContext(), caller, report)
		if err != nil {
			return err
		}
		file, err := reportFile(view, req.Language, req.Decimal == "comma")
		if err != nil {
			return err
		}
		c.Set(fiber.HeaderContentType, "text/csv; charset=utf-8")
		c.Set(fiber.HeaderContentDisposition, `attachment; filename="luotsi-report.csv"`)
		return c.Send(file)
	})
}

type reportOfRequest struct {
	Report string `path:"report" json:"-" validate:"id"`
}

type reportFileRequest struct {
	Report   string `path:"report" json:"-" validate:"id"`
	Decimal  string `query:"decimal" json:"-" validate:"oneof=comma point"`
	Language string `query:"language" json:"-" validate:"language"`
}

type measureWish struct {
	Instrument string `json:"instrument" validate:"id"`
	Version    string `json:"version" validate:"required,max=40,line"`
}

type reportPreviewRequest struct {
	Cohorts  []string      `json:"cohorts" validate:"min=1,max=50,unique,dive,id"`
	Measures []measureWish `json:"measures" validate:"min=1,max=10,unique=Instrument,dive"`
	Points   []Point       `json:"points" validate:"min=1,max=5,unique,dive,oneof=start end week month half_year"`
}

func (r reportPreviewRequest) wish() ReportWish { return wishOf(r.Cohorts, r.Measures, r.Points) }

func wishOf(cohorts []string, measures []measureWish, points []Point) ReportWish {
	wish := ReportWish{Cohorts: cohorts, Points: points}
	for _, m := range measures {
		wish.Measures = append(wish.Measures, Asked(m))
	}
	return wish
}

type reportRequest struct {
	Title    string        `json:"title" validate:"required,max=120,line,no_identity_code"`
	Cohorts  []string      `json:"cohorts" validate:"min=1,max=50,unique,dive,id"`
	Measures []measureWish `json:"measures" validate:"min=1,max=10,unique=Instrument,dive"`
	Points   []Point       `json:"points" validate:"min=1,max=5,unique,dive,oneof=start end week month half_year"`
}

func (r reportRequest) wish() ReportWish { return wishOf(r.Cohorts, r.Measures, r.Points) }

// TableWish is a table from elsewhere: a row a person, a column for each item before and after. The first row names the columns.
type TableWish struct {
	Instrument string       `json:"instrument" validate:"id"`
	Version    string       `json:"version" validate:"required,max=40,line"`
	Text       string       `json:"text" validate:"required,max=1000000"`
	Columns    []ColumnWish `json:"columns,omitempty" validate:"max=500,unique=Column,dive"` // for columns whose names do not say it
}

// ColumnWish says what a column is. Without an item it is left out.
type ColumnWish struct {
	Column string `json:"column" validate:"required,max=200"`
	Item   string `json:"item,omitempty" validate:"omitempty,id"`
	Point  Point  `json:"point,omitempty" validate:"omitempty,oneof=start end"`
}

type tablePreviewRequest struct {
	Org    string      `json:"org" validate:"id"`
	Tables []TableWish `json:"tables" validate:"min=1,max=10,unique=Instrument,dive"`
}

type tableReportRequest struct {
	Org    string      `json:"org" validate:"id"`
	Title  string      `json:"title" validate:"required,max=120,line,no_identity_code"`
	Tables []TableWish `json:"tables" validate:"min=1,max=10,unique=Instrument,dive"`
}

type reportsView struct {
	Reports []reportLineView `json:"reports"` // newest first
	Cohorts []reportableView `json:"cohorts"` // that I may make reports of, by name
	Tables  []tableOrgView   `json:"tables"`  // organisations for which I may make reports of tables from elsewhere
}

type reportLineView struct {
	Report  string    `json:"report"`
	Title   string    `json:"title"`
	At      time.Time `json:"at"`
	Cohorts []string  `json:"cohorts"` // their names; none when it is of tables from elsewhere
	Table   bool      `json:"table"`
}

type reportableView struct {
	Cohort   string             `json:"cohort"`
	Name     string             `json:"name"`
	Org      string             `json:"org"`
	Small    bool               `json:"small"` // it has fewer members than a report needs: only with others
	Measures []askedMeasureView `json:"measures"`
}

type askedMeasureView struct {
	Instrument string  `json:"instrument"`
	Version    string  `json:"version"`
	Title      string  `json:"title"`
	Points     []Point `json:"points" validate:"dive,oneof=start end week month half_year"`
}

type tableOrgView struct {
	Org         string                `json:"org"`
	Name        string                `json:"name"`
	Floor       int                   `json:"floor"`
	Instruments []tableInstrumentView `json:"instruments"`
}

// tableInstrumentView is what a table may be about: the ids of the items and what may be answered, never their texts.
type tableInstrumentView struct {
	Instrument string          `json:"instrument"`
	Version    string          `json:"version"`
	Title      string          `json:"title"`
	Items      []tableItemView `json:"items"`
}

type tableItemView struct {
	Item string `json:"item"`
	Min  int    `json:"min"`
	Max  int    `json:"max"`
}

type madeReportView struct {
	Report string `json:"report"`
}

type reportPreviewView struct {
	Shown    bool                 `json:"shown"` // it can be made: at least one section would be shown
	Floor    int                  `json:"floor"`
	Sections []sectionPreviewView `json:"sections"`
}

type sectionPreviewView struct {
	Instrument string `json:"instrument"`
	Version    string `json:"version"`
	Title      string `json:"title"`
	Shown      bool   `json:"shown"`
	// AtLeast is how many people it would be of, rounded down to fives: two exact numbers could be subtracted.
	AtLeast int    `json:"atLeast,omitempty"`
	Why     Hidden `json:"why,omitempty" validate:"omitempty,oneof=fewer_than_floor too_close small_cohorts"`
	// Close is the report that it would be too close to, when it is one that the caller may see.
	Close *closeReportView `json:"close,omitempty"`
	// Covered are the scales that would have no figures, to keep others from being told apart.
	Covered []string `json:"covered"`
}

type closeReportView struct {
	Report string    `json:"report"`
	Title  string    `json:"title"`
	At     time.Time `json:"at"`
}

type tablePreviewView struct {
	Shown    bool               `json:"shown"`
	Floor    int                `json:"floor"`
	Sections []tableSectionView `json:"sections"`
}

type tableSectionView struct {
	Instrument string          `json:"instrument"`
	Version    string          `json:"version"`
	Title      string          `json:"title"`
	Rows       int             `json:"rows"`
	Columns    []columnView    `json:"columns"`
	Wrong      []wrongCellView `json:"wrong"` // the first 50
	Shown      bool            `json:"shown"`
	Why        Hidden          `json:"why,omitempty" validate:"omitempty,oneof=fewer_than_floor too_close small_cohorts"`
}

type columnView struct {
	Column string `json:"column"`
	Item   string `json:"item,omitempty"` // none: the column is left out
	Point  Point  `json:"point,omitempty" validate:"omitempty,oneof=start end"`
}

// wrongCellView names a cell, never what is in it.
type wrongCellView struct {
	Row    int        `json:"row"` // 1 is the one that names the columns; 0 is the table
	Column string     `json:"column"`
	Code   TableFault `json:"code" validate:"oneof=not_a_number out_of_range identity_code unknown_column unknown_item same_column no_items no_rows too_many_rows too_many_cells not_a_table"`
}

// reportView is a report with everything a page shows of it.
type reportView struct {
	Report   string        `json:"report"`
	Title    string        `json:"title"`
	At       time.Time     `json:"at"`
	By       string        `json:"by"`      // name; empty when the person is gone
	Org      string        `json:"org"`     // its name
	Cohorts  []string      `json:"cohorts"` // their names
	Table    bool          `json:"table"`   // of tables from elsewhere
	Floor    int           `json:"floor"`   // of the organisation, today
	Points   []Point       `json:"points" validate:"dive,oneof=start end week month half_year"`
	Sections []sectionView `json:"sections"`
}

type sectionView struct {
	Instrument string            `json:"instrument"`
	Version    string            `json:"version"`
	Title      string            `json:"title"`
	Credit     string            `json:"credit"`
	Label      string            `json:"label,omitempty"`
	Better     Better            `json:"better" validate:"oneof=more less"`
	People     []pointPeopleView `json:"people"`
	Pairs      int               `json:"pairs"` // who answered at every point; of one point, who answered
	Scales     []scaleView       `json:"scales"`
	Power      numberView        `json:"power"`
}

type numberView struct {
	Value *float64 `json:"value,omitempty"` // none when why is there
	Why   Why      `json:"why,omitempty" validate:"omitempty,oneof=too_few one_item no_variance same_change no_reliability no_spread not_asked unanswered"`
}

type pointPeopleView struct {
	Point    Point `json:"point" validate:"oneof=start end week month half_year"`
	Asked    int   `json:"asked"`
	Answered int   `json:"answered"`
	Declined int   `json:"declined"`
}

type scaleView struct {
	Scale   string       `json:"scale"` // total, or the id of a part or an item
	Title   string       `json:"title"`
	Min     float64      `json:"min"`
	Max     float64      `json:"max"`
	N       int          `json:"n"`
	LeftOut int          `json:"leftOut"`
	Covered int          `json:"covered"`
	Points  []pointView  `json:"points"`  // none when the scale has no figures
	Changes []changeView `json:"changes"` // from the first point to each later one
}

type pointView struct {
	Point   Point      `json:"point" validate:"oneof=start end week month half_year"`
	Mean    numberView `json:"mean"`
	SD      numberView `json:"sd"`
	Alpha   numberView `json:"alpha"`
	AlphaN  int        `json:"alphaN"`
	Refused int        `json:"refused"`
	Bins    []binView  `json:"bins"`
}

type binView struct {
	From  float64 `json:"from"`
	To    float64 `json:"to"`
	Count int     `json:"count"`
}

type changeView struct {
	From      Point      `json:"from" validate:"oneof=start end week month half_year"`
	To        Point      `json:"to" validate:"oneof=start end week month half_year"`
	N         int        `json:"n"`
	Mean      numberView `json:"mean"`
	SD        numberView `json:"sd"`
	Low       numberView `json:"low"`
	High      numberView `json:"high"`
	R         numberView `json:"r"`
	DZ        numberView `json:"dz"`
	DAV       numberView `json:"dav"`
	GZ        numberView `json:"gz"`
	GAV       numberView `json:"gav"`
	Up        int        `json:"up"`
	Same      int        `json:"same"`
	Down      int        `json:"down"`
	Share     numberView `json:"share"`
	ShareLow  numberView `json:"shareLow"`
	ShareHigh numberView `json:"shareHigh"`
}
