export const help = {
  notTherapy: 'This is not treatment or therapy. Nobody is judging you.',
  crisis:
    'If you are having a hard time, you can find support in English at mieli.fi/en. You can call the MIELI Crisis Helpline at any time, in Finnish:',
  inFinnish: 'In Finnish it answers around the clock:',
  emergency: 'In an emergency you get help in English too. Call',
}
