let shownAddress: string | undefined

/**
 * Whether a person has come here from another page of Luotsi. The first page of a visit leaves the focus to the
 * browser, so that a screen reader starts from the top; drawing the same page again moves nothing.
 */
export function pageHasChanged(): boolean {
  const address = window.location.pathname
  const changed = shownAddress !== undefined && shownAddress !== address
  shownAddress = address
  return changed
}
