export const common = {
  tagline: 'Luotsi – training for work-ability coordinators, and joint appointments',
  skip: 'Skip to content',
  menu: 'Menu',
  mainNavigation: 'Main navigation',
  aboutService: 'About the service',
  toStartOf: 'Luotsi, to the start page',
  toStart: 'To the start page',
  language: 'Language',
  loading: 'Loading…',
  tryAgain: 'Try again',
  save: 'Save',
  saved: 'Saved',
  cancel: 'Cancel',
  remove: 'Remove',
  optional: 'optional',
  minutes_one: '{{count}} min',
  minutes_other: '{{count}} min',
  hours_one: '{{count}} hour',
  hours_other: '{{count}} hours',
  notSavedYet: 'Not saved yet. The service is not answering just now; trying again.',
  fallback: 'This content does not exist in the language you chose yet. We show it in Finnish.',
  brokenTitle: 'The page could not be shown',
  notFoundTitle: 'Page not found',
  notFoundText: 'The address is wrong, or the page has been removed.',
}

export const nav = {
  consultations: 'Consultations',
  learning: 'My course',
  today: 'Today',
  hours: 'Appointment hours',
  doctors: 'Doctors’ hours',
  book: 'Book a time',
  appointments: 'Joint appointments',
  waiting: 'In line',
  feedbackQueue: 'Feedback queue',
  cohorts: 'Groups',
  resources: 'Rooms and interpreters',
  figures: 'Figures',
  people: 'People',
  units: 'Units',
  feedback: 'Feedback',
}

export const roles = {
  trainee: 'Trainee',
  coordinator: 'Work-ability coordinator',
  doctor: 'Doctor',
  professional: 'Other professional',
  scheduler: 'Scheduler',
  trainer: 'Trainer',
  manager: 'Manager',
  admin: 'Administrator',
}

export const information = {
  privacy: 'Privacy notice',
  accessibility: 'Accessibility statement',
  feedback: 'Give feedback',
}

export const drafts = {
  saved: 'Draft saved',
  saving: 'Saving…',
  waiting: 'Not saved yet. The text is kept in this browser; trying again.',
  refused: 'The draft could not be saved.',
  conflictTitle: 'You have written here somewhere else',
  conflictText: 'Another text was saved on another device or in another window. Choose which one stays.',
  mine: 'The text on this page',
  theirs: 'The text saved elsewhere',
  keepMine: 'Keep the text on this page',
  takeTheirs: 'Take the one saved elsewhere',
}
