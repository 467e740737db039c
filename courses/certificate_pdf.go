package courses

import (
	"bytes"
	"fmt"
	"time"

	"codeberg.org/go-pdf/fpdf"
	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/goregular"
	"rsc.io/qr"
)

// certificateWords are what a certificate says beside names and titles.
type certificateWords struct {
	title, number, name, day, hours, credits, revoked   string
	finished, parts, allModules, contactDays, developed string
	worth, worthCredits, issuedBy, check, taken         string
	kinds                                               map[CreditKind]string
	date                                                func(time.Time) string
}

func finnishDate(t time.Time) string { return fmt.Sprintf("%d.%d.%d", t.Day(), t.Month(), t.Year()) }

var certificateTexts = map[Language]*certificateWords{
	"fi": {
		title: "Todistus", number: "Numero", name: "Nimi", day: "Päivä", hours: "Tunnit", credits: "Opintopisteet", revoked: "Peruttu",
		finished: "on suorittanut koulutuksen", parts: "Koulutuksen osat", allModules: "Kaikki %d osaa on suoritettu, yhteensä %d tuntia.",
		contactDays: "Lähipäiviä %d/%d.", developed: "Kehittämistehtävän on hyväksynyt toinen henkilö.", worth: "Laajuus %d tuntia.",
		worthCredits: "Laajuus %d opintopistettä (%d tuntia).", issuedBy: "Myöntäjä", check: "Todistuksen voi tarkistaa osoitteessa", taken: "Tämä todistus on peruttu.",
		kinds: map[CreditKind]string{PriorLearning: "hyväksytty aiempi osaaminen", Compensating: "korvaava tehtävä"}, date: finnishDate,
	},
	"sv": {
		title: "Intyg", number: "Nummer", name: "Namn", day: "Dag", hours: "Timmar", credits: "Studiepoäng", revoked: "Återkallat",
		finished: "har genomfört utbildningen", parts: "Utbildningens delar", allModules: "Alla %d delar är genomförda, sammanlagt %d timmar.",
		contactDays: "Närstudiedagar %d/%d.", developed: "Utvecklingsuppgiften har godkänts av en annan person.", worth: "Omfattning %d timmar.",
		worthCredits: "Omfattning %d studiepoäng (%d timmar).", issuedBy: "Utfärdat av", check: "Intyget kan kontrolleras på adressen", taken: "Det här intyget är återkallat.",
		kinds: map[CreditKind]string{PriorLearning: "tidigare kunnande godkänt", Compensating: "ersättande uppgift"}, date: finnishDate,
	},
	"en": {
		title: "Certificate", number: "Number", name: "Name", day: "Day", hours: "Hours", credits: "ECTS credits", revoked: "Revoked",
		finished: "has completed the course", parts: "What the course consisted of", allModules: "All %d modules are completed, %d hours in all.",
		contactDays: "Contact days %d/%d.", developed: "The development task is approved by a second person.", worth: "Extent: %d hours.",
		worthCredits: "Extent: %d ECTS credits (%d hours).", issuedBy: "Issued by", check: "The certificate can be checked at", taken: "This certificate has been revoked.",
		kinds: map[CreditKind]string{PriorLearning: "prior learning recognised", Compensating: "compensating task"},
		date:  func(t time.Time) string { return t.Format("2 January 2006") },
	},
}

// The colours of the page, as in frontend/src/app/styles/tokens.css.
type rgb struct{ r, g, b int }

var (
	deep    = rgb{0x0b, 0x3a, 0x4a}
	sea     = rgb{0x0c, 0x62, 0x72}
	beam    = rgb{0xf5, 0xb8, 0x2e}
	ink     = rgb{0x14, 0x26, 0x2e}
	inkSoft = rgb{0x47, 0x5a, 0x63}
	line    = rgb{0xd3, 0xdf, 0xe2}
	bad     = rgb{0xa9, 0x2a, 0x22}
)

// Lengths in millimetres of an A4.
const (
	pageWidth, pageHeight = 210.0, 297.0
	edge                  = 24.0
	inner                 = pageWidth - 2*edge
)

// sheet draws with one font in two weights.
type sheet struct{ *fpdf.Fpdf }

func (s sheet) write(text string, size float64, weight string, c rgb, after float64) {
	s.SetFont("Go", weight, size)
	s.SetTextColor(c.r, c.g, c.b)
	s.SetX(edge)
	s.MultiCell(inner, size*0.48, text, "", "L", false)
	s.Ln(after)
}

// PDF draws the certificate. The page of the certificate says the same to who can not read it.
func (d Diploma) PDF(language Language) ([]byte, error) {
	w := certificateTexts[language]
	if w == nil {
		language, w = Finnish, certificateTexts[Finnish]
	}
	face, _ := d.Content.Faces.In(language)
	s := sheet{fpdf.New("P", "mm", "A4", "")}
	s.AddUTF8FontFromBytes("Go", "", goregular.TTF)
	s.AddUTF8FontFromBytes("Go", "B", gobold.TTF)
	s.SetLang(language)
	s.SetTitle(w.title+" "+d.Number, true)
	s.SetAuthor(d.OrgName, true)
	s.SetSubject(face.Title, true)
	s.SetCreator("Luotsi", true)
	s.SetDisplayMode("fullpage", "single")
	s.SetCreationDate(d.issued())
	s.SetModificationDate(d.issued())
	s.SetMargins(edge, edge, edge)
	s.SetAutoPageBreak(true, 62)
	s.SetFooterFunc(func() { d.foot(s, w) })
	s.AddPage()
	s.fill(deep, 0, 0, pageWidth, 9)
	s.fill(beam, 0, 9, pageWidth, 1.2)
	s.SetY(26)
	s.write("Luotsi", 12, "B", sea, 9)
	s.write(w.title, 30, "B", deep, 6)
	s.write(d.Name, 22, "B", ink, 2)
	s.write(w.finished, 12, "", inkSoft, 2)
	s.write(face.Title, 17, "B", deep, 3)
	worth := fmt.Sprintf(w.worth, d.Hours)
	if d.Credits > 0 {
		worth = fmt.Sprintf(w.worthCredits, d.Credits, d.Hours)
	}
	s.write(worth, 12, "", ink, 5)
	if d.Revoked != "" {
		s.write(w.taken, 14, "B", bad, 5)
	}
	s.write(w.parts, 11, "B", sea, 1.5)
	for _, m := range d.Content.Modules {
		title, _ := m.Faces.In(language)
		d.part(s, title.Title, fmt.Sprintf("%d h", m.Hours), w.kinds[d.Credit[m.ID]])
	}
	s.Ln(3)
	if d.Asked > 0 {
		s.write(fmt.Sprintf(w.contactDays, d.Days, d.Asked), 10.5, "", ink, 0.5)
	}
	if d.Developed {
		s.write(w.developed, 10.5, "", ink, 0)
	}
	var out bytes.Buffer
	if err := s.Output(&out); err != nil {
		return nil, fmt.Errorf("certificate %s: %w", d.Number, err)
	}
	return out.Bytes(), nil
}

func (s sheet) fill(c rgb, x, y, width, height float64) {
	s.SetFillColor(c.r, c.g, c.b)
	s.Rect(x, y, width, height, "F")
}

// part is one module: its title, how it was credited below it, and its hours at the right.
func (d Diploma) part(s sheet, title, hours, credited string) {
	s.SetFont("Go", "", 10.5)
	s.SetTextColor(ink.r, ink.g, ink.b)
	top := s.GetY()
	s.SetX(edge)
	s.MultiCell(inner-24, 5.1, title, "", "L", false)
	bottom := s.GetY()
	if bottom > top { // else the title began a new page
		s.SetXY(edge+inner-24, top)
		s.CellFormat(24, 5.1, hours, "", 0, "R", false, 0, "")
		s.SetY(bottom)
	}
	if credited != "" {
		s.write(credited, 9, "", inkSoft, 0)
	}
	s.SetDrawColor(line.r, line.g, line.b)
	s.SetLineWidth(0.2)
	s.Line(edge, s.GetY()+0.5, edge+inner, s.GetY()+0.5)
	s.SetY(s.GetY() + 1.1)
}

// foot says who issued it and when, and where it is checked, also for a phone.
func (d Diploma) foot(s sheet, w *certificateWords) {
	const top, size = pageHeight - 54, 30.0
	s.SetAutoPageBreak(false, 0)
	s.fill(sea, edge, top-4, inner, 0.6)
	s.SetY(top)
	text := func(text string, size float64, weight string, c rgb, after float64) {
		s.SetFont("Go", weight, size)
		s.SetTextColor(c.r, c.g, c.b)
		s.SetX(edge)
		s.MultiCell(inner-38, size*0.46, text, "", "L", false)
		s.Ln(after)
	}
	text(w.issuedBy, 9, "", inkSoft, 0)
	text(d.OrgName+", "+w.date(d.issued().In(helsinki())), 12, "B", ink, 3)
	text(w.number, 9, "", inkSoft, 0)
	text(d.Number, 12, "B", ink, 3)
	text(w.check, 9, "", inkSoft, 0)
	text(d.Address, 9, "", sea, 0)
	if code, err := qr.Encode(d.Address, qr.M); err == nil {
		dot := size / float64(code.Size)
		s.SetFillColor(deep.r, deep.g, deep.b)
		for y := range code.Size {
			for x := range code.Size {
				if code.Black(x, y) {
					s.Rect(edge+inner-size+float64(x)*dot, top+float64(y)*dot, dot+0.01, dot+0.01, "F")
				}
			}
		}
	}
	s.SetAutoPageBreak(true, 62)
}
