export const help = {
  notTherapy: 'This is not treatment or therapy, and nobody is graded here.',
  crisis: 'If you are having a hard time, you can call the Crisis Helpline (in Finnish, around the clock):',
  crisisNumber: '09 2525 0111',
  crisisTel: '+358925250111',
  emergency: 'In an emergency, call',
}
