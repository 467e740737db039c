export const elsewhere = {
  open: 'Öppna tjänsten {{host}} i en ny flik',
  nothingSent: 'Luotsi skickar ingenting om dig till tjänsten och får inga uppgifter därifrån.',
  day: 'Dagen då du gjorde detta',
  future: 'Dagen kan inte ligga i framtiden.',
  markDone: 'Markera som gjort',
  doneOn: 'Du gjorde detta {{day}}',
}

export const resume = {
  where_lesson: 'M{{module}}, lektion {{number}}',
  where_video: 'M{{module}}, video {{number}}',
  where_quiz: 'M{{module}}, test {{number}}',
  where_other: 'M{{module}}',
}
