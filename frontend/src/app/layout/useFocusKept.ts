import { useEffect } from 'react'

/**
 * When what had the focus goes away (a form that closes, a line that is removed), the focus goes to the nearest
 * heading, and not to the top of the page, where a keyboard or a screen reader would have to start again.
 */
export function useFocusKept(): void {
  useEffect(() => {
    let path: Element[] = []

    const remember = ({ target }: FocusEvent) => {
      path = []
      for (let at = target instanceof Element ? target : null; at; at = at.parentElement) path.push(at)
    }
    const leave = ({ target }: FocusEvent) => {
      // Asked after the change that caused it: who clicked on nothing has let go, whose element is gone has not.
      queueMicrotask(() => {
        if (target instanceof Element && target.isConnected && nothingHasFocus()) path = []
      })
    }
    const changes = new MutationObserver(() => {
      if (path[0] === undefined || path[0].isConnected || !nothingHasFocus()) return
      for (let near = path.find((one) => one.isConnected); near; near = near.parentElement ?? undefined) {
        const heading = near.querySelector<HTMLElement>('h1, h2, h3')
        if (heading === null) continue
        focusOnce(heading)
        return
      }
    })

    document.addEventListener('focusin', remember)
    document.addEventListener('focusout', leave)
    changes.observe(document.body, { childList: true, subtree: true })
    return () => {
      document.removeEventListener('focusin', remember)
      document.removeEventListener('focusout', leave)
      changes.disconnect()
    }
  }, [])
}

function nothingHasFocus(): boolean {
  return document.activeElement === null || document.activeElement === document.body
}

/** A heading can have the focus, but is not one of the stops of the Tab key. */
function focusOnce(heading: HTMLElement): void {
  if (!heading.hasAttribute('tabindex')) {
    heading.tabIndex = -1
    heading.addEventListener('blur', () => heading.removeAttribute('tabindex'), { once: true })
  }
  heading.focus({ preventScroll: true })
}
