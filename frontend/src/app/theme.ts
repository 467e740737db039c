import { defaultSuomifiTheme, type PartialSuomifiTheme } from 'suomifi-ui-components'

const ring =
  "content: ''; position: absolute; pointer-events: none; inset: -5px; border-radius: 9px; border: 3px solid var(--focus); box-sizing: border-box; z-index: 9999;"

/** Luotsi's colours in suomifi's components: flat, a little rounder, and one focus ring for everything. */
export const theme: PartialSuomifiTheme = {
  colors: {
    ...defaultSuomifiTheme.colors,
    brandBase: 'var(--deep)',
    highlightBase: 'var(--sea)',
    highlightDark1: 'var(--sea-dark)',
    highlightLight1: 'var(--sea-bright)',
    highlightLight2: 'var(--foam-1)',
    highlightLight3: 'var(--foam-2)',
    highlightLight4: 'var(--foam-3)',
    depthDark1: 'var(--ink-soft)',
    depthDark2: 'var(--ink-soft)',
    depthDark3: 'var(--line-strong)',
    depthLight1: 'var(--line)',
    depthSecondary: 'var(--foam-2)',
    depthSecondaryDark1: 'var(--foam-1)',
    accentSecondary: 'var(--focus)',
    alertBase: 'var(--bad)',
    successBase: 'var(--good)',
  },
  gradients: {
    highlightBaseToHighlightDark1: 'var(--sea)',
    highlightLight1ToHighlightBase: 'var(--sea-dark)',
    depthLight1ToDepthBase: 'var(--line-strong)',
    whiteBaseToDepthLight2: 'var(--foam-2)',
    whiteBaseToDepthLight1: 'var(--foam-1)',
    depthSecondaryToDepthSecondaryDark1: 'var(--foam-1)',
    highlightLight4ToDepthSecondary: 'var(--foam-2)',
    depthLight3ToDepthLight2: 'var(--foam-1)',
  },
  shadows: { invertTextShadow: 'none', actionElementBoxShadow: 'none' },
  radiuses: { basic: '6px' },
  focuses: {
    absoluteFocus: ring,
    boxShadowFocus:
      'border-radius: 6px; outline: 3px solid var(--focus); outline-offset: 2px; box-shadow: none;',
  },
}
