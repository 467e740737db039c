export const help = {
  notTherapy: 'Tämä ei ole hoitoa eikä terapiaa, eikä täällä arvioida ketään.',
  crisis: 'Jos olosi on vaikea, soita Kriisipuhelimeen ympäri vuorokauden:',
  crisisNumber: '09 2525 0111',
  crisisTel: '+358925250111',
  emergency: 'Hätätilanteessa soita',
}
