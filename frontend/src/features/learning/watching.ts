import { isLanguage, type Language } from '../../shared/i18n/languages'

export const SPEEDS: readonly number[] = [0.75, 1, 1.25, 1.5, 1.75, 2]

/** How somebody likes to watch, kept in this browser for all videos. */
export type Watching = { speed: number; captions: Language | 'off' | 'own'; volume: number; muted: boolean }

const KEPT = 'luotsi:watching'
/** Captions in the reader's own language: what is not heard in a noisy place is read. */
const USUAL: Watching = { speed: 1, captions: 'own', volume: 1, muted: false }

export function keptWatching(): Watching {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEPT) ?? 'null')
    if (typeof kept !== 'object' || kept === null) return USUAL
    const { speed, captions, volume, muted } = kept as Partial<Record<keyof Watching, unknown>>
    return {
      speed: SPEEDS.find((one) => one === speed) ?? USUAL.speed,
      captions: captions === 'off' || isLanguage(captions) ? captions : USUAL.captions,
      volume: typeof volume === 'number' && volume >= 0 && volume <= 1 ? volume : USUAL.volume,
      muted: muted === true,
    }
  } catch {
    return USUAL
  }
}

export function keepWatching(watching: Watching): void {
  try {
    localStorage.setItem(KEPT, JSON.stringify(watching))
  } catch {
    // Storage full or forbidden: it holds for this page.
  }
}
