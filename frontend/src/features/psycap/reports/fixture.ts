import type { ChangeFigures, Point, Report, ScaleFigures, Section } from './view'

/** Figures for tests, as the server gives them. */

const value = (value: number) => ({ value })
const why = (why: NonNullable<ChangeFigures['mean']['why']>) => ({ why })

export function change(by: Partial<ChangeFigures>): ChangeFigures {
  return {
    from: 'start',
    to: 'end',
    n: 20,
    mean: value(0.5),
    sd: value(0.513),
    low: value(0.26),
    high: value(0.74),
    r: value(0.6),
    dz: value(0.975),
    dav: value(0.9),
    gz: value(0.936),
    gav: value(0.86),
    up: 10,
    same: 10,
    down: 0,
    share: value(0.5),
    shareLow: value(0.299),
    shareHigh: value(0.701),
    ...by,
  }
}

export function scale(
  by: Partial<ScaleFigures> & { means?: number[]; counts?: number[][]; at?: Point[]; step?: number },
): ScaleFigures {
  const { means = [6.8, 7.3], counts = [], at = ['start', 'end'], step = 1, ...own } = by
  const min = own.min ?? 0
  return {
    scale: 'work',
    title: 'Työkyky',
    min,
    max: 10,
    n: 20,
    leftOut: 0,
    covered: 0,
    points: at.map((point, nth) => ({
      point,
      mean: value(means[nth] ?? 0),
      sd: value(0.62 - nth / 8),
      alpha: step === 1 ? why('one_item') : value(0.83 + nth / 50),
      alphaN: 20,
      refused: 0,
      bins: (counts[nth] ?? []).map((count, bin) => ({
        from: min + bin * step,
        to: min + (bin + 1) * step,
        count,
      })),
    })),
    changes: [change({})],
    ...own,
  }
}

export function section(by: Partial<Section>): Section {
  return {
    instrument: 'tyokyky',
    version: '1',
    title: 'Työkyky',
    credit: 'Luotsin oma kysymys.',
    better: 'more',
    people: [
      { point: 'start', asked: 26, answered: 22, declined: 2 },
      { point: 'end', asked: 26, answered: 21, declined: 1 },
    ],
    pairs: 20,
    power: value(0.66),
    scales: [
      scale({
        counts: [
          [0, 0, 0, 0, 0, 0, 6, 12, 2, 0, 0],
          [0, 0, 0, 0, 0, 0, 0, 14, 6, 0, 0],
        ],
      }),
    ],
    ...by,
  }
}

const functioning = (name: string, title: string, up: number, low: number, high: number, means: number[]) =>
  scale({
    scale: name,
    title,
    n: 200,
    means,
    counts: [
      [1, 3, 8, 14, 21, 35, 42, 38, 24, 10, 4],
      [0, 2, 5, 10, 18, 30, 41, 46, 30, 13, 5],
    ],
    changes: [
      change({
        n: 200,
        mean: value((means[1] ?? 0) - (means[0] ?? 0)),
        low: value((means[1] ?? 0) - (means[0] ?? 0) - 0.22),
        high: value((means[1] ?? 0) - (means[0] ?? 0) + 0.22),
        up,
        same: 140 - up,
        down: 60,
        share: value(up / 200),
        shareLow: value(low),
        shareHigh: value(high),
      }),
    ],
  })

const part = (name: string, title: string, means: number[], low: number) =>
  scale({
    scale: name,
    title,
    min: 1,
    max: 6,
    n: 24,
    means,
    step: 0.5,
    counts: [
      [0, 1, 1, 2, 4, 6, 5, 3, 1, 1],
      [0, 0, 1, 1, 3, 5, 6, 5, 2, 1],
    ],
    changes: [
      change({
        n: 24,
        mean: value((means[1] ?? 0) - (means[0] ?? 0)),
        low: value(low),
        high: value(2 * ((means[1] ?? 0) - (means[0] ?? 0)) - low),
        up: 14,
        same: 4,
        down: 6,
        share: value(14 / 24),
        shareLow: value(0.388),
        shareHigh: value(0.755),
      }),
    ],
  })

const TOPICS = [
  'Työkyvyn arviointi ja tukeminen',
  'Palvelujärjestelmä ja etuudet',
  'Asiakkaan kohtaaminen ja motivoiva haastattelu',
  'Verkostotyö',
  'Tuettu työllistyminen',
  'Kuntoutuksen mahdollisuudet',
  'Työnantajayhteistyö',
]

/** Seed 001's headline with the questionnaire of resources and the topics of the training. */
export const wholeReport: Report = {
  report: 'r1',
  title: 'Työkyky ja toimintakyky ennen ja jälkeen',
  at: '2026-11-20T10:00:00Z',
  by: 'Päivi Kouluttaja',
  org: 'Pohjoisrannan hyvinvointialue',
  cohorts: ['Syksyn ryhmä', 'Kevään ryhmä'],
  table: false,
  floor: 10,
  points: ['start', 'end'],
  sections: [
    section({}),
    section({
      instrument: 'toimintakyky',
      title: 'Toimintakyky',
      pairs: 200,
      power: value(0.2),
      scales: [
        functioning('mental', 'Henkinen toimintakyky', 90, 0.383, 0.519, [5.6, 6.1]),
        functioning('physical', 'Fyysinen toimintakyky', 76, 0.316, 0.449, [5.9, 6.2]),
        functioning('social', 'Sosiaalinen toimintakyky', 74, 0.306, 0.439, [6.0, 6.3]),
      ],
    }),
    section({
      instrument: 'voimavarat',
      title: 'Voimavarat',
      label: 'Ei validoitu',
      pairs: 24,
      power: value(0.6),
      scales: [
        part('total', 'Voimavarat yhteensä', [4.12, 4.44], 0.08),
        part('hope', 'Toiveikkuus', [4.05, 4.46], 0.05),
        part('efficacy', 'Pystyvyys', [4.2, 4.58], 0.04),
        part('resilience', 'Sitkeys', [4.18, 4.16], -0.28),
        part('optimism', 'Optimismi', [4.06, 4.55], -0.02),
      ],
    }),
    section({
      instrument: 'osaaminen',
      title: 'Osaaminen',
      pairs: 24,
      scales: TOPICS.map((title, nth) =>
        scale({
          scale: `t${nth}`,
          title,
          min: 1,
          max: 5,
          n: 24,
          means: [2.4 + nth / 12, 3.1 + nth / 20],
          counts: [
            [2, 9, 8, 4, 1],
            [0, 3, 9, 9, 3],
          ],
          changes: [
            change({
              n: 24,
              mean: value(0.7 - nth / 30),
              low: value(0.4 - nth / 12),
              high: value(1 + nth / 60),
            }),
          ],
        }),
      ),
    }),
  ],
}
