package courses

import (
	"net/http"
	"slices"
	"unicode/utf8"

	"github.com/gofiber/fiber/v2"

	"luotsi/server/auth"
	"luotsi/server/fault"
	"luotsi/server/web"
)

func mountFiles(r *web.Router, s *Service) {
	trainers := auth.Only(auth.Trainer)
	const tag = "cohorts"
	web.Mount(r, web.Route{
		Method: http.MethodGet, Path: "/api/cohorts/:cohort/roster/file", ID: "downloadRoster", Tag: tag, Access: trainers,
		Summary: "The roster, narrowed with only, group and q, for a spreadsheet as CSV; that it was taken is logged", Faults: []*fault.Error{ErrUnknownCohort},
	}, func(c *fiber.Ctx, caller auth.Caller) error {
		filter := RosterFilter{Only: c.Query("only"), Group: c.Query("group"), Name: c.Query("q")}
		switch {
		case !slices.Contains([]string{"", "waiting", "behind", "away", "complete", "invited"}, filter.Only):
			return fault.Bad("only", "oneof")
		case utf8.RuneCountInString(filter.Name) > 100:
			return fault.Bad("q", "max")
		}
		file, err := s.RosterFile(c.UserContext(), caller, c.Params("cohort"), filter)
		return sendSpreadsheet(c, "luotsi-group.csv", file, err)
	})
	web.Mount(r, web.Route{
		Method: http.MethodGet, Path: "/api/cohorts/:cohort/attendance-file", ID: "downloadAttendance", Tag: tag, Access: trainers,
		Summary: "Who was there on which contact day, for a spreadsheet as CSV; that it was taken is logged", Faults: []*fault.Error{ErrUnknownCohort},
	}, func(c *fiber.Ctx, caller auth.Caller) error {
		file, err := s.AttendanceFile(c.UserContext(), caller, c.Params("cohort"))
		return sendSpreadsheet(c, "luotsi-attendance.csv", file, err)
	})
}
