export const help = {
  notTherapy: 'Det här är inte vård eller terapi. Ingen bedömer dig.',
  crisis: 'Om du mår dåligt kan du ringa MIELI Kristelefon. På svenska svarar den vissa tider på vardagar:',
  inFinnish: 'På finska svarar den dygnet runt:',
  emergency: 'I en nödsituation ring',
}
