export const signIn = {
  lead: 'Training for work-ability coordinators, and joint appointments with doctors.',
  title: 'Sign in',
  email: 'Email address',
  password: 'Password',
  submit: 'Sign in',
  forgotten: 'Forgotten your password?',
  toGoOn: 'Sign in to return to the page you were on. Your drafts are safe.',
  demoTitle: 'Try Luotsi',
  demoText: 'This is a trial version. These people and their data are made up. Choose who to go on as.',
}

export const forgotten = {
  emailMissing: 'Write your email address, so that we know where to send the link.',
  title: 'Forgotten password',
  lead: 'Give your email address and we will send a link for choosing a new password.',
  submit: 'Send the link',
  sentTitle: 'Check your email',
  sentText: 'If {{email}} has an account, a link for choosing a new password was just sent there.',
}

export const reset = {
  title: 'Choose a new password',
  submit: 'Save the new password',
  doneTitle: 'The password has been changed',
  doneText: 'Your sessions have ended on all devices. Sign in with the new password.',
  askAgain: 'Ask for a new link',
}

export const invitation = {
  title: 'Welcome to Luotsi',
  lead: 'Check your name and choose a password to get started.',
  units: 'Unit',
  expires: 'The invitation is valid until',
  submit: 'Open my account',
  askAgain: 'Ask the person who invited you for a new invitation.',
}

export const account = {
  who: 'Who I am in Luotsi',
  name: 'Name',
  roles: 'Roles',
  newPassword: 'New password',
  currentPassword: 'Current password',
  showPassword: 'Show password',
  passwordHint: 'At least {{count}} characters. A phrase of several words is good and easy to remember.',
  changePassword: 'Change password',
  passwordEnds: 'Changing the password signs you out on your other devices.',
  passwordChanged: 'The password has been changed.',
  data: 'My data',
  dataText: 'You can download everything that Luotsi keeps about you.',
  download: 'Download my data',
}

export const feedback = {
  title: 'Give feedback',
  lead: 'Tell us what works and what does not, accessibility included. We answer within 14 days.',
  text: 'Your feedback',
  textHint: 'Do not write anything about clients.',
  emailHint: 'If you would like an answer yourself.',
  send: 'Send feedback',
  thanks: 'Thank you for your feedback!',
  due: 'We will answer by {{day}}.',
  received: 'Feedback',
  receivedLead: 'All feedback is answered within 14 days.',
  none: 'No feedback.',
  cameAt: 'Received {{at}}',
  answered: 'Answered',
  overdue: 'Answer overdue, was due {{day}}',
  dueBy: 'To be answered by {{day}}',
  page: 'Page:',
  answer: 'Answer',
  writeAnswer: 'Answer',
  answerMailed: 'The answer is mailed to the person who gave the feedback.',
  answerKept: 'The person left no address. The answer is kept here.',
  saveAnswer: 'Save the answer',
}
