import { expect, test } from 'vitest'
import { pieces, selectedIn, sentences } from './ranges'

test('a text is cut where marks begin and end, also where they lie over each other', () => {
  expect(
    pieces('abcdef', [
      { start: 1, end: 4 },
      { start: 3, end: 6 },
    ]).map(({ text, marks }) => [text, marks]),
  ).toEqual([
    ['a', []],
    ['bc', [0]],
    ['d', [0, 1]],
    ['ef', [1]],
  ])
  expect(pieces('', [])).toEqual([])
})

test.each([
  ['Yksi. Kaksi!  Kolme?', ['Yksi.', 'Kaksi!', 'Kolme?']],
  ['Klo 9.30 alkaa.\n\nUusi kappale', ['Klo 9.30 alkaa.', 'Uusi kappale']],
  ['  ', []],
])('sentences of %j', (text, want) => {
  expect(sentences(text).map(({ start, end }) => text.slice(start, end))).toEqual(want)
})

test('a selection counts from the beginning of the text, without numbers of marks and blanks at its ends', () => {
  document.body.innerHTML = '<p>Jari <mark>osaa</mark><a data-mark>1</a> reitit hyvin</p>'
  const p = document.querySelector('p') as HTMLElement
  const last = p.lastChild as Text
  const range = document.createRange()
  range.setStart(last, 0)
  range.setEnd(last, 7)
  const selection = document.getSelection()
  selection?.removeAllRanges()
  selection?.addRange(range)
  expect(selectedIn(p, selection)).toEqual({ start: 10, end: 16 })
})
