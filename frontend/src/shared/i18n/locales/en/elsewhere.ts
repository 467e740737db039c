export const elsewhere = {
  open: 'Open {{host}} in a new tab',
  nothingSent: 'Luotsi sends nothing about you to the service and gets nothing from it.',
  day: 'The day on which you did this',
  future: 'The day cannot be in the future.',
  markDone: 'Mark as done',
  doneOn: 'You did this on {{day}}',
}

export const resume = {
  from: 'from {{time}}',
  where: {
    lesson: 'M{{module}}, lesson {{number}}',
    video: 'M{{module}}, video {{number}}',
    quiz: 'M{{module}}, quiz {{number}}',
    other: 'M{{module}}',
  },
}
