package psycap

import (
	"bytes"
	"encoding/csv"
	"strconv"
	"strings"
	"unicode/utf8"
)

// reportWords are the words of a report's file, by language.
var reportWords = map[string]struct {
	report, measure, version, scale, point, from, n, leftOut, covered, mean, sd, alpha, alphaN, refused      string
	low, high, r, dz, dav, gz, gav, up, same, down, share, shareLow, shareHigh, total, cannot, state, change string
	label, credit                                                                                            string
	points                                                                                                   map[Point]string
	whys                                                                                                     map[Why]string
}{
	"fi": {
		"raportti", "mittari", "versio", "asteikko", "ajankohta", "verrattuna", "n", "arvo puuttuu", "peitetty", "keskiarvo", "keskihajonta", "Cronbachin alfa", "alfan n", "ei halunnut vastata",
		"95 % luottamusväli, alaraja", "95 % luottamusväli, yläraja", "korrelaatio r", "Cohenin d_z", "Cohenin d_av", "Hedgesin g (d_z)", "Hedgesin g (d_av)",
		"arvo nousi", "ennallaan", "arvo laski", "parantuneiden osuus", "osuus, Wilsonin alaraja", "osuus, Wilsonin yläraja", "koko mittari", "ei voida laskea: ", "tilanne", "muutos", "huomaa mittarista", "mittarin tekijä",
		map[Point]string{Start: "alku", End: "loppu", Week: "viikko lopusta", Month: "kuukausi lopusta", HalfYear: "kuusi kuukautta lopusta"},
		map[Why]string{
			TooFew: "liian vähän ihmisiä", OneItem: "asteikossa on yksi kysymys", NoVariance: "kaikilla on sama arvo", SameChange: "kaikkien muutos on sama",
			NoReliability: "luotettavuutta ei tunneta", NoSpread: "keskihajontaa ei tunneta", NotAsked: "kysymys ei koske tätä",
			Unanswered: "liian moni kysymys jäi vastaamatta",
		},
	},
	"sv": {
		"rapport", "mätare", "version", "skala", "tidpunkt", "jämfört med", "n", "värde saknas", "dolda", "medelvärde", "standardavvikelse", "Cronbachs alfa", "n för alfa", "ville inte svara",
		"95 % konfidensintervall, nedre gräns", "95 % konfidensintervall, övre gräns", "korrelation r", "Cohens d_z", "Cohens d_av", "Hedges g (d_z)", "Hedges g (d_av)",
		"värdet steg", "oförändrat", "värdet sjönk", "andel som förbättrats", "andel, Wilsons nedre gräns", "andel, Wilsons övre gräns", "hela mätaren", "kan inte beräknas: ", "läge", "förändring", "att märka om mätaren", "mätarens upphov",
		map[Point]string{Start: "början", End: "slutet", Week: "en vecka efter slutet", Month: "en månad efter slutet", HalfYear: "sex månader efter slutet"},
		map[Why]string{
			TooFew: "för få personer", OneItem: "skalan har en fråga", NoVariance: "alla har samma värde", SameChange: "alla har förändrats lika mycket",
			NoReliability: "reliabiliteten är inte känd", NoSpread: "standardavvikelsen är inte känd", NotAsked: "frågan gäller inte detta",
			Unanswered: "för många frågor är obesvarade",
		},
	},
	"en": {
		"report", "measure", "version", "scale", "point", "compared with", "n", "no value", "covered", "mean", "standard deviation", "Cronbach's alpha", "n of alpha", "did not want to answer",
		"95 % interval, low", "95 % interval, high", "correlation r", "Cohen's d_z", "Cohen's d_av", "Hedges' g (d_z)", "Hedges' g (d_av)",
		"value rose", "unchanged", "value fell", "share improved", "share, Wilson low", "share, Wilson high", "whole measure", "cannot be computed: ", "state", "change", "note on the measure", "credit",
		map[Point]string{Start: "start", End: "end", Week: "a week after the end", Month: "a month after the end", HalfYear: "six months after the end"},
		map[Why]string{
			TooFew: "too few people", OneItem: "the scale has one question", NoVariance: "everybody has the same value", SameChange: "everybody changed by the same",
			NoReliability: "the reliability is not known", NoSpread: "the standard deviation is not known", NotAsked: "the question does not arise",
			Unanswered: "too many questions were left out",
		},
	},
}

// reportFile writes the figures of a report: a row for each scale at each point, and one for each change, each with what must be said
// beside its measure. With a decimal comma it is as
// spreadsheets open it where commas are decimal: semicolons, and a mark at the start, without which ä is taken for something else. No cell
// is taken for a formula.
func reportFile(report reportView, language string, comma bool) ([]byte, error) {
	words := reportWords[language]
	number := func(n numberView) string {
		if n.Value == nil {
			return words.cannot + words.whys[n.Why]
		}
		text := strconv.FormatFloat(*n.Value, 'f', 4, 64)
		if comma {
			text = strings.Replace(text, ".", ",", 1)
		}
		return text
	}
	rows := [][]string{{
		words.report, words.measure, words.version, words.scale, words.state + " / " + words.change, words.from, words.n, words.leftOut, words.covered,
		words.mean, words.sd, words.low, words.high, words.alpha, words.alphaN, words.refused, words.r, words.dz, words.dav, words.gz, words.gav,
		words.up, words.same, words.down, words.share, words.shareLow, words.shareHigh, words.label, words.credit,
	}}
	for _, section := range report.Sections {
		for _, scale := range section.Scales {
			head := func(point Point, from string, n int) []string {
				return []string{
					report.Title, section.Title, section.Version, scale.Title, words.points[point], from, strconv.Itoa(n), strconv.Itoa(scale.LeftOut), strconv.Itoa(scale.Covered),
				}
			}
			for _, p := range scale.Points {
				row := append(head(p.Point, "", scale.N), number(p.Mean), number(p.SD), "", "", number(p.Alpha), strconv.Itoa(p.AlphaN), strconv.Itoa(p.Refused))
				row = append(row, make([]string, len(rows[0])-2-len(row))...)
				rows = append(rows, append(row, section.Label, section.Credit))
			}
			for _, c := range scale.Changes {
				rows = append(rows, append(head(c.To, words.points[c.From], c.N),
					number(c.Mean), number(c.SD), number(c.Low), number(c.High), "", "", "", number(c.R), number(c.DZ), number(c.DAV), number(c.GZ), number(c.GAV),
					strconv.Itoa(c.Up), strconv.Itoa(c.Same), strconv.Itoa(c.Down), number(c.Share), number(c.ShareLow), number(c.ShareHigh),
					section.Label, section.Credit))
			}
		}
	}
	file := new(bytes.Buffer)
	w := csv.NewWriter(file)
	w.UseCRLF = true
	if comma {
		file.WriteString("\ufeff")
		w.Comma = ';'
	}
	for _, row := range rows {
		for i, cell := range row {
			row[i] = harmless(cell)
		}
		if err := w.Write(row); err != nil {
			return nil, err
		}
	}
	w.Flush()
	return file.Bytes(), w.Error()
}

// harmless keeps a spreadsheet from taking a text for a formula, blanks before the sign notwithstanding. A number may be negative.
func harmless(text string) string {
	if _, err := strconv.ParseFloat(strings.Replace(text, ",", ".", 1), 64); err == nil {
		return text
	}
	if begin, _ := utf8.DecodeRuneInString(strings.TrimLeft(text, " \u00a0")); strings.ContainsRune("=+-@\t\r\n＝＋－＠", begin) {
		return "'" + text
	}
	return text
}
