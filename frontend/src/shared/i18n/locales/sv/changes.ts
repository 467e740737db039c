export const changes = {
  title: 'Det här har ändrats sedan du gjorde det',
  help: 'Din prestation är sparad och du behöver inte göra om något. Här är det som har ändrats efter {{day}}.',
  states: { added: 'Tillagt', removed: 'Borttaget', changed: 'Ändrat' },
  gap: 'Här emellan har inget ändrats.',
  ins: 'tillagt:',
  del: 'borttaget:',
  end: 'slut på ändringen,',
  acknowledge: 'Jag har läst ändringen',
  line: 'Ändrat: läs ändringen',
  gone: 'Den här delen finns inte längre på kursen',
  goneHelp:
    'En ny version av kursen har publicerats utan den här delen. Det du har gjort och dina framsteg är sparade.',
  toNext: 'Fortsätt till nästa del',
  leftText: 'Din text som du inte lämnade in',
  leftTextHelp: 'Kopiera texten om du behöver den någon annanstans.',
  forgetText: 'Ta bort texten från den här enheten',
}
