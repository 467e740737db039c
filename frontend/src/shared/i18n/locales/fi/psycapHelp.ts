export const help = {
  notTherapy: 'Tämä ei ole hoitoa eikä terapiaa. Kukaan ei arvioi sinua.',
  crisis: 'Jos olosi on vaikea, voit soittaa MIELI Kriisipuhelimeen milloin vain, yölläkin:',
  inFinnish: 'Suomeksi sinne voi soittaa milloin vain:',
  emergency: 'Hätätilanteessa soita',
}
