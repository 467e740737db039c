import { expect, test } from 'vitest'
import { inPlaceOf, isLate, mayStand, type Rival, rivalOf, writtenIn } from './refusals'

const refused = (code: string, info?: unknown) => ({ refused: { status: 409, code, body: { code, info } } })

test.each([
  ['the other text', refused('written_since', { at: 5, text: 'x' }), { at: 5, text: 'x' }],
  [
    'the other plan',
    refused('already_planned', { at: 5, text: 'x', try: 't' }),
    { at: 5, text: 'x', try: 't' },
  ],
  ['an older server that does not show it', refused('already_planned', { try: 't' }), undefined],
  ['nothing beside the code', refused('written_since'), undefined],
  ['another refusal', refused('already_told', { at: 5, text: 'x' }), undefined],
  ['no refusal', {}, undefined],
  [
    'an answer that is no JSON',
    { refused: { status: 409, code: 'written_since', body: undefined } },
    undefined,
  ],
])('%s is found', (_, entry, want) => expect(rivalOf(entry)).toEqual(want))

test.each([
  ['time_over', true],
  ['attempt_over', true],
  ['written_since', false],
])('%s is late: %s', (code, want) => expect(isLate(refused(code))).toBe(want))

type Case = { mine: object; path?: string; rival: Partial<Rival>; text?: string; want: object }

const path = '/api/courses/k/activities/a/tries'

test.each<[string, Case]>([
  [
    'a text',
    {
      mine: { text: 'minä', over: 0 },
      rival: {},
      want: { method: 'POST', path: '/x', body: { text: 'minä', over: 7 } },
    },
  ],
  [
    'a text made of both',
    {
      mine: { text: 'minä', privacy: 'read' },
      rival: {},
      text: 'me',
      want: { method: 'POST', path: '/x', body: { text: 'me', privacy: 'read', over: 7 } },
    },
  ],
  [
    'a second plan changes the one that is there',
    {
      mine: { what: 'minä', by: '2026-12-01' },
      path,
      rival: { try: 't1' },
      text: 'me',
      want: { method: 'PUT', path: `${path}/t1/plan`, body: { what: 'me', by: '2026-12-01', over: 7 } },
    },
  ],
  [
    'how it went',
    {
      mine: { text: 'minä', went: 'failed', on: '2026-11-02' },
      rival: { went: 'worked', on: '2026-11-01', try: 't1' },
      want: { method: 'POST', path: '/x', body: { text: 'minä', went: 'failed', on: '2026-11-02', over: 7 } },
    },
  ],
  [
    'what was tried stays tried',
    {
      mine: { text: 'minä', went: 'not_tried' },
      rival: { went: 'worked', on: '2026-11-01' },
      text: 'me',
      want: { method: 'POST', path: '/x', body: { text: 'me', went: 'worked', on: '2026-11-01', over: 7 } },
    },
  ],
])('in the place of the other: %s', (_, { mine, path: to = '/x', rival, text, want }) => {
  const entry = { method: 'POST', path: to, body: JSON.stringify(mine) }
  const made = inPlaceOf(entry, { at: 7, text: 'toinen', ...rival }, text)
  expect({ ...made, body: JSON.parse(made.body) as unknown }).toEqual(want)
})

test.each([
  ['not_tried', 'worked', false],
  ['not_tried', 'not_tried', true],
  ['failed', 'worked', true],
  [undefined, undefined, true],
])('told as %s over %s: may stand %s', (mine, theirs, want) => {
  const written = writtenIn({ body: JSON.stringify({ text: 'x', went: mine }) })
  expect(mayStand(written, { at: 1, text: 'y', ...(theirs && { went: theirs }) })).toBe(want)
})
