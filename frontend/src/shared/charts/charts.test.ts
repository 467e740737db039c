import i18next, { type TFunction } from 'i18next'
import { beforeAll, describe, expect, it } from 'vitest'
import { chooseLanguage, startTexts } from '../i18n/i18n'
import { needTexts } from '../i18n/needed'
import { changeChart, changesOf } from './change'
import { barsOf, distributionChart, isUpright } from './distribution'
import { shownRange, spread, wrapped } from './layout'
import { movesOf } from './moves'
import { shareChart, sharesOf } from './share'
import { slopeChart, slopesOf } from './slope'

let t: TFunction

beforeAll(async () => {
  needTexts('charts')
  await startTexts()
  await chooseLanguage('fi')
  t = i18next.t
})

describe('labels that would touch', () => {
  it.each([
    { name: 'stay where they are when they do not', places: [10, 40], want: [10, 40] },
    { name: 'stand around their middle', places: [50, 50], want: [40, 60] },
    { name: 'keep the order of the question', places: [52, 50], want: [61, 41] },
    { name: 'stay inside', places: [0, 2], want: [0, 20] },
    { name: 'stay inside at the other end', places: [100, 99], want: [100, 80] },
    { name: 'push their neighbours on', places: [50, 50, 65], want: [35, 55, 75] },
    { name: 'need not be there', places: [], want: [] },
  ])('$name', ({ places, want }) => {
    expect(spread(places, 20, 0, 100)).toEqual(want)
  })
})

describe('the part of a scale that is shown', () => {
  it.each([
    { values: [6.8, 7.3], min: 0, max: 10, want: [6, 8] },
    { values: [0, 0.2], min: 0, max: 10, want: [0, 2] },
    { values: [10], min: 0, max: 10, want: [8, 10] },
    { values: [4.05, 4.58], min: 1, max: 6, want: [4, 5] },
    { values: [1, 6], min: 1, max: 6, want: [1, 6] },
    { values: [], min: 1, max: 6, want: [1, 6] },
  ])('of $values on $min–$max', ({ values, min, max, want }) => {
    expect(shownRange(values, min, max)).toEqual(want)
  })
})

it('breaks a name between words, and leaves a long word whole', () => {
  expect(wrapped('Asiakkaan kohtaaminen ja motivoiva haastattelu', 170)).toEqual([
    'Asiakkaan kohtaaminen',
    'ja motivoiva',
    'haastattelu',
  ])
  expect(wrapped('Palvelujärjestelmä', 10)).toEqual(['Palvelujärjestelmä'])
})

const BEFORE = [0, 0, 0, 0, 0, 0, 6, 12, 2, 0, 0]
const AFTER = [0, 0, 0, 0, 0, 0, 0, 14, 6, 0, 0]
const bins = BEFORE.map((_, nth) => String(nth))
const both = [
  { name: 'Alussa', counts: BEFORE },
  { name: 'Lopussa', counts: AFTER },
]

describe('a distribution', () => {
  it('has a bar for each count, as long as the count, none wider than the picture', () => {
    for (const width of [240, 340, 620]) {
      const { bars, upright, height } = barsOf({ bins, points: both }, width)
      expect(bars).toHaveLength(22)
      const long = (bin: number, point: number) => {
        const bar = bars.find((one) => one.bin === bin && one.point === point)
        return (upright ? bar?.height : bar?.width) ?? Number.NaN
      }
      expect(long(7, 0) / long(6, 0)).toBeCloseTo(2)
      expect(long(7, 1) / long(7, 0)).toBeCloseTo(14 / 12)
      expect(long(0, 0)).toBe(0)
      for (const bar of bars) {
        expect(bar.x).toBeGreaterThanOrEqual(0)
        expect(bar.x + bar.width).toBeLessThanOrEqual(width)
        expect(bar.y + bar.height).toBeLessThanOrEqual(height)
      }
    }
  })

  it('stands where there is room and lies on a phone', () => {
    expect(isUpright({ bins, points: both }, 620)).toBe(true)
    expect(isUpright({ bins, points: both }, 300)).toBe(false)
  })

  it('says in words what is most common, and has who did not want to answer as a row', () => {
    const chart = distributionChart(
      {
        title: 'Työkyky',
        values: 'Arvo',
        bins,
        points: both,
        others: [{ name: 'Ei halunnut', counts: [1, 0] }],
      },
      t,
      'fi',
    )
    expect(chart.sentence).toBe('Alussa: yleisin 7 (12/20). Lopussa: yleisin 7 (14/20).')
    expect(chart.table.rows[7]).toEqual({ name: '7', cells: ['12 (60\u00a0%)', '14 (70\u00a0%)'] })
    expect(chart.table.rows.at(-1)).toEqual({ name: 'Ei halunnut', cells: ['1', '0'] })
  })

  it('draws nobody without breaking', () => {
    const nobody = [{ name: 'Alussa', counts: [0, 0] }]
    const { bars } = barsOf({ bins: ['0', '1'], points: nobody }, 300)
    expect(bars.every((bar) => Number.isFinite(bar.height) && Number.isFinite(bar.width))).toBe(true)
    const chart = distributionChart(
      { title: 'T', values: 'Arvo', bins: ['0', '1'], points: nobody, others: [] },
      t,
      'fi',
    )
    expect(chart.sentence).toBe('Alussa: ei vastauksia.')
  })
})

const slope = {
  title: 'Keskiarvot',
  scales: 'Asteikko',
  min: 0,
  max: 10,
  digits: 1,
  points: ['Alussa', 'Lopussa'],
  lines: [{ name: 'Työkyky', means: [{ value: 6.8 }, { value: 7.3 }], strong: false }],
}

describe('a slope', () => {
  it('is at its means on a linear scale', () => {
    const { lines, ticks } = slopesOf(slope, 620)
    const [before, after] = lines[0]?.dots ?? []
    const at = (value: number) => ticks.find((tick) => tick.value === value)?.y ?? Number.NaN
    const unit = at(6) - at(7)
    expect((before?.y ?? 0) - at(7)).toBeCloseTo(0.2 * unit)
    expect(at(7) - (after?.y ?? 0)).toBeCloseTo(0.3 * unit)
  })

  it('says it in Finnish numbers', () => {
    expect(slopeChart(slope, t, 'fi').sentence).toBe(
      'Keskiarvo nousi: 6,8 → 7,3. Asteikko on 0–10; kuvassa näkyy siitä väli 6–8.',
    )
    expect(slopeChart(slope, t, 'fi').table.rows).toEqual([{ name: 'Työkyky', cells: ['6,8', '7,3'] }])
  })

  it('has no dot where there is no number, and the reason in the table', () => {
    const gap = {
      ...slope,
      lines: [
        { name: 'Työkyky', means: [{ value: 6.8 }, { why: 'ei voida laskea: liian vähän' }], strong: false },
      ],
    }
    expect(slopesOf(gap, 620).lines[0]?.dots).toHaveLength(1)
    expect(slopeChart(gap, t, 'fi').table.rows[0]?.cells).toEqual(['6,8', 'ei voida laskea: liian vähän'])
    expect(slopeChart(gap, t, 'fi').sentence).toContain('Keskiarvoja ei voida laskea.')
  })

  it('keeps the labels of fourteen equal means apart, at every width', () => {
    const many = {
      ...slope,
      lines: Array.from({ length: 14 }, (_, nth) => ({
        name: `Aihe ${nth}`,
        means: [{ value: 3 }, { value: 4 }],
        strong: false,
      })),
    }
    for (const width of [240, 620]) {
      const { first, last, height } = slopesOf(many, width)
      expect(first).toHaveLength(1)
      expect(last).toHaveLength(14)
      const places = last.map(({ y }) => y).sort((a, b) => a - b)
      for (const [nth, y] of places.entries()) {
        expect(y).toBeLessThan(height)
        if (nth > 0) expect(y - (places[nth - 1] ?? 0)).toBeGreaterThanOrEqual(19)
      }
    }
    expect(slopesOf(many, 240).named).toBe(false)
    expect(slopesOf(many, 620).named).toBe(true)
  })

  it('writes no number of its axis under a line', () => {
    // 6.8 begins a hair below the tick of 7, and the line goes over its number.
    const free = (width: number) =>
      slopesOf(
        {
          ...slope,
          lines: [{ ...slope.lines[0], name: 'A', means: [{ value: 6.95 }, { value: 7.05 }], strong: true }],
        },
        width,
      )
        .ticks.filter((tick) => !tick.free)
        .map(({ value }) => value)
    expect(free(620)).toEqual([7])
    expect(free(302)).toEqual([7])
    expect(
      slopesOf(slope, 620)
        .ticks.filter((tick) => tick.free)
        .map(({ value }) => value),
    ).toContain(7.5)
  })

  it('of many scales gives each a row of its own, with its name', () => {
    const lines = Array.from({ length: 14 }, (_, nth) => ({
      name: `Aihe ${nth}`,
      means: [{ value: 3 }, nth === 0 ? { why: 'ei voida laskea: liian vähän' } : { value: 3 + nth / 10 }],
      strong: false,
    }))
    for (const width of [240, 620]) {
      const { rows, height } = movesOf({ lines, min: 1, max: 5 }, width, () => '3,00 → 4,00')
      expect(rows).toHaveLength(14)
      for (const [nth, { y, from, to }] of rows.entries()) {
        expect(y).toBeLessThan(height)
        expect(from).toBeGreaterThan(0)
        expect(nth === 0 ? to === undefined : (to ?? 0) > (from ?? 0) && (to ?? 0) < width).toBe(true)
      }
    }
    expect(slopeChart({ ...slope, lines }, t, 'fi').table.rows[1]?.name).toBe('Aihe 1')
  })
})

const row = (mean: number, low: number, high: number) => ({
  name: 'Työkyky',
  n: 20,
  mean: { value: mean },
  low: { value: low },
  high: { value: high },
})
const change = (...rows: ReturnType<typeof row>[]) => ({
  title: 'Muutos',
  scales: 'Asteikko',
  digits: 1,
  rows,
})

describe('a change', () => {
  it('has zero in the picture, and the dot between its whiskers', () => {
    for (const data of [change(row(0.5, 0.26, 0.74)), change(row(-0.5, -0.74, -0.26))]) {
      const { rows, zero } = changesOf(data, 300, () => '+0,5')
      const [one] = rows
      expect(zero).toBeGreaterThan(0)
      expect(zero).toBeLessThan(300)
      expect(one?.dot).toBeCloseTo(((one?.from ?? 0) + (one?.to ?? 0)) / 2)
    }
  })

  it('of nothing at all is drawn at zero', () => {
    const { rows, zero } = changesOf(change(row(0, 0, 0)), 300, () => '0,0')
    expect(rows[0]?.dot).toBe(zero)
    expect(Number.isFinite(zero)).toBe(true)
  })

  it.each([
    { data: change(row(0.5, 0.26, 0.74)), want: 'Luottamusväli +0,3…+0,7 ei ulotu nollaan' },
    { data: change(row(0.5, -0.1, 1.1)), want: 'Luottamusväli −0,1…+1,1 ulottuu nollaan' },
    { data: change(row(0, 0, 0)), want: 'Luottamusväli 0,0…0,0 ulottuu nollaan' },
    {
      data: change(row(0.5, 0.2, 0.8), row(-0.5, -0.8, -0.2), row(0, -1, 1)),
      want: '3 muutoksesta 1 on selvästi ylöspäin, 1 on selvästi alaspäin, 1 voi olla sattumaa',
    },
  ])('says whether it may be chance: $want', ({ data, want }) => {
    expect(changeChart(data, t, 'fi').sentence).toContain(want)
  })

  it('of everybody alike has a dot without whiskers, and says why', () => {
    const alike = {
      ...change(),
      rows: [
        { name: 'T', n: 12, mean: { value: 1 }, low: { why: 'sama muutos' }, high: { why: 'sama muutos' } },
      ],
    }
    const { rows } = changesOf(alike, 300, () => '')
    expect(rows[0]?.dot).toBeDefined()
    expect(rows[0]?.from).toBeUndefined()
    const chart = changeChart(alike, t, 'fi')
    expect(chart.sentence).toBe('Luottamusväliä ei voida laskea.')
    expect(chart.table.rows[0]?.cells).toEqual(['12', '+1,0', 'sama muutos'])
  })
})

describe('a share', () => {
  const share = (improved: number, of: number, low: number, high: number) => ({
    name: 'Henkinen',
    improved,
    same: of - improved,
    worse: 0,
    n: of,
    share: { value: improved / of },
    low: { value: low },
    high: { value: high },
  })

  it('is always drawn from 0 to 100 %, with its denominator and interval', () => {
    const data = { title: 'Osuus', scales: 'Asteikko', rows: [share(90, 200, 0.383, 0.519)] }
    const { rows } = sharesOf(data, 302, () => '')
    expect(rows[0]?.to).toBeCloseTo(1 + 0.45 * 300)
    expect(rows[0]?.interval?.from).toBeCloseTo(1 + 0.383 * 300)
    const chart = shareChart(data, t, 'fi')
    expect(chart.sentence).toContain('45\u00a0% (90/200)')
    expect(chart.table.rows[0]?.cells).toEqual(['45\u00a0% (90/200)', '38–52\u00a0%', '110', '0'])
  })

  it('of nobody says why', () => {
    const none = {
      ...share(0, 1, 0, 0),
      share: { why: 'liian vähän' },
      low: { why: 'liian vähän' },
      high: { why: 'liian vähän' },
    }
    const chart = shareChart({ title: 'Osuus', scales: 'A', rows: [none] }, t, 'fi')
    expect(chart.sentence).toBe('Osuuksia ei voida laskea.')
    expect(chart.table.rows[0]?.cells[0]).toBe('liian vähän')
  })
})
