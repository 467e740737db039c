import { Fragment } from 'react'

const RANGE = /[+−]?\d[\d.,]*[–…][+−]?\d[\d.,]*(?:\s?%)?/g

/** A text in which 38–52 % never parts at the end of a line. */
export function Unbroken({ text }: { text: string }) {
  const ranges = [...text.matchAll(RANGE)]
  let from = 0
  return (
    <>
      {ranges.map((range) => {
        const before = text.slice(from, range.index)
        from = range.index + range[0].length
        return (
          <Fragment key={range.index}>
            {before}
            <span className="nowrap">{range[0]}</span>
          </Fragment>
        )
      })}
      {text.slice(from)}
    </>
  )
}
