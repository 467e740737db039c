import type { ReactElement, ReactNode, SVGProps } from 'react'
import { LETTERS } from './layout'

/** The colours of plots. They are written into the picture: a picture in a document knows nothing of the page's styles. */
export const INK = '#14262e'
export const SOFT = '#475a63'
export const GRID = '#d3dfe2'
export const LINE_STRONG = '#7c9097'
export const SEA = '#0c6272'
export const DEEP = '#0b3a4a'
export const PAPER = '#ffffff'
export const TRACK = '#edf6f6'

const FONT = "'Source Sans 3', 'Helvetica Neue', Arial, sans-serif"

/** The frame of a plot: one image with its words for who does not see it. */
export function Picture({
  width,
  height,
  label,
  children,
}: {
  width: number
  height: number
  label: string
  children: ReactNode
}): ReactElement<SVGProps<SVGSVGElement>> {
  return (
    <svg
      xmlns="http://www.w3.org/2000/svg"
      role="img"
      aria-label={label}
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      fontFamily={FONT}
      fontSize={LETTERS}
      fill={INK}
    >
      {children}
    </svg>
  )
}

/** How the bars of a point are filled: each differs from the others without its colour too. */
export const FILLS = 5

/** Declares the patterns under ids that begin with the given one. */
export function Patterns({ id }: { id: string }) {
  return (
    <defs>
      <pattern id={`${id}0`} width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <rect width="6" height="6" fill={PAPER} />
        <rect width="2" height="6" fill={LINE_STRONG} />
      </pattern>
      <pattern id={`${id}1`} width="6" height="6" patternUnits="userSpaceOnUse">
        <rect width="6" height="6" fill={SEA} />
      </pattern>
      <pattern id={`${id}2`} width="6" height="6" patternUnits="userSpaceOnUse">
        <rect width="6" height="6" fill={PAPER} />
        <circle cx="3" cy="3" r="1.6" fill={DEEP} />
      </pattern>
      <pattern id={`${id}3`} width="5" height="5" patternUnits="userSpaceOnUse">
        <rect width="5" height="5" fill={PAPER} />
        <rect width="5" height="2" fill={SEA} />
      </pattern>
      <pattern id={`${id}4`} width="6" height="6" patternUnits="userSpaceOnUse">
        <rect width="6" height="6" fill={PAPER} />
        <path d="M0 0 6 6M6 0 0 6" stroke={LINE_STRONG} strokeWidth="1" />
      </pattern>
    </defs>
  )
}

/** Whiskers: a line over an interval with a cap at each end. */
export function Whiskers({ from, to, y, cap = 5 }: { from: number; to: number; y: number; cap?: number }) {
  return (
    <path
      d={`M${from} ${y - cap}V${y + cap}M${from} ${y}H${to}M${to} ${y - cap}V${y + cap}`}
      stroke={INK}
      strokeWidth="2"
      fill="none"
    />
  )
}
