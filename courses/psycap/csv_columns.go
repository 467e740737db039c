package psycap

// fileColumns are the columns of a report's file, in their order, with what they are called. docs/report-csv.md says what is in them.
var fileColumns = []struct{ id, fi, sv, en string }{
	{"report", "raportti", "rapport", "report"},
	{"row", "rivi", "rad", "row"},
	{"measure", "mittari", "mätare", "measure"},
	{"version", "versio", "version", "version"},
	{"scale", "asteikko", "skala", "scale"},
	{"point", "ajankohta", "tidpunkt", "point"},
	{"from", "verrattuna", "jämfört med", "compared with"},
	{"n", "n", "n", "n"},
	{"left_out", "arvo puuttuu", "värde saknas", "no value"},
	{"covered", "peitetty", "dolda", "covered"},
	{"mean", "keskiarvo", "medelvärde", "mean"},
	{"sd", "keskihajonta", "standardavvikelse", "standard deviation"},
	{"low", "95 % luottamusväli, alaraja", "95 % konfidensintervall, nedre gräns", "95 % interval, low"},
	{"high", "95 % luottamusväli, yläraja", "95 % konfidensintervall, övre gräns", "95 % interval, high"},
	{"alpha", "Cronbachin alfa", "Cronbachs alfa", "Cronbach's alpha"},
	{"alpha_n", "alfan n", "n för alfa", "n of alpha"},
	{"refused", "ei halunnut vastata johonkin kysymykseen", "ville inte svara på någon fråga", "did not want to answer some question"},
	{"r", "korrelaatio r", "korrelation r", "correlation r"},
	{"dz", "Cohenin d_z", "Cohens d_z", "Cohen's d_z"},
	{"dav", "Cohenin d_av", "Cohens d_av", "Cohen's d_av"},
	{"gz", "Hedgesin g (d_z)", "Hedges g (d_z)", "Hedges' g (d_z)"},
	{"gav", "Hedgesin g (d_av)", "Hedges g (d_av)", "Hedges' g (d_av)"},
	{"up", "arvo nousi", "värdet steg", "value rose"},
	{"same", "ennallaan", "oförändrat", "unchanged"},
	{"down", "arvo laski", "värdet sjönk", "value fell"},
	{"share", "parantuneiden osuus", "andel som förbättrats", "share improved"},
	{"share_low", "osuus, Wilsonin alaraja", "andel, Wilsons nedre gräns", "share, Wilson low"},
	{"share_high", "osuus, Wilsonin yläraja", "andel, Wilsons övre gräns", "share, Wilson high"},
	{"values_from", "arvojen väli alkaa", "intervallet börjar", "values from"},
	{"values_to", "arvojen väli päättyy", "intervallet slutar", "values to"},
	{"count", "ihmisiä", "personer", "people"},
	{"asked", "kysyttiin", "tillfrågades", "asked"},
	{"in_table", "rivejä taulukossa", "rader i tabellen", "rows in the table"},
	{"answered", "vastasi", "svarade", "answered"},
	{"declined", "ei halunnut vastata lainkaan", "ville inte svara alls", "did not want to answer at all"},
	{"pairs", "vastasi joka kerralla", "svarade varje gång", "answered every time"},
	{"power", "pienin näkyvä vaikutus (d_z)", "minsta synliga effekt (d_z)", "smallest effect that would show (d_z)"},
	{"better", "parempi on", "bättre är", "better is"},
	{"organisation", "organisaatio", "organisation", "organisation"},
	{"whose", "keistä", "vilka", "who it covers"},
	{"made", "tehty", "gjord", "made"},
	{"by", "tekijä", "gjord av", "made by"},
	{"floor", "pienin näytettävä ryhmä", "minsta grupp som visas", "smallest group shown"},
	{"label", "huomaa mittarista", "att märka om mätaren", "note on the measure"},
	{"credit", "mittarin tekijä", "mätarens upphov", "credit"},
}

// fileWords are the words in the cells, by language.
type fileWords struct {
	people, state, change, distribution, hidden string // what a row is about
	cannot, table                               string
	more, less                                  string
	points                                      map[Point]string
	whys                                        map[Why]string
}

var reportWords = map[string]fileWords{
	"fi": {
		people: "vastaajat", state: "tilanne", change: "muutos", distribution: "jakauma", hidden: "lukuja ei näytetä",
		cannot: "ei voida laskea: ", table: "omasta taulukosta", more: "suurempi arvo", less: "pienempi arvo",
		points: map[Point]string{Start: "alku", End: "loppu", Week: "viikko lopusta", Month: "kuukausi lopusta", HalfYear: "kuusi kuukautta lopusta"},
		whys: map[Why]string{
			TooFew: "liian vähän ihmisiä", OneItem: "asteikossa on yksi kysymys", NoVariance: "kaikilla on sama arvo", SameChange: "kaikkien muutos on sama",
			NoReliability: "luotettavuutta ei tunneta", NoSpread: "keskihajontaa ei tunneta", NotAsked: "kysymys ei koske tätä",
			Unanswered: "liian moni kysymys jäi vastaamatta",
		},
	},
	"sv": {
		people: "svarande", state: "läge", change: "förändring", distribution: "fördelning", hidden: "siffrorna visas inte",
		cannot: "kan inte beräknas: ", table: "ur en egen tabell", more: "ett högre värde", less: "ett lägre värde",
		points: map[Point]string{Start: "början", End: "slutet", Week: "en vecka efter slutet", Month: "en månad efter slutet", HalfYear: "sex månader efter slutet"},
		whys: map[Why]string{
			TooFew: "för få personer", OneItem: "skalan har en fråga", NoVariance: "alla har samma värde", SameChange: "alla har förändrats lika mycket",
			NoReliability: "reliabiliteten är inte känd", NoSpread: "standardavvikelsen är inte känd", NotAsked: "frågan gäller inte detta",
			Unanswered: "för många frågor är obesvarade",
		},
	},
	"en": {
		people: "respondents", state: "state", change: "change", distribution: "distribution", hidden: "figures are not shown",
		cannot: "cannot be computed: ", table: "from one's own table", more: "a higher value", less: "a lower value",
		points: map[Point]string{Start: "start", End: "end", Week: "a week after the end", Month: "a month after the end", HalfYear: "six months after the end"},
		whys: map[Why]string{
			TooFew: "too few people", OneItem: "the scale has one question", NoVariance: "everybody has the same value", SameChange: "everybody changed by the same",
			NoReliability: "the reliability is not known", NoSpread: "the standard deviation is not known", NotAsked: "the question does not arise",
			Unanswered: "too many questions were left out",
		},
	},
}
