package courses

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"luotsi/server/auth"
)

// RosterFilter narrows a roster as its page does: Only is "" or one of waiting, behind, away, complete and invited; Group is one
// of Whose or a small group, and "" everybody; Name is a part of a name.
type RosterFilter struct {
	Only, Group, Name string
}

// passes reports whether a learner is on the page.
func (f RosterFilter) passes(row RosterRow, name string) bool {
	switch {
	case f.Only == "waiting" && row.Waiting == 0, f.Only == "behind" && !row.Behind, f.Only == "away" && !row.Away, f.Only == "complete" && !row.Passed,
		f.Only == "invited" && !row.Invited:
		return false
	case f.Group == "", f.Group == string(Everybodys):
	case f.Group == string(Mine) && !row.Mine, f.Group != string(Mine) && f.Group != row.Group:
		return false
	}
	return strings.Contains(folded(name), folded(f.Name))
}

// development is the cell of the course's development task, of the one that is least done when there are several; 0 when there is none.
func (e *edition) development(cells Cells) byte {
	var least byte
	for position, activity := range e.order {
		if activity.Kind == Development && !activity.Optional && (least == 0 || isFinished(least)) {
			least = cells[position]
		}
	}
	return least
}

// RosterFile is a roster, narrowed as on its page, for a spreadsheet. That it was taken is in everybody's access log first.
func (s *Service) RosterFile(ctx context.Context, caller auth.Caller, cohort string, filter RosterFilter) ([]byte, error) {
	r, err := s.Roster(ctx, caller, cohort)
	if err != nil {
		return nil, err
	}
	if !r.Trains {
		return nil, ErrUnknownCohort
	}
	words := fileTexts(caller.Language)
	groups := map[string]string{}
	for _, g := range r.Groups {
		groups[g.ID] = g.Name
	}
	rows := [][]string{{
		words.name, words.group, words.percent, words.modules, words.days, words.development, words.seen, words.missing, words.certificate,
	}}
	var persons []string
	for _, row := range r.Rows {
		name := s.names.Of(row.Person).Name
		if !filter.passes(row, name) {
			continue
		}
		seen := ""
		if !row.LastSeen.IsZero() {
			seen = dayOf(row.LastSeen)
		}
		persons = append(persons, row.Person)
		if row.Invited {
			rows = append(rows, []string{name, groups[row.Group], "", "", "", "", words.invited, "", ""})
			continue
		}
		rows = append(rows, []string{
			name, groups[row.Group], strconv.Itoa(row.Percent), strconv.Itoa(row.Modules), strconv.Itoa(row.Days), words.states[row.Development],
			seen, words.missingOf(row.Missing), row.Certificate,
		})
	}
	if err := s.recordAll(ctx, caller, persons, tookGroup+r.Course); err != nil {
		return nil, err
	}
	return spreadsheet(rows)
}

// AttendanceFile is who was there on which contact day, for a spreadsheet, with the hours of the days that count. That it was taken
// is in everybody's access log first.
func (s *Service) AttendanceFile(ctx context.Context, caller auth.Caller, cohort string) ([]byte, error) {
	var err error
	s.journal.View(func() { _, err = s.state.cared(s.borders, caller.Person, cohort) })
	if err != nil {
		return nil, err
	}
	days, persons, content, err := s.ContactDays(ctx, caller, cohort)
	if err != nil {
		return nil, err
	}
	if err := s.recordAll(ctx, caller, persons, tookAttendance+content.ID); err != nil {
		return nil, err
	}
	words := fileTexts(caller.Language)
	head, minutes := []string{words.name}, make([]int, len(days))
	for i, day := range days {
		_, activity := content.Find(day.Activity)
		if minutes[i] = activity.Planned; minutes[i] == 0 {
			minutes[i] = activity.Minutes
		}
		face, _ := activity.Faces.In(caller.Language)
		title := fmt.Sprintf("M%d %s", day.Module+1, face.Title)
		if day.Day != "" {
			title += " " + day.Day
		}
		head = append(head, title)
	}
	rows := [][]string{append(head, words.countedDays, words.countedHours)}
	for _, person := range persons {
		row, counted, sum := []string{s.names.Of(person).Name}, 0, 0
		for i, day := range days {
			word := day.Words[person]
			if word == attended || word == compensated {
				counted, sum = counted+1, sum+minutes[i]
			}
			row = append(row, words.attendance[word])
		}
		rows = append(rows, append(row, strconv.Itoa(counted), hoursOf(sum)))
	}
	return spreadsheet(rows)
}

// fileWords are the words of files for spreadsheets.
type fileWords struct {
	name, group, percent, modules, days, development, seen, missing, certificate, countedDays, countedHours, invited string
	begun, untouched, missingDays, missingTask                                                                       string
	states                                                                                                           map[byte]string
	attendance                                                                                                       map[deed]string
}

func fileTexts(language Language) *fileWords {
	if words := allFileTexts[language]; words != nil {
		return words
	}
	return allFileTexts[Finnish]
}

var allFileTexts = map[Language]*fileWords{
	"fi": {
		name: "Nimi", group: "Pienryhmä", percent: "Edistyminen %", modules: "Suoritetut moduulit", days: "Lähipäivät", development: "Kehittämistehtävä",
		seen: "Viimeksi käynyt", invited: "kutsuttu", missing: "Puuttuu", certificate: "Todistuksen numero", countedDays: "Lähipäiviä yhteensä", countedHours: "Tunteja yhteensä",
		begun: "%s kesken", untouched: "moduuleja aloittamatta: %d", missingDays: "lähipäiviä: %d", missingTask: "kehittämistehtävä",
		states: map[byte]string{
			CellNone: "aloittamatta", CellBegun: "kesken", CellWaits: "odottaa palautetta", CellReturned: "palautettu täydennettäväksi",
			CellDone: "hyväksytty",
		},
		attendance: map[deed]string{attended: "paikalla", absent: "poissa", compensated: "korvattu"},
	},
	"sv": {
		name: "Namn", group: "Smågrupp", percent: "Framsteg %", modules: "Genomförda moduler", days: "Närstudiedagar", development: "Utvecklingsuppgift",
		seen: "Senast inne", invited: "inbjuden", missing: "Saknas", certificate: "Intygets nummer", countedDays: "Närstudiedagar sammanlagt", countedHours: "Timmar sammanlagt",
		begun: "%s på hälft", untouched: "moduler inte påbörjade: %d", missingDays: "närstudiedagar: %d", missingTask: "utvecklingsuppgift",
		states: map[byte]string{
			CellNone: "inte påbörjad", CellBegun: "på hälft", CellWaits: "väntar på respons", CellReturned: "återsänd för komplettering",
			CellDone: "godkänd",
		},
		attendance: map[deed]string{attended: "närvarande", absent: "frånvarande", compensated: "ersatt"},
	},
	"en": {
		name: "Name", group: "Small group", percent: "Progress %", modules: "Modules completed", days: "Contact days", development: "Development task",
		seen: "Last seen", invited: "invited", missing: "Missing", certificate: "Certificate number", countedDays: "Contact days in all", countedHours: "Hours in all",
		begun: "%s begun", untouched: "modules not begun: %d", missingDays: "contact days: %d", missingTask: "development task",
		states: map[byte]string{
			CellNone: "not begun", CellBegun: "begun", CellWaits: "waits for feedback", CellReturned: "returned to be completed",
			CellDone: "approved",
		},
		attendance: map[deed]string{attended: "present", absent: "absent", compensated: "compensated"},
	},
}

// missingOf tells in a few words what a learner still has to do, as the page of the group does.
func (w *fileWords) missingOf(m Missing) string {
	var parts []string
	if len(m.Begun) > 0 {
		begun := make([]string, len(m.Begun))
		for i, module := range m.Begun {
			begun[i] = fmt.Sprint("M", module+1)
		}
		parts = append(parts, fmt.Sprintf(w.begun, strings.Join(begun, ", ")))
	}
	if n := m.Modules - len(m.Begun); n > 0 {
		parts = append(parts, fmt.Sprintf(w.untouched, n))
	}
	if m.Days > 0 {
		parts = append(parts, fmt.Sprintf(w.missingDays, m.Days))
	}
	if m.Development {
		parts = append(parts, w.missingTask)
	}
	return strings.Join(parts, ", ")
}
