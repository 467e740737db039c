export const help = {
  notTherapy: 'This is not treatment or therapy, and nobody is graded here.',
  crisis:
    'If you are having a hard time, see mieli.fi/en for support in English. The MIELI Crisis Helpline answers around the clock in Finnish:',
  inFinnish: 'In Finnish it answers around the clock:',
  emergency: 'In an emergency you get help in English too. Call',
}
