export const absences = {
  title: 'Absence and deputy',
  add: 'Add an absence',
  none: 'No absences to come',
  noneHelp:
    'Add a holiday or another absence of several days. Nothing can be booked then, and the deputy sees the open cases.',
  from: 'First day away',
  until: 'Last day away',
  deputy: 'Deputy',
  nobody: 'No named deputy',
  deputyHelp:
    'The deputy sees the open cases and the joint appointments that are booked already. Booked times are not cancelled.',
  nobodyHelp:
    'During the absence the open cases go to another coordinator of the unit. If there is none, the scheduler or an administrator sees them. Booked times are not cancelled.',
  deputyIs: 'Deputy: {{name}}',
  gone: 'somebody who has left',
  booked_one: 'One joint appointment is booked already',
  booked_other: '{{count}} joint appointments are booked already',
  end: 'End the absence',
  endNamed: 'End the absence {{days}}',
  endTitle: 'End the absence {{days}}?',
  endText: 'Times can be booked from today on, and the open cases come back.',
  takeBackText: 'The absence is removed, and times can be booked again.',
}

export const covering = {
  title: 'You stand in',
  lead: 'You answer for these cases while the person responsible is away.',
  notice: 'You stand in now for: {{names}}',
  see_one: 'Show one open case',
  see_other: 'Show {{count}} open cases',
  whom: 'For whom you stand in',
  nobody: 'Nobody has named you as their deputy',
  nobodyHelp:
    'When somebody names you, you see their absence and the joint appointments booked already here.',
  nothingBooked: 'No joint appointments booked',
  booked: 'Joint appointments booked already:',
  at: '{{at}}, {{unit}}, reference {{reference}}',
  cases: 'Open cases',
  noCases: 'No cases to stand in for today',
  reference: 'Reference {{reference}}',
  owner: 'Responsible: {{name}}',
  next: '{{at}}, {{doctor}}',
  noNext: 'No time agreed',
}

export const dependency = {
  title: 'On whom the open cases depend',
  lead: 'Numbers of open cases by unit. No names are shown.',
  table: 'Open cases by unit',
  none: 'No open cases',
  open: 'Open cases',
  owners: 'People responsible',
  covered: 'With a deputy today',
  cared: 'Somebody answers today',
  alarm: '{{unit}}: all {{count}} open cases depend on one person',
  alarmHelp: 'If that person is away, nobody else knows these cases. Agree on who takes some of them.',
}

export const standIn = {
  youFor: 'You answer as the deputy: Dr {{name}} is away.',
  youCome: 'They are away then too: if the time suits you, you come to the appointment yourself.',
  theyCome: 'They are back by then and come to the appointment themselves.',
  deputyAnswers: 'The deputy {{name}} answers.',
  away: '{{name}} is away until {{day}}.',
  answerToday: 'Answer on the page Today',
  nobodyComes: '{{name}} is away then, and you are the deputy.',
  takeOverHelp: 'If you can come, the appointment becomes yours, and everybody is told.',
  takeOver: 'I take the appointment',
  took: '{{by}} comes to the appointment as the deputy. {{of}} is away.',
  accepted: '{{by}} accepted the time as the deputy. {{of}} comes to the appointment.',
  declined: '{{by}} answered as the deputy that the time does not suit. Doctor: {{of}}.',
  answered: '{{by}} answered as the deputy. Doctor: {{of}}.',
  inPlaceOf: 'Answered as the deputy. Doctor: {{name}}.',
  isAway: '{{name}} is away {{days}}',
  goes: {
    request: 'The request goes to the deputy at once: {{name}}.',
    question: 'The deputy answers the question: {{name}}.',
    time: 'The deputy {{name}} answers requests until the doctor is back. The times are after the absence.',
  },
  nobody: {
    request: 'Nobody stands in. The request waits until the doctor is back.',
    question: 'Nobody stands in. The question waits until the doctor is back.',
    time: 'Nobody stands in. The scheduler can answer for the doctor.',
  },
  requestWent: '{{name}} is away, so the request went to the deputy: {{deputy}}',
  questionWent: 'The question was put to {{name}}, who was away. The deputy {{deputy}} answers.',
}
