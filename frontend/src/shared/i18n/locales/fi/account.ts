export const signIn = {
  lead: 'Työkykykoordinaattorin koulutus ja yhteisvastaanotot lääkärin kanssa.',
  title: 'Kirjaudu sisään',
  email: 'Sähköpostiosoite',
  password: 'Salasana',
  submit: 'Kirjaudu sisään',
  forgotten: 'Unohditko salasanan?',
  toGoOn: 'Kirjaudu sisään, niin pääset takaisin sivulle, jolla olit. Luonnoksesi ovat tallessa.',
  demoTitle: 'Kokeile Luotsia',
  demoText:
    'Tämä on kokeiluversio. Nämä henkilöt ja heidän tietonsa ovat keksittyjä. Valitse, kenenä jatkat.',
}

export const forgotten = {
  emailMissing: 'Kirjoita sähköpostiosoitteesi, jotta tiedämme, mihin linkki lähetetään.',
  title: 'Unohtunut salasana',
  lead: 'Anna sähköpostiosoitteesi, niin lähetämme linkin, jolla voit valita uuden salasanan.',
  submit: 'Lähetä linkki',
  sentTitle: 'Katso sähköpostisi',
  sentText: 'Jos osoitteella {{email}} on tunnus, sinne lähti juuri linkki uuden salasanan valitsemiseen.',
}

export const reset = {
  title: 'Valitse uusi salasana',
  submit: 'Tallenna uusi salasana',
  doneTitle: 'Salasana on vaihdettu',
  doneText: 'Istuntosi on päätetty kaikilla laitteilla. Kirjaudu sisään uudella salasanalla.',
  askAgain: 'Pyydä uusi linkki',
}

export const invitation = {
  title: 'Tervetuloa Luotsiin',
  lead: 'Tarkista nimesi ja valitse salasana, niin pääset alkuun.',
  units: 'Yksikkö',
  expires: 'Kutsu on voimassa',
  submit: 'Ota tunnus käyttöön',
  askAgain: 'Pyydä uusi kutsu siltä, joka kutsui sinut.',
}

export const account = {
  who: 'Kuka olen Luotsissa',
  name: 'Nimi',
  roles: 'Roolit',
  newPassword: 'Uusi salasana',
  currentPassword: 'Nykyinen salasana',
  showPassword: 'Näytä salasana',
  passwordHint: 'Vähintään {{count}} merkkiä. Usean sanan lause on hyvä ja helppo muistaa.',
  changePassword: 'Vaihda salasana',
  passwordEnds: 'Salasanan vaihto kirjaa sinut ulos muilta laitteilta.',
  passwordChanged: 'Salasana on vaihdettu.',
  data: 'Tietoni',
  dataText: 'Voit ladata kaiken, mitä Luotsi säilyttää sinusta.',
  download: 'Lataa omat tietoni',
}

export const feedback = {
  title: 'Anna palautetta',
  lead: 'Kerro, mikä toimii ja mikä ei, myös saavutettavuudesta. Vastaamme 14 päivässä.',
  text: 'Palautteesi',
  textHint: 'Älä kirjoita asiakkaiden tietoja.',
  emailHint: 'Jos haluat vastauksen itsellesi.',
  send: 'Lähetä palaute',
  thanks: 'Kiitos palautteesta!',
  due: 'Vastaamme viimeistään {{day}}.',
  received: 'Palautteet',
  receivedLead: 'Jokaiseen palautteeseen vastataan 14 päivän kuluessa.',
  none: 'Palautteita ei ole.',
  cameAt: 'Saapunut {{at}}',
  answered: 'Vastattu',
  overdue: 'Vastaus myöhässä, määräpäivä {{day}}',
  dueBy: 'Vastattava viimeistään {{day}}',
  page: 'Sivu:',
  answer: 'Vastaus',
  writeAnswer: 'Vastaa',
  answerMailed: 'Vastaus lähetetään palautteen antajalle sähköpostilla.',
  answerKept: 'Palautteen antaja ei jättänyt osoitetta. Vastaus jää talteen.',
  saveAnswer: 'Tallenna vastaus',
}
