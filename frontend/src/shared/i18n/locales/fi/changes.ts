export const changes = {
  title: 'Tämä on muuttunut sen jälkeen, kun teit sen',
  help: 'Suorituksesi on tallessa, eikä mitään tarvitse tehdä uudelleen. Tässä on se, mikä muuttui {{day}} jälkeen.',
  states: { added: 'Lisätty', removed: 'Poistettu', changed: 'Muutettu' },
  gap: 'Tässä välissä mikään ei ole muuttunut.',
  ins: 'lisätty:',
  del: 'poistettu:',
  end: 'muutos päättyy,',
  acknowledge: 'Luin muutoksen',
  line: 'Muuttunut: lue muutos',
  gone: 'Tämä osio ei ole enää kurssilla',
  goneHelp:
    'Kurssista julkaistiin uusi versio, jossa tätä osiota ei ole. Tekemäsi työ ja edistymisesi ovat tallessa.',
  toNext: 'Jatka seuraavaan osioon',
  leftText: 'Tekstisi, jota et palauttanut',
  leftTextHelp: 'Kopioi teksti talteen, jos tarvitset sitä muualla.',
  forgetText: 'Poista teksti tältä laitteelta',
}
