import { useEffect } from 'react'

/**
 * A form that is sent with something missing takes the person to the first field that is wrong: on a phone it may be
 * far above the button, and nothing would seem to happen.
 */
export function useFirstWrong(): void {
  useEffect(() => {
    const sent = ({ target }: SubmitEvent) => {
      if (!(target instanceof HTMLFormElement)) return
      // The form marks its fields while it handles the event; they are drawn after it.
      requestAnimationFrame(() => target.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus())
    }
    document.addEventListener('submit', sent)
    return () => document.removeEventListener('submit', sent)
  }, [])
}
