export const elsewhere = {
  open: 'Avaa palvelu {{host}} uuteen välilehteen',
  nothingSent: 'Luotsi ei lähetä palveluun mitään sinusta eikä saa sieltä tietoja.',
  day: 'Päivä, jona teit tämän',
  future: 'Päivä ei voi olla tulevaisuudessa.',
  markDone: 'Merkitse tehdyksi',
  doneOn: 'Teit tämän {{day}}',
}

export const resume = {
  from: 'kohdasta {{time}}',
  where: {
    lesson: 'M{{module}}, oppitunti {{number}}',
    video: 'M{{module}}, video {{number}}',
    quiz: 'M{{module}}, testi {{number}}',
    other: 'M{{module}}',
  },
}
