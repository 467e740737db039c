export const help = {
  notTherapy: 'Tämä ei ole hoitoa eikä terapiaa, eikä täällä arvioida ketään.',
  crisis: 'Jos olosi on vaikea, voit soittaa MIELI Kriisipuhelimeen. Se päivystää ympäri vuorokauden:',
  inFinnish: 'Suomeksi se päivystää ympäri vuorokauden:',
  emergency: 'Hätätilanteessa soita',
}
