export const absences = {
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
    'Ersättaren ser de öppna ärendena och de gemensamma mottagningar som redan är bokade. Bokade tider avbokas inte.',
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
