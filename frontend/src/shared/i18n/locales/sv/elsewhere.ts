export const elsewhere = {
  open: 'Öppna tjänsten {{host}} i en ny flik',
  nothingSent: 'Luotsi skickar ingenting om dig till tjänsten och får inga uppgifter därifrån.',
  day: 'Dagen då du gjorde detta',
  future: 'Dagen kan inte ligga i framtiden.',
  markDone: 'Markera som gjort',
  doneOn: 'Du gjorde detta {{day}}',
}

export const resume = {
  from: 'från {{time}}',
  where: {
    lesson: 'M{{module}}, lektion {{number}}',
    video: 'M{{module}}, video {{number}}',
    quiz: 'M{{module}}, test {{number}}',
    other: 'M{{module}}',
  },
}
