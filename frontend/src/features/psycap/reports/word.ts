import {
  AlignmentType,
  BorderStyle,
  Document,
  Footer,
  Header,
  HeadingLevel,
  ImageRun,
  Packer,
  PageNumber,
  Paragraph,
  ShadingType,
  Table,
  TableCell,
  TableRow,
  TextRun,
  WidthType,
} from 'docx'
import type { TFunction } from 'i18next'
import type { ChartOf, TableOf } from '../../../shared/charts/chart'
import { type Language, LOCALE } from '../../../shared/i18n/languages'
import { type Drawn, drawn } from './drawn'
import { subscripts } from './subscripts'
import type { Written, WrittenSection } from './written'

const FONT = 'Calibri'
const DEEP = '0B3A4A'
const SOFT = '475A63'
const LINE = 'B9C6CA'
// Twentieths of a point: A4 less the margins.
const MARGIN = 1134
const TEXT_WIDTH = 11906 - 2 * MARGIN

/** The report as a Word file: headings, tables and pictures that can be worked on further. */
export async function wordFile(written: Written, t: TFunction, language: Language): Promise<Blob> {
  const pictures = new Map<ChartOf, Drawn>()
  for (const { charts, distributions } of written.sections) {
    for (const chart of [...charts, ...distributions]) pictures.set(chart, await drawn(chart))
  }
  return Packer.toBlob(wordDocument(written, t, language, pictures))
}

function wordDocument(
  written: Written,
  t: TFunction,
  language: Language,
  pictures: Map<ChartOf, Drawn>,
): Document {
  return new Document({
    title: written.title,
    creator: 'Luotsi',
    lastModifiedBy: 'Luotsi',
    styles: {
      default: {
        document: { run: { font: FONT, size: 22, language: { value: LOCALE[language] } } },
        title: {
          run: { font: FONT, size: 44, bold: true, color: DEEP },
          paragraph: { spacing: { after: 160 } },
        },
        heading1: {
          run: { font: FONT, size: 32, bold: true, color: DEEP },
          paragraph: { spacing: { before: 360, after: 120 }, keepNext: true },
        },
        heading2: {
          run: { font: FONT, size: 26, bold: true, color: DEEP },
          paragraph: { spacing: { before: 300, after: 80 }, keepNext: true },
        },
        heading3: {
          run: { font: FONT, size: 22, bold: true, color: DEEP },
          paragraph: { spacing: { before: 200, after: 60 }, keepNext: true },
        },
      },
    },
    sections: [
      {
        properties: {
          page: {
            size: { width: 11906, height: 16838 },
            margin: { top: MARGIN, bottom: MARGIN, left: MARGIN, right: MARGIN },
          },
        },
        headers: {
          default: new Header({
            children: [
              new Paragraph({
                children: [
                  new TextRun({
                    text: [written.title, ...written.facts.slice(0, 1).map(({ text }) => text)].join(' · '),
                    size: 18,
                    color: SOFT,
                  }),
                ],
              }),
            ],
          }),
        },
        footers: {
          default: new Footer({
            children: [
              new Paragraph({
                alignment: AlignmentType.END,
                children: [
                  new TextRun({
                    children: [PageNumber.CURRENT, ' / ', PageNumber.TOTAL_PAGES],
                    size: 18,
                    color: SOFT,
                  }),
                ],
              }),
            ],
          }),
        },
        children: [
          new Paragraph({ text: written.title, heading: HeadingLevel.TITLE }),
          ...written.facts.map(
            ({ name, text }) =>
              new Paragraph({
                children: [new TextRun({ text: `${name}: `, color: SOFT }), new TextRun({ text })],
              }),
          ),
          heading(t('reports.short'), 1),
          ...written.sections.flatMap(shortParts),
          ...bullets(written.cautions),
          ...written.sections.flatMap((section) => sectionParts(section, t, pictures)),
          heading(t('reports.methodsTitle'), 1),
          ...bullets(written.methods.map(({ text, source }) => `${text} ${source}`.trim())),
        ],
      },
    ],
  })
}

function shortParts(section: WrittenSection): Paragraph[] {
  const alone = section.headline.length === 1 && section.headline[0]?.name === section.title
  return [
    ...(alone ? [] : [heading(section.title, 2)]),
    ...section.headline.flatMap((one) => [
      heading(one.name, alone ? 2 : 3),
      new Paragraph({
        keepNext: true,
        children: [new TextRun({ text: one.means, bold: true, size: 40, color: DEEP })],
      }),
      text([one.change, one.share, one.worse, one.n].filter((part) => part !== '').join(' · ')),
    ]),
    ...(section.summary ? [text(section.summary)] : []),
  ]
}

function sectionParts(
  section: WrittenSection,
  t: TFunction,
  pictures: Map<ChartOf, Drawn>,
): (Paragraph | Table)[] {
  return [
    heading(section.title, 1),
    ...(section.label
      ? [new Paragraph({ children: [new TextRun({ text: section.label, bold: true })] })]
      : []),
    ...(section.credit ? [quiet(`${t('reports.credit')}: ${section.credit}`)] : []),
    ...section.charts.flatMap((chart) => chartParts(chart, 2, pictures)),
    ...tableParts(section.people, section.peopleNotes),
    ...(section.effects ? tableParts(section.effects.table, section.effects.notes) : []),
    ...tableParts(section.scales, section.scaleNotes),
    heading(t('reports.distributions'), 2),
    text(section.distributionsLead),
    ...section.distributions.flatMap((chart) => chartParts(chart, 3, pictures)),
  ]
}

function chartParts(chart: ChartOf, level: 2 | 3, pictures: Map<ChartOf, Drawn>): (Paragraph | Table)[] {
  const picture = pictures.get(chart)
  return [
    heading(chart.title, level),
    new Paragraph({ keepNext: true, spacing: { after: 120 }, children: runs(chart.sentence) }),
    ...(picture
      ? [
          new Paragraph({
            keepNext: true,
            spacing: { after: 120 },
            children: [
              new ImageRun({
                type: 'png',
                data: picture.png,
                transformation: { width: picture.width, height: picture.height },
                altText: { name: chart.title, title: chart.title, description: chart.sentence },
              }),
            ],
          }),
        ]
      : []),
    wordTable(chart.table),
  ]
}

function tableParts(table: TableOf, notes: string[]): (Paragraph | Table)[] {
  return [heading(table.caption, 2), wordTable(table), ...bullets(notes)]
}

function wordTable(table: TableOf): Table {
  const first = Math.round(TEXT_WIDTH * (table.head.length > 4 ? 0.32 : 0.4))
  const other = Math.floor((TEXT_WIDTH - first) / Math.max(1, table.head.length - 1))
  const widths = table.head.map((_, nth) => (nth === 0 ? first : other))
  const cell = (content: string, nth: number, strong: boolean, shaded: boolean) =>
    new TableCell({
      width: { size: widths[nth] ?? other, type: WidthType.DXA },
      margins: { top: 50, bottom: 50, left: 90, right: 90 },
      ...(shaded && { shading: { type: ShadingType.CLEAR, fill: 'EDF6F6', color: 'auto' } }),
      children: [
        new Paragraph({
          alignment: nth === 0 ? AlignmentType.START : AlignmentType.END,
          children: runs(content, { bold: strong, size: 20 }),
        }),
      ],
    })
  const none = { style: BorderStyle.NONE, size: 0, color: 'auto' }
  const line = { style: BorderStyle.SINGLE, size: 4, color: LINE }
  return new Table({
    width: { size: TEXT_WIDTH, type: WidthType.DXA },
    columnWidths: widths,
    borders: {
      top: line,
      bottom: line,
      insideHorizontal: line,
      left: none,
      right: none,
      insideVertical: none,
    },
    rows: [
      new TableRow({
        tableHeader: true,
        cantSplit: true,
        children: table.head.map((name, nth) => cell(name, nth, true, true)),
      }),
      ...table.rows.map(
        (row) =>
          new TableRow({
            cantSplit: true,
            children: [row.name, ...row.cells].map((content, nth) => cell(content, nth, nth === 0, false)),
          }),
      ),
    ],
  })
}

const LEVELS = { 1: HeadingLevel.HEADING_1, 2: HeadingLevel.HEADING_2, 3: HeadingLevel.HEADING_3 } as const

const heading = (content: string, level: 1 | 2 | 3) =>
  new Paragraph({ heading: LEVELS[level], children: [new TextRun(content)] })

const text = (content: string) => new Paragraph({ spacing: { after: 120 }, children: runs(content) })

const quiet = (content: string) => new Paragraph({ children: runs(content, { size: 20, color: SOFT }) })

const bullets = (contents: string[]) =>
  contents.map(
    (content, nth) =>
      new Paragraph({
        bullet: { level: 0 },
        ...(nth === 0 && { spacing: { before: 100 } }),
        children: runs(content, { size: 20 }),
      }),
  )

type Look = { bold?: boolean; size?: number; color?: string }

const runs = (content: string, look: Look = {}) =>
  subscripts(content).flatMap(({ letter, below }) =>
    below === ''
      ? [new TextRun({ text: letter, ...look })]
      : [
          new TextRun({ text: letter, italics: true, ...look }),
          new TextRun({ text: below, subScript: true, ...look }),
        ],
  )
