import { type RefObject, useEffect, useRef } from 'react'

/**
 * Who adds a row writes in it next: the first field of the last row gets the focus once there is one more of them. `rows`
 * finds the rows in what `box` holds.
 */
export function useAdded<T extends HTMLElement>(
  count: number,
  rows: string,
): [RefObject<T | null>, () => void] {
  const box = useRef<T>(null)
  const asked = useRef<number>(undefined)
  useEffect(() => {
    if (asked.current === undefined || count <= asked.current) return
    asked.current = undefined
    const all = box.current?.querySelectorAll(rows)
    all?.[all.length - 1]?.querySelector<HTMLElement>('input:not([type=radio]), textarea')?.focus()
  }, [count, rows])
  return [box, () => (asked.current = count)]
}
