export const common = {
  tagline: 'Luotsi – utbildning för arbetsförmågekoordinatorer och gemensamma mottagningar',
  skip: 'Gå till innehållet',
  menu: 'Meny',
  mainNavigation: 'Huvudmeny',
  aboutService: 'Om tjänsten',
  toStartOf: 'Luotsi, till startsidan',
  toStart: 'Till startsidan',
  language: 'Språk',
  loading: 'Laddar…',
  tryAgain: 'Försök igen',
  save: 'Spara',
  saved: 'Sparat',
  cancel: 'Avbryt',
  remove: 'Ta bort',
  optional: 'frivilligt',
  minutes_one: '{{count}} min',
  minutes_other: '{{count}} min',
  hours_one: '{{count}} timme',
  hours_other: '{{count}} timmar',
  notSavedYet: 'Inte sparat än. Tjänsten svarar inte just nu, vi försöker igen.',
  fallback: 'Det här innehållet finns ännu inte på det språk du har valt. Vi visar det på finska.',
  brokenTitle: 'Sidan kunde inte visas',
  notFoundTitle: 'Sidan hittades inte',
  notFoundText: 'Adressen är fel eller så har sidan tagits bort.',
}

export const nav = {
  consultations: 'Konsultationer',
  learning: 'Min kurs',
  today: 'I dag',
  hours: 'Mottagningstider',
  doctors: 'Läkarnas tider',
  book: 'Boka tid',
  appointments: 'Gemensamma mottagningar',
  waiting: 'I kö',
  feedbackQueue: 'Responskö',
  cohorts: 'Grupper',
  resources: 'Rum och tolkar',
  figures: 'Siffror',
  people: 'Personer',
  units: 'Enheter',
  feedback: 'Respons',
}

export const roles = {
  trainee: 'Deltagare i utbildningen',
  coordinator: 'Arbetsförmågekoordinator',
  doctor: 'Läkare',
  professional: 'Annan yrkesperson',
  scheduler: 'Tidsbokare',
  trainer: 'Utbildare',
  manager: 'Chef',
  admin: 'Huvudanvändare',
}

export const information = {
  privacy: 'Dataskyddsbeskrivning',
  accessibility: 'Tillgänglighetsutlåtande',
  feedback: 'Ge respons',
}

export const drafts = {
  saved: 'Utkastet är sparat',
  saving: 'Sparar…',
  waiting: 'Inte sparat än. Texten finns kvar i den här webbläsaren, vi försöker igen.',
  refused: 'Utkastet kunde inte sparas.',
  conflictTitle: 'Du har skrivit här på ett annat ställe',
  conflictText:
    'På en annan enhet eller i ett annat fönster har en annan text sparats. Välj vilken som ska gälla.',
  mine: 'Texten på den här sidan',
  theirs: 'Texten som sparats på annat håll',
  keepMine: 'Behåll texten på den här sidan',
  takeTheirs: 'Använd den som sparats på annat håll',
}
