export const help = {
  notTherapy: 'Det här är inte vård eller terapi, och ingen bedöms här.',
  crisis: 'Om du mår dåligt kan du ringa Kristelefonen:',
  crisisNumber: '09 2525 0112',
  crisisTel: '+358925250112',
  emergency: 'I en nödsituation, ring',
}
