import { expect, test } from 'vitest'
import { spoken } from './ChangeNotice'

test.each([
  { name: 'nothing changed', html: 'Talo on talo.', want: 'Talo on talo.' },
  {
    name: 'a word for a word',
    html: 'Talo on <del>uusi</del> <ins>vanha</ins>.',
    want: 'Talo on <del>[tässä oli uusi pois]</del> <ins>[tähän tuli vanha pois]</ins>.',
  },
  { name: 'what only looks like a mark', html: '&lt;ins&gt; a', want: '&lt;ins&gt; a' },
])('$name', ({ html, want }) => {
  const plain = spoken(html, 'tähän tuli', 'tässä oli', 'pois')
    .replaceAll('<span class="visually-hidden"> pois </span>', ' pois]')
    .replaceAll(/<span class="visually-hidden"> (.*?) <\/span>/g, '[$1 ')
  expect(plain).toBe(want)
})
