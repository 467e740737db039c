import { TriedText } from './TriedText'
import type { Written } from './writings'

/** A shared text: a reflection, or what was tried at work. */
export function WrittenText({ written }: { written: Written }) {
  return (
    <>
      {written.text && <p className="submitted-text">{written.text}</p>}
      {written.tries.map((one) => (
        <TriedText key={one.try.id} one={one} others />
      ))}
    </>
  )
}
