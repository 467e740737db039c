export const absences = {
  ofUnits: 'Frånvaro och ersättare',
  ofUnitsLead:
    'Vilka på din enhet som är borta och vem som ersätter. Välj en person för att anmäla eller avsluta en frånvaro.',
  nobodyHere: 'Det finns ännu ingen på din enhet',
  away: 'Borta {{days}}',
  title: 'Frånvaro och ersättare',
  add: 'Anmäl frånvaro',
  none: 'Ingen kommande frånvaro',
  noneHelp:
    'Anmäl semester eller annan frånvaro på flera dagar. Då kan tiderna inte bokas, och ersättaren ser de öppna ärendena.',
  from: 'Första frånvarodagen',
  until: 'Sista frånvarodagen',
  deputy: 'Ersättare',
  nobody: 'Ingen namngiven ersättare',
  deputyHelp:
    'Ersättaren ser de öppna ärendena, svarar i stället och får nya förfrågningar. Ersättaren får veta det per e-post. Bokade tider avbokas inte.',
  nobodyHelp:
    'De öppna ärendena går under frånvaron till en annan koordinator på enheten. Om det inte finns någon ser tidsbokaren eller administratören dem. Bokade tider avbokas inte.',
  deputyIs: 'Ersättare: {{name}}',
  gone: 'en person som har slutat',
  booked_one: 'En gemensam mottagning är redan bokad',
  booked_other: '{{count}} gemensamma mottagningar är redan bokade',
  end: 'Avsluta frånvaron',
  endNamed: 'Avsluta frånvaron {{days}}',
  endTitle: 'Ska frånvaron {{days}} avslutas?',
  endText: 'Tiderna kan bokas redan i dag, och de öppna ärendena kommer tillbaka.',
  takeBackText: 'Frånvaron tas bort, och tiderna kan bokas igen.',
}

export const covering = {
  title: 'Du ersätter',
  lead: 'Du svarar för de här ärendena när den ordinarie ansvariga är borta.',
  notice: 'Du ersätter nu: {{names}}',
  see_one: 'Visa ett öppet ärende',
  see_other: 'Visa {{count}} öppna ärenden',
  whom: 'Vem du ersätter',
  nobody: 'Ingen har utsett dig till sin ersättare',
  nobodyHelp:
    'När någon utser dig ser du här personens frånvaro och de gemensamma mottagningar som redan är bokade.',
  nothingBooked: 'Inga bokade gemensamma mottagningar',
  booked: 'Redan bokade gemensamma mottagningar:',
  at: '{{at}}, {{unit}}, referens {{reference}}',
  cases: 'Öppna ärenden',
  noCases: 'Inga ärenden att ersätta i dag',
  reference: 'Referens {{reference}}',
  owner: 'Ansvarig: {{name}}',
  next: '{{at}}, {{doctor}}',
  noNext: 'Ingen avtalad tid',
}

export const dependency = {
  title: 'På vem de öppna ärendena vilar',
  lead: 'Antalet öppna ärenden per enhet. Inga namn visas.',
  table: 'Öppna ärenden per enhet',
  none: 'Inga öppna ärenden',
  open: 'Öppna ärenden',
  owners: 'Ansvariga',
  covered: 'Hos ersättare i dag',
  cared: 'Någon svarar i dag',
  alarm: '{{unit}}: alla {{count}} öppna ärenden vilar på en person',
  alarmHelp:
    'Om personen blir borta känner ingen annan till ärendena. Kom överens om vem som tar en del av dem.',
}

export const standIn = {
  youFor: 'Du svarar som ersättare, läkaren {{name}} är borta.',
  youCome: 'Läkaren är borta också då: om tiden passar kommer du själv till mottagningen.',
  theyCome: 'Läkaren är tillbaka då och kommer själv till mottagningen.',
  deputyAnswers: 'Ersättaren {{name}} svarar.',
  away: '{{name}} är borta till och med {{day}}.',
  answerToday: 'Svara på sidan I dag',
  nobodyComes: '{{name}} är borta då, och du är ersättare.',
  takeOverHelp: 'Om du kan komma övergår mottagningen till dig, och alla får veta det.',
  takeOver: 'Jag tar mottagningen',
  took: '{{by}} kommer till mottagningen som ersättare. {{of}} är borta.',
  accepted: '{{by}} godkände tiden som ersättare. {{of}} kommer till mottagningen.',
  declined: '{{by}} svarade som ersättare att tiden inte passar. Läkare: {{of}}.',
  answered: '{{by}} svarade som ersättare. Läkare: {{of}}.',
  inPlaceOf: 'Svarade som ersättare. Läkare: {{name}}.',
  isAway: '{{name}} är borta {{days}}',
  goes: {
    request: 'Begäran går genast till ersättaren: {{name}}.',
    question: 'Ersättaren svarar på frågan: {{name}}.',
    time: 'Ersättaren {{name}} svarar på begäran tills läkaren är tillbaka. Tiderna är efter frånvaron.',
  },
  nobody: {
    request: 'Ingen ersättare har utsetts. Begäran väntar tills läkaren är tillbaka.',
    question: 'Ingen ersättare har utsetts. Frågan väntar tills läkaren är tillbaka.',
    time: 'Ingen ersättare har utsetts. Tidsbokaren kan svara för läkaren.',
  },
  requestWent: '{{name}} är borta, så begäran gick till ersättaren: {{deputy}}',
  questionWent: 'Frågan ställdes till läkaren {{name}}, som var borta. Ersättaren {{deputy}} svarar.',
}
