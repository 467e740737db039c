export const signIn = {
  lead: 'Utbildning för arbetsförmågekoordinatorer och gemensamma mottagningar med läkare.',
  title: 'Logga in',
  email: 'E-postadress',
  password: 'Lösenord',
  submit: 'Logga in',
  forgotten: 'Har du glömt lösenordet?',
  toGoOn: 'Logga in så kommer du tillbaka till sidan du var på. Dina utkast finns kvar.',
  demoTitle: 'Prova Luotsi',
  demoText:
    'Det här är en provversion. Personerna och deras uppgifter är påhittade. Välj vem du fortsätter som.',
}

export const forgotten = {
  emailMissing: 'Skriv din e-postadress, så att vi vet vart länken ska skickas.',
  title: 'Glömt lösenord',
  lead: 'Ge din e-postadress så skickar vi en länk som du kan välja ett nytt lösenord med.',
  submit: 'Skicka länken',
  sentTitle: 'Se efter i din e-post',
  sentText:
    'Om adressen {{email}} har ett konto har vi just skickat en länk dit för att välja ett nytt lösenord.',
}

export const reset = {
  title: 'Välj ett nytt lösenord',
  submit: 'Spara det nya lösenordet',
  doneTitle: 'Lösenordet är bytt',
  doneText: 'Dina sessioner har avslutats på alla enheter. Logga in med det nya lösenordet.',
  askAgain: 'Be om en ny länk',
}

export const invitation = {
  title: 'Välkommen till Luotsi',
  lead: 'Kontrollera ditt namn och välj ett lösenord så kommer du i gång.',
  units: 'Enhet',
  expires: 'Inbjudan gäller till',
  submit: 'Ta kontot i bruk',
  askAgain: 'Be den som bjöd in dig om en ny inbjudan.',
}

export const account = {
  who: 'Vem jag är i Luotsi',
  name: 'Namn',
  roles: 'Roller',
  newPassword: 'Nytt lösenord',
  currentPassword: 'Nuvarande lösenord',
  showPassword: 'Visa lösenordet',
  passwordHint: 'Minst {{count}} tecken. En mening med flera ord är bra och lätt att minnas.',
  changePassword: 'Byt lösenord',
  passwordEnds: 'När du byter lösenord loggas du ut från andra enheter.',
  passwordChanged: 'Lösenordet är bytt.',
  data: 'Uppgifter om mig',
  dataText: 'Du kan ladda ner allt som Luotsi har sparat om dig.',
  download: 'Ladda ner mina uppgifter',
}

export const feedback = {
  title: 'Ge respons',
  lead: 'Berätta vad som fungerar och vad som inte gör det, också om tillgängligheten. Vi svarar inom 14 dagar.',
  text: 'Din respons',
  textHint: 'Skriv inga uppgifter om klienter.',
  emailHint: 'Om du vill ha ett svar.',
  send: 'Skicka responsen',
  thanks: 'Tack för din respons!',
  due: 'Vi svarar senast {{day}}.',
  received: 'Respons',
  receivedLead: 'All respons besvaras inom 14 dagar.',
  none: 'Ingen respons.',
  cameAt: 'Inkommen {{at}}',
  answered: 'Besvarad',
  overdue: 'Svaret är försenat, förfallodag {{day}}',
  dueBy: 'Ska besvaras senast {{day}}',
  page: 'Sida:',
  answer: 'Svar',
  writeAnswer: 'Svara',
  answerMailed: 'Svaret skickas per e-post till den som gav responsen.',
  answerKept: 'Den som gav responsen lämnade ingen adress. Svaret sparas.',
  saveAnswer: 'Spara svaret',
}
