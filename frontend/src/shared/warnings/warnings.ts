/**
 * Things in a free text that probably should not be there: codes of diagnoses and telephone numbers. The server finds the
 * same ones (scheduling/warning.go); both are held to the cases of scheduling/testdata/warnings.json.
 */

export type Warning = { kind: 'diagnosis' | 'phone'; text: string }

const DIAGNOSIS = /[A-Z]\d{2}(?:[.,]\d{1,3})?|[a-z]\d{2}[.,]\d{1,3}/g
const PHONE = /(?:\+|\(\+?)?\d[\d \u00a0()/-]{5,24}\d/g
const DATE = /^\d{1,2}[-/]\d{1,2}[-/]\d{4}$/
const BUSINESS = /^\d{7}-\d$/

// The three-character categories that ICD-10 has: B12 is a vitamin, and K18 an age limit.
const BLOCKS =
  `A00-A09 A15-A28 A30-A46 A48-A60 A63-A71 A74-A75 A77-A99 B00-B09 B15-B27 B30 B33-B60 B64-B83 B85-B92 B94-B99 C00-C97 D00-D48
D50-D89 E00-E07 E10-E16 E20-E35 E40-E46 E50-E68 E70-E90 F00-F99 G00-G14 G20-G26 G30-G32 G35-G37 G40-G47 G50-G64 G70-G73 G80-G83 G90-G99 H00-H62
H65-H75 H80-H83 H90-H95 I00-I02 I05-I15 I20-I52 I60-I89 I95-I99 J00-J06 J09-J22 J30-J47 J60-J70 J80-J86 J90-J99 K00-K14 K20-K31 K35-K38 K40-K46
K50-K52 K55-K67 K70-K77 K80-K93 L00-L08 L10-L14 L20-L30 L40-L45 L50-L60 L62-L75 L80-L99 M00-M25 M30-M36 M40-M54 M60-M73 M75-M77 M79-M96 M99
N00-N08 N10-N23 N25-N51 N60-N64 N70-N77 N80-N99 O00-O08 O10-O16 O20-O48 O60-O75 O80-O99 P00-P61 P70-P83 P90-P96 Q00-Q07 Q10-Q18 Q20-Q45 Q50-Q56
Q60-Q99 R00-R23 R25-R36 R39-R64 R68-R87 R89-R99 S00-S99 T00-T98 U04 U07-U10 V01-V99 W00-W99 X00-X99 Y00-Y36 Y40-Y98 Z00-Z13 Z20-Z65 Z70-Z99`
    .split(/\s+/)
    .map((block) => {
      const [from = '', to = from] = block.split('-')
      return { letter: from[0], from: Number(from.slice(1)), to: Number(to.slice(1)) }
    })

function isCategory(code: string): boolean {
  const letter = code[0]?.toUpperCase()
  const number = Number(code.slice(1, 3))
  return BLOCKS.some((block) => block.letter === letter && block.from <= number && number <= block.to)
}

/** What stands in a text that should be looked at once more, in its order, each once. */
export function warningsIn(text: string): Warning[] {
  const found: (Warning & { at: number })[] = []
  const add = (at: number, kind: Warning['kind'], part: string) => {
    if (!found.some((one) => one.kind === kind && one.text === part)) found.push({ at, kind, text: part })
  }
  for (const match of text.matchAll(DIAGNOSIS)) {
    const code = match[0]
    if (standsAlone(text, match.index, match.index + code.length) && isCategory(code)) {
      add(match.index, 'diagnosis', code)
    }
  }
  PHONE.lastIndex = 0
  for (let match = PHONE.exec(text); match; match = PHONE.exec(text)) {
    const end = longestPhone(text, match.index, PHONE.lastIndex)
    if (end > 0) {
      add(match.index, 'phone', text.slice(match.index, end))
      PHONE.lastIndex = end
    } else {
      // A number may follow another one.
      const space = match[0].search(/[ \u00a0]/)
      if (space >= 0) PHONE.lastIndex = match.index + space + 1
    }
  }
  return found.sort((a, b) => a.at - b.at).map(({ kind, text: part }) => ({ kind, text: part }))
}

/** Where a number ends that begins at start; what follows after a space may be another one. 0 when there is none. */
function longestPhone(text: string, start: number, latest: number): number {
  for (let end = latest; end > start; ) {
    const part = text.slice(start, end)
    if (standsAlone(text, start, end) && isPhone(part)) return end
    end = start + Math.max(0, part.lastIndexOf(' '), part.lastIndexOf('\u00a0'))
  }
  return 0
}

/** No part of a longer word or number: "1.F32", "AB12", "2026-01-05". */
function standsAlone(text: string, start: number, end: number): boolean {
  if (/[\p{L}\p{Nd}_\-–.,/+@]$/u.test(text.slice(Math.max(0, start - 2), start))) return false
  // A point or a comma ends a sentence, unless more of a number follows.
  return !/^(?:[\p{L}\p{Nd}_]|[.,/:]\p{Nd})/u.test(text.slice(end, end + 4))
}

function isPhone(part: string): boolean {
  if (DATE.test(part) || BUSINESS.test(part) || part.includes('  ') || !/\d$/.test(part)) return false
  const digits = part.replace(/\D/g, '')
  const count = digits.length
  if (count < 7) return false
  if (part.includes('+')) return count >= 8 && count <= 15 && !digits.startsWith('0')
  if (/^(?:00358|0046|00372)/.test(digits)) return count >= 10 && count <= 16
  if (digits.startsWith('358')) return count >= 10 && count <= 13
  return /^0[1-9]/.test(digits) && count <= 11
}
