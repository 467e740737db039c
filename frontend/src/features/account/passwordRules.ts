export const SHORTEST = 15

/** Length as people see it: an emoji or an ä is one character. */
export function longEnough(password: string): boolean {
  return [...password.normalize('NFC')].length >= SHORTEST
}
