import type { TFunction } from 'i18next'
import { changeChart, MANY } from '../../../shared/charts/change'
import type { ChartOf, Given, TableOf } from '../../../shared/charts/chart'
import { distributionChart } from '../../../shared/charts/distribution'
import { shareChart } from '../../../shared/charts/share'
import { slopeChart } from '../../../shared/charts/slope'
import { dayOf, shortDay } from '../../../shared/dates/dates'
import { decimals, number, percent, signed } from '../../../shared/dates/numbers'
import type { Language } from '../../../shared/i18n/languages'
import {
  type ChangeFigures,
  type Numbered,
  type Point,
  pointsOf,
  type Report,
  type ScaleFigures,
  type Section,
} from './view'

/** A report in the reader's words: the page and the Word file are both made of this, and so say the same. */
export type Written = {
  title: string
  /** Of whom, when, by whom. */
  facts: { name: string; text: string }[]
  cautions: string[]
  sections: WrittenSection[]
  methods: { text: string; source: string }[]
}

export type WrittenSection = {
  id: string
  title: string
  /** What the reader must know of the instrument before any number. */
  label: string
  credit: string
  headline: Headline[]
  /** What is said instead of many headlines. */
  summary: string
  people: TableOf
  peopleNotes: string[]
  scales: TableOf
  scaleNotes: string[]
  charts: ChartOf[]
  effects?: { table: TableOf; notes: string[] }
  distributionsLead: string
  distributions: ChartOf[]
}

export type Headline = {
  name: string
  /** 6,8 → 7,3, or 6,8 alone */
  means: string
  /** +0,5 (95 %:n luottamusväli +0,2…+0,8) */
  change: string
  /** Parani: 45 % (90/200) */
  share: string
  /** Heikkeni: 15 % (30/200): who hears of one must hear of the other. */
  worse: string
  n: string
}

/** More scales than this are summed up in words: a reader can take in so many numbers at once. */
const MOST_HEADLINES = 4

type Words = { t: TFunction; language: Language }

export function writtenReport(report: Report, t: TFunction, language: Language): Written {
  const words = { t, language }
  const facts = [
    { name: t('reports.organisation'), text: report.org },
    {
      name: t('reports.whose'),
      text: report.table ? t('reports.fromTable') : report.cohorts.join(', '),
    },
    {
      name: t('reports.when'),
      text: pointsOf(report.points)
        .map((point) => t(`reports.points.${point}`))
        .join(' → '),
    },
    {
      name: t('reports.made'),
      text: [shortDay(dayOf(report.at), language), report.by].filter((one) => one !== '').join(', '),
    },
  ]
  return {
    title: report.title,
    facts,
    cautions: [
      t('reports.cautionPeople'),
      ...(report.table ? [t('reports.cautionTable')] : []),
      t('reports.cautionSmall'),
      ...(report.points.length > 1 ? [t('reports.cautionCause')] : []),
    ],
    sections: report.sections.map((section) => writtenSection(shortlyNamed(section), report.table, words)),
    methods: methodsOf(report, words),
  }
}

/** One question is called what its instrument is called: the whole question is too long for a plot. */
function shortlyNamed(section: Section): Section {
  const [only, ...more] = section.scales
  return only === undefined || more.length > 0
    ? section
    : { ...section, scales: [{ ...only, title: section.title }] }
}

function writtenSection(section: Section, table: boolean, words: Words): WrittenSection {
  const { t, language } = words
  const several = section.scales.some(({ changes }) => changes.length > 1)
  const compared = section.scales.some(({ changes }) => changes.length > 0)
  // To keep others from being told apart, a scale may have no figures at all.
  const scales = section.scales.filter(({ points }) => points.length > 0)
  const first = scales[0]
  const rows = scales.flatMap((scale) =>
    scale.changes.map((change) => ({
      scale,
      change,
      name: several
        ? `${scale.title}: ${pointName(change.from, t)} → ${pointName(change.to, t)}`
        : scale.title,
    })),
  )
  const charts: ChartOf[] = []
  if (first && compared) {
    const names = section.people.map(({ point }) => t(`reports.points.${point}`))
    charts.push(
      slopeChart(
        {
          title: t('reports.slope'),
          scales: t('reports.scale'),
          min: Math.min(...scales.map(({ min }) => min)),
          max: Math.max(...scales.map(({ max }) => max)),
          digits: digitsOf(first),
          points: names,
          lines: scales.map((scale) => ({
            name: scale.title,
            means: scale.points.map(({ mean }) => given(mean, t)),
            strong: scale.scale === 'total',
          })),
        },
        t,
        language,
      ),
      changeChart(
        {
          title: t('reports.changes'),
          scales: t('reports.scale'),
          digits: digitsOf(first),
          rows: rows.map(({ change, name }) => ({
            name,
            n: change.n,
            mean: given(change.mean, t),
            low: given(change.low, t),
            high: given(change.high, t),
          })),
        },
        t,
        language,
      ),
      shareChart(
        {
          title: t('reports.improvedShare'),
          scales: t('reports.scale'),
          rows: rows.map(({ change, name }) => {
            const [improved, worse] =
              section.better === 'less' ? [change.down, change.up] : [change.up, change.down]
            return {
              name,
              improved,
              worse,
              same: change.same,
              n: change.n,
              share: given(change.share, t),
              low: given(change.shareLow, t),
              high: given(change.shareHigh, t),
            }
          }),
        },
        t,
        language,
      ),
    )
  }
  const total = scales.filter(({ scale }) => scale === 'total')
  const shown = total.length > 0 ? total : scales
  return {
    id: section.instrument,
    title: section.title,
    label: section.label ?? '',
    credit: section.credit,
    ...(shown.length <= MOST_HEADLINES
      ? { headline: shown.flatMap((scale) => headlinesOf(scale, section, words)), summary: '' }
      : { headline: [], summary: summaryOf(section, words) }),
    people: peopleOf(section, table, t),
    peopleNotes: peopleNotesOf(section, words),
    scales: scalesOf(section, words),
    scaleNotes: scaleNotesOf(section, words),
    charts,
    ...(compared && { effects: effectsOf(section, rows, words) }),
    distributionsLead: [
      t('reports.distributionsLead'),
      ...(scales.every(isWhole) ? [] : [t('reports.distributionsEdges')]),
    ].join(' '),
    distributions: scales.map((scale) => distributionOf(scale, words)),
  }
}

/** A mean of whole numbers up to 10 needs one decimal to be told, one of a short scale two. */
export function digitsOf(scale: Pick<ScaleFigures, 'min' | 'max'>): number {
  return scale.max - scale.min >= 10 ? 1 : 2
}

function headlinesOf(scale: ScaleFigures, section: Section, { t, language }: Words): Headline[] {
  const digits = digitsOf(scale)
  const mean = (point: Point) => {
    const found = scale.points.find((one) => one.point === point)?.mean
    return found?.value === undefined ? '–' : decimals(found.value, language, digits)
  }
  const only = scale.points[0]
  if (scale.changes.length === 0 && only) {
    return [
      {
        name: scale.title,
        means: mean(only.point),
        change:
          only.sd.value === undefined
            ? t('reports.missing', { why: whyText(only.sd.why, t) })
            : t('reports.sdOf', { sd: decimals(only.sd.value, language, 2) }),
        share: '',
        worse: '',
        n: `n = ${number(scale.n, language)}`,
      },
    ]
  }
  return scale.changes.map((change) => ({
    name:
      scale.changes.length > 1
        ? `${scale.title}: ${pointName(change.from, t)} → ${pointName(change.to, t)}`
        : scale.title,
    means: `${mean(change.from)} → ${mean(change.to)}`,
    change: changeText(change, digits, { t, language }),
    share:
      change.share.value === undefined
        ? ''
        : t('reports.improvedOf', {
            share: percent(change.share.value * 100, language),
            part: section.better === 'less' ? change.down : change.up,
            n: change.n,
          }),
    worse: worseOf(change, section, { t, language }),
    n: `n = ${number(change.n, language)}`,
  }))
}

function worseOf(change: ChangeFigures, section: Section, { t, language }: Words): string {
  const part = section.better === 'less' ? change.up : change.down
  return change.share.value === undefined
    ? ''
    : t('reports.worseOf', { share: percent((part / change.n) * 100, language), part, n: change.n })
}

function changeText(change: ChangeFigures, digits: number, { t, language }: Words): string {
  if (change.mean.value === undefined) return t('reports.missing', { why: whyText(change.mean.why, t) })
  const by = signed(change.mean.value, language, digits)
  if (change.low.value === undefined || change.high.value === undefined) {
    return `${by}. ${t('reports.noInterval', { why: whyText(change.low.why, t) })}`
  }
  return t('reports.changeOf', {
    change: by,
    low: signed(change.low.value, language, digits),
    high: signed(change.high.value, language, digits),
  })
}

/** Of many scales: how many went which way. */
function summaryOf(section: Section, { t }: Words): string {
  const last = section.scales.flatMap((scale) => scale.changes.at(-1) ?? [])
  if (last.length === 0) return ''
  const clear = (is: (change: ChangeFigures) => boolean) => last.filter(is).length
  const better = (value: number | undefined) =>
    value !== undefined && (section.better === 'less' ? value < 0 : value > 0)
  const clearly = clear((change) => better(change.low.value) && better(change.high.value))
  const said = t('reports.summary', {
    count: section.scales.length,
    improved: clear((change) => better(change.mean.value)),
    clear: clearly,
    n: section.pairs,
  })
  return clearly > 0 && last.length >= MANY ? `${said} ${t('charts.oneInTwenty')}` : said
}

function peopleOf(section: Section, table: boolean, t: TFunction): TableOf {
  return {
    caption: t('reports.people'),
    head: [
      t('reports.point'),
      // Of a table from elsewhere nobody knows who was asked, or who declined.
      t(table ? 'reports.inTable' : 'reports.asked'),
      t('reports.answered'),
      ...(table ? [] : [t('reports.declined')]),
    ],
    rows: section.people.map((point) => ({
      name: t(`reports.points.${point.point}`),
      cells: [String(point.asked), String(point.answered), ...(table ? [] : [String(point.declined)])],
    })),
  }
}

function peopleNotesOf(section: Section, { t, language }: Words): string[] {
  if (section.people.length < 2) return []
  const only = section.people.flatMap(({ point, answered }) =>
    answered > section.pairs
      ? [t('reports.onlyAt', { point: t(`reports.points.${point}`), count: answered - section.pairs })]
      : [],
  )
  return [
    t('reports.pairs', { count: section.pairs }),
    ...(only.length > 0 ? [t('reports.onlyOnce', { who: only.join(', ') })] : []),
    section.power.value === undefined
      ? t('reports.noPower', { why: whyText(section.power.why, t) })
      : t('reports.power', { count: section.pairs, effect: decimals(section.power.value, language, 1) }),
  ]
}

function scalesOf(section: Section, { t, language }: Words): TableOf {
  const alpha = alphaShown(section)
  const many = section.scales.some(({ points }) => points.length > 1)
  return {
    caption: t('reports.numbers'),
    head: [
      t('reports.scale'),
      'n',
      t('reports.mean'),
      t('reports.sd'),
      ...(alpha ? [t('reports.alpha')] : []),
    ],
    rows: section.scales.flatMap((scale) =>
      scale.points.map((point) => ({
        name: many ? `${scale.title}, ${pointName(point.point, t)}` : scale.title,
        cells: [
          String(scale.n),
          told(point.mean, 2, { t, language }),
          told(point.sd, 2, { t, language }),
          ...(alpha ? [told(point.alpha, 2, { t, language })] : []),
        ],
      })),
    ),
  }
}

/** A column in which no cell has a number is said in one line under the table. */
const alphaShown = (section: Section) =>
  section.scales.some(({ points }) => points.some(({ alpha }) => alpha.why !== 'one_item'))

function scaleNotesOf(section: Section, { t }: Words): string[] {
  return [
    section.better === 'less' ? t('reports.lessIsBetter') : t('reports.moreIsBetter'),
    ...(alphaShown(section) ? [t('reports.alphaMeans')] : [t('reports.noAlpha')]),
    ...section.scales.flatMap(({ title, leftOut, covered, points }) => [
      ...(points.length === 0 ? [t('reports.noFigures', { scale: title })] : []),
      ...(leftOut > 0 ? [t('reports.leftOut', { scale: title, count: leftOut })] : []),
      ...(covered > 0 && points.length > 0 ? [t('reports.covered', { scale: title, count: covered })] : []),
    ]),
  ]
}

type Row = { scale: ScaleFigures; change: ChangeFigures; name: string }

function effectsOf(section: Section, rows: Row[], words: Words): { table: TableOf; notes: string[] } {
  const { t, language } = words
  const example = rows.find(({ change }) => change.dz.value !== undefined && change.dav.value !== undefined)
  return {
    table: {
      caption: t('reports.effects'),
      head: [t('reports.scale'), 'd_z', 'g_z', 'd_av', 'g_av'],
      rows: rows.map(({ name, change }) => ({
        name,
        cells: [change.dz, change.gz, change.dav, change.gav].map((one) => told(one, 2, words)),
      })),
    },
    notes: [
      ...(example
        ? [
            t('reports.dz', {
              scale: example.name,
              value: decimals(example.change.dz.value ?? 0, language, 2),
            }),
            t('reports.dav', {
              scale: example.name,
              value: decimals(example.change.dav.value ?? 0, language, 2),
            }),
          ]
        : []),
      t('reports.hedges', { count: section.pairs }),
    ],
  }
}

/** The last bin of whole numbers is the highest of them; a bin of means ends there. */
const isWhole = (scale: ScaleFigures) => scale.points[0]?.bins.at(-1)?.from === scale.max

function distributionOf(scale: ScaleFigures, { t, language }: Words): ChartOf {
  const bins = scale.points[0]?.bins ?? []
  const whole = isWhole(scale)
  const edge = (value: number) => number(value, language)
  const refused = scale.points.map((point) => point.refused)
  return distributionChart(
    {
      title: scale.title,
      values: whole ? t('reports.value') : t('reports.values'),
      bins: bins.map(({ from, to }) => (whole ? edge(from) : `${edge(from)}–${edge(to)}`)),
      points: scale.points.map((point) => ({
        name: t(`reports.points.${point.point}`),
        counts: point.bins.map(({ count }) => count),
      })),
      others: refused.some((count) => count > 0) ? [{ name: t('reports.refused'), counts: refused }] : [],
    },
    t,
    language,
  )
}

function methodsOf(report: Report, { t }: Words): Written['methods'] {
  const keys = [
    ...(report.points.length > 1 ? (['interval', 'effects', 'hedges', 'wilson', 'power'] as const) : []),
    ...(report.sections.some(alphaShown) ? (['alpha'] as const) : []),
    ...(report.points.length > 1 ? (['rounding'] as const) : []),
    'masking' as const,
  ]
  return keys.map((key) => ({
    text: t(`reports.methods.${key}`, { floor: report.floor }),
    source: key === 'masking' || key === 'rounding' ? '' : t(`reports.sources.${key}`),
  }))
}

/** A number with its decimals, or that it cannot be computed and why. */
function told({ value, why }: Numbered, digits: number, { t, language }: Words): string {
  return value === undefined
    ? t('reports.missing', { why: whyText(why, t) })
    : decimals(value, language, digits)
}

function given({ value, why }: Numbered, t: TFunction): Given {
  return value === undefined ? { why: t('reports.missing', { why: whyText(why, t) }) } : { value }
}

const WHYS = [
  'too_few',
  'one_item',
  'no_variance',
  'same_change',
  'no_reliability',
  'no_spread',
  'not_asked',
] as const

/** Why there is no number; a reason that this page does not know yet is told as such. */
export function whyText(why: string | undefined, t: TFunction): string {
  const known = WHYS.find((one) => one === why)
  return t(`reports.whys.${known ?? 'other'}`)
}

/** In the middle of a line. */
function pointName(point: Point, t: TFunction): string {
  const name = t(`reports.points.${point}`)
  return name.charAt(0).toLowerCase() + name.slice(1)
}
