export const changes = {
  title: 'This has changed since you did it',
  help: 'What you did is kept, and nothing has to be done again. Here is what has changed after {{day}}.',
  states: { added: 'Added', removed: 'Removed', changed: 'Changed' },
  gap: 'Nothing has changed in between.',
  ins: 'added:',
  del: 'removed:',
  end: 'end of change,',
  acknowledge: 'I have read the change',
  line: 'Changed: read the change',
  gone: 'This part is no longer in the course',
  goneHelp:
    'A new version of the course was published without this part. What you did and how far you are is kept.',
  toNext: 'Go on to the next part',
  leftText: 'Your text that you had not handed in',
  leftTextHelp: 'Copy the text if you need it elsewhere.',
  forgetText: 'Remove the text from this device',
}
