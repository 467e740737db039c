import i18next, { type TFunction } from 'i18next'
import { beforeAll, describe, expect, it } from 'vitest'
import { chooseLanguage, startTexts } from '../../../shared/i18n/i18n'
import { LANGUAGES } from '../../../shared/i18n/languages'
import { needTexts } from '../../../shared/i18n/needed'
import { change, scale, section, wholeReport } from './fixture'
import { subscripts } from './subscripts'
import type { Numbered, Report, Section } from './view'
import { digitsOf, whyText, writtenReport } from './written'

let t: TFunction

beforeAll(async () => {
  needTexts('charts', 'psycapReports')
  await startTexts()
  await chooseLanguage('fi')
  t = i18next.t
})

const report = (...sections: Section[]): Report => ({ ...wholeReport, sections })
const first = (...sections: Section[]) => {
  const [only] = writtenReport(report(...sections), t, 'fi').sections
  if (only === undefined) throw new Error('no section')
  return only
}

it('says what came out first, as people say it', () => {
  expect(first(section({})).headline).toEqual([
    {
      name: 'Työkyky',
      means: '6,8 → 7,3',
      change: '+0,5 (95\u00a0%:n luottamusväli +0,3…+0,7)',
      share: 'Parani: 50\u00a0% (10/20)',
      worse: 'Heikkeni: 0\u00a0% (0/20)',
      n: 'n = 20',
    },
  ])
})

it('of a questionnaire with a total, the total', () => {
  const written = writtenReport(wholeReport, t, 'fi')
  expect(written.sections.map(({ headline }) => headline.map(({ name }) => name))).toEqual([
    ['Työkyky'],
    ['Henkinen toimintakyky', 'Fyysinen toimintakyky', 'Sosiaalinen toimintakyky'],
    ['Voimavarat yhteensä'],
    [],
  ])
  expect(written.sections[1]?.headline.map(({ share }) => share)).toEqual([
    'Parani: 45\u00a0% (90/200)',
    'Parani: 38\u00a0% (76/200)',
    'Parani: 37\u00a0% (74/200)',
  ])
  expect(written.sections[3]?.summary).toBe(
    '7 aiheesta 7 parani keskimäärin, ja 5 parani niin selvästi, että pelkkä sattuma tuskin selittää sitä (n = 24). Vaikka mikään ei olisi muuttunut, noin joka kahdeskymmenes muutos näyttäisi selvältä.',
  )
})

it('where less is better, who went down has improved', () => {
  const written = first(
    section({
      better: 'less',
      scales: [scale({ changes: [change({ up: 2, same: 8, down: 10, share: { value: 0.5 } })] })],
    }),
  )
  expect(written.headline[0]?.share).toBe('Parani: 50\u00a0% (10/20)')
  expect(written.charts[2]?.table.rows[0]?.cells).toEqual(['50\u00a0% (10/20)', '30–70\u00a0%', '8', '2'])
  expect(written.scaleNotes).toContain('Pienempi arvo on parempi.')
})

it('counts who was asked, and who answered only once', () => {
  const written = first(section({}))
  expect(written.people.rows).toEqual([
    { name: 'Alussa', cells: ['26', '22', '2'] },
    { name: 'Lopussa', cells: ['26', '21', '1'] },
  ])
  expect(written.peopleNotes).toEqual([
    '20 ihmistä vastasi joka kerralla. Vertailu on heistä.',
    'Ei mukana vertailussa, koska jokin vastaus puuttuu: Alussa 2, Lopussa 1.',
    '20 parilla näkyisi luotettavasti vasta vaikutus, joka on yli 0,7 (d_z).',
  ])
})

it('of a table from elsewhere nobody knows who was asked', () => {
  const people: Section['people'] = [{ point: 'start', asked: 21, answered: 20, declined: 0 }]
  const written = writtenReport({ ...report(section({ people })), table: true }, t, 'fi')
  expect(written.sections[0]?.people.head).toEqual(['Ajankohta', 'Rivejä taulukossa', 'Vastasi'])
  expect(written.sections[0]?.people.rows).toEqual([{ name: 'Alussa', cells: ['21', '20'] }])
  expect(written.cautions.join(' ')).toContain('Luotsi ei tiedä, keitä siinä on')
})

it('of one point there is no change, and nothing that speaks of one', () => {
  const written = first(
    section({
      people: [{ point: 'start', asked: 26, answered: 20, declined: 2 }],
      power: { why: 'not_asked' },
      scales: [scale({ at: ['start'], changes: [], counts: [[0, 20]] })],
    }),
  )
  expect(written.headline).toMatchObject([{ means: '6,8', change: 'Keskihajonta 0,62', share: '' }])
  expect(written.charts).toEqual([])
  expect(written.effects).toBeUndefined()
  expect(written.peopleNotes).toEqual([])
})

it('from the start to each later point, one line each', () => {
  const written = first(
    section({
      scales: [
        scale({
          at: ['start', 'end', 'half_year'],
          means: [6.8, 7.3, 7.1],
          changes: [change({}), change({ to: 'half_year', mean: { value: 0.3 } })],
        }),
      ],
    }),
  )
  expect(written.headline.map(({ name, means }) => [name, means])).toEqual([
    ['Työkyky: alussa → lopussa', '6,8 → 7,3'],
    ['Työkyky: alussa → puolen vuoden päästä', '6,8 → 7,1'],
  ])
})

it('a scale without figures is named, not drawn', () => {
  const written = first(
    section({
      scales: [scale({}), scale({ scale: 'x', title: 'Arki', points: [], changes: [], covered: 3 })],
    }),
  )
  expect(written.scaleNotes).toContain(
    'Arki: lukuja ei näytetä, jotta kenenkään vastausta ei voi päätellä erotuksesta.',
  )
  expect(written.distributions).toHaveLength(1)
})

it('a scale of means has ranges, one of whole numbers has numbers', () => {
  const written = writtenReport(wholeReport, t, 'fi')
  expect(written.sections[0]?.distributions[0]?.table.rows.at(-1)?.name).toBe('10')
  expect(written.sections[2]?.distributions[0]?.table.rows[0]?.name).toBe('1–1,5')
})

describe('what cannot be computed says why', () => {
  const WHYS: NonNullable<Numbered['why']>[] = [
    'too_few',
    'one_item',
    'no_variance',
    'same_change',
    'no_reliability',
    'no_spread',
    'not_asked',
  ]
  it.each(WHYS)('%s, in every language and every place', async (why) => {
    const none = { why }
    const nothing = section({
      power: none,
      scales: [
        scale({
          changes: [
            change({
              mean: none,
              sd: none,
              low: none,
              high: none,
              dz: none,
              dav: none,
              gz: none,
              gav: none,
              share: none,
              shareLow: none,
              shareHigh: none,
            }),
          ],
        }),
      ],
    })
    for (const language of LANGUAGES) {
      await chooseLanguage(language)
      const written = JSON.stringify(writtenReport(report(nothing), i18next.t, language))
      expect(written).toContain(whyText(why, i18next.t))
      expect(written).not.toMatch(/NaN|undefined|reports\.|charts\.|\{\{/)
    }
    await chooseLanguage('fi')
  })
})

it('writes numbers of a short scale with two decimals', () => {
  expect(digitsOf({ min: 0, max: 10 })).toBe(1)
  expect(digitsOf({ min: 1, max: 6 })).toBe(2)
})

it('sets the letters of effects below the line', () => {
  expect(subscripts('yli 0,7 (d_z).').map(({ letter, below }) => [letter, below])).toEqual([
    ['yli 0,7 (', ''],
    ['d', 'z'],
    [').', ''],
  ])
  expect(subscripts('g_av')).toEqual([{ letter: 'g', below: 'av', at: 0 }])
})
