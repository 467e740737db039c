export const common = {
  tagline: 'Luotsi – työkykykoordinaattorin koulutus ja yhteisvastaanotot',
  skip: 'Siirry sisältöön',
  menu: 'Valikko',
  mainNavigation: 'Päävalikko',
  aboutService: 'Tietoa palvelusta',
  toStartOf: 'Luotsi, etusivulle',
  toStart: 'Etusivulle',
  language: 'Kieli',
  loading: 'Ladataan…',
  tryAgain: 'Yritä uudelleen',
  save: 'Tallenna',
  saved: 'Tallennettu',
  cancel: 'Peruuta',
  remove: 'Poista',
  optional: 'vapaaehtoinen',
  minutes_one: '{{count}} min',
  minutes_other: '{{count}} min',
  hours_one: '{{count}} tunti',
  hours_other: '{{count}} tuntia',
  notSavedYet: 'Ei vielä tallennettu. Palvelu ei vastaa juuri nyt, yritetään uudelleen.',
  fallback: 'Tätä sisältöä ei ole vielä valitsemallasi kielellä. Näytämme sen suomeksi.',
  brokenTitle: 'Sivua ei voitu näyttää',
  notFoundTitle: 'Sivua ei löydy',
  notFoundText: 'Osoite on väärä, tai sivu on poistettu.',
}

export const nav = {
  consultations: 'Konsultaatiot',
  learning: 'Oma kurssi',
  today: 'Tänään',
  hours: 'Vastaanottoajat',
  doctors: 'Lääkärien ajat',
  book: 'Varaa aika',
  appointments: 'Yhteisvastaanotot',
  waiting: 'Jonossa',
  feedbackQueue: 'Palautejono',
  cohorts: 'Ryhmät',
  resources: 'Tilat ja tulkit',
  figures: 'Luvut',
  people: 'Henkilöt',
  units: 'Yksiköt',
  feedback: 'Palautteet',
}

export const roles = {
  trainee: 'Koulutettava',
  coordinator: 'Työkykykoordinaattori',
  doctor: 'Lääkäri',
  professional: 'Muu ammattilainen',
  scheduler: 'Ajanvaraaja',
  trainer: 'Kouluttaja',
  manager: 'Esihenkilö',
  admin: 'Pääkäyttäjä',
}

export const information = {
  privacy: 'Tietosuojaseloste',
  accessibility: 'Saavutettavuusseloste',
  feedback: 'Anna palautetta',
}

export const drafts = {
  saved: 'Luonnos tallennettu',
  saving: 'Tallennetaan…',
  waiting: 'Ei vielä tallennettu. Teksti on tallessa tässä selaimessa, yritetään uudelleen.',
  refused: 'Luonnosta ei voitu tallentaa.',
  conflictTitle: 'Olet kirjoittanut tähän toisaalla',
  conflictText: 'Toisella laitteella tai toisessa ikkunassa on tallennettu eri teksti. Valitse, kumpi jää.',
  mine: 'Tämän sivun teksti',
  theirs: 'Toisaalla tallennettu teksti',
  keepMine: 'Pidä tämän sivun teksti',
  takeTheirs: 'Ota toisaalla tallennettu',
}
