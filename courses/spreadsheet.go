package courses

import (
	"bytes"
	"context"
	"encoding/csv"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"

	"luotsi/server/auth"
)

// What the access log says of somebody whose figures were taken away in a file, with the course after a colon.
const (
	tookGroup      = "group_file:"
	tookAttendance = "attendance_file:"
	tookRegister   = "certificate_file:"
)

// spreadsheet writes rows as Excel opens them where commas are decimal: CSV with semicolons, and a mark at the start, without which ä
// is taken for something else. No cell is taken for a formula.
func spreadsheet(rows [][]string) ([]byte, error) {
	file := bytes.NewBufferString("\ufeff")
	w := csv.NewWriter(file)
	w.Comma, w.UseCRLF = ';', true
	for _, row := range rows {
		safe := make([]string, len(row))
		for i, cell := range row {
			safe[i] = harmless(cell)
		}
		if err := w.Write(safe); err != nil {
			return nil, err
		}
	}
	w.Flush()
	return file.Bytes(), w.Error()
}

// harmless keeps a spreadsheet from taking a text for a formula. Blanks before the sign do not hide it from every program.
func harmless(text string) string {
	if begin, _ := utf8.DecodeRuneInString(strings.TrimLeft(text, " \u00a0")); strings.ContainsRune("=+-@\t\r\n＝＋－＠", begin) {
		return "'" + text
	}
	return text
}

// hoursOf writes minutes as hours with a decimal comma, to a hundredth: 450 is 7,5.
func hoursOf(minutes int) string {
	return strings.ReplaceAll(strconv.FormatFloat(float64(minutes*100/60)/100, 'f', -1, 64), ".", ",")
}

// recordAll notes for each person that the caller takes something about them away. It is durable when it returns.
func (s *Service) recordAll(ctx context.Context, caller auth.Caller, persons []string, what string) error {
	const atOnce = 16 // the log of one person is one after the other; those of different people need not wait for each other
	var (
		all    sync.WaitGroup
		mu     sync.Mutex
		failed error
	)
	places := make(chan struct{}, atOnce)
	for _, person := range persons {
		places <- struct{}{}
		all.Go(func() {
			defer func() { <-places }()
			if err := s.access.Record(ctx, caller.Person, person, what); err != nil {
				mu.Lock()
				failed = err
				mu.Unlock()
			}
		})
	}
	all.Wait()
	return failed
}
