import type { ReactElement, SVGProps } from 'react'

/** A table as both the page and a document write it: everything in it is text in the reader's language. */
export type TableOf = {
  caption: string
  /** The first names what the rows are. */
  head: string[]
  rows: { name: string; cells: string[] }[]
}

/** A plot with all that stands beside it: a plot alone says nothing to who does not see it. */
export type ChartOf = {
  title: string
  /** What the plot shows, in words. */
  sentence: string
  table: TableOf
  /** Drawn for a width in pixels, whole and with nothing of the page's styles, so that it can also be made a picture. */
  picture: (width: number) => ReactElement<SVGProps<SVGSVGElement>>
}

/** A number, or why there is none, in the reader's language. */
export type Given = { value: number; why?: undefined } | { value?: undefined; why: string }
