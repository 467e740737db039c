/**
 * Checks the texts: every key in all three languages with the same placeholders, none empty, none asked for that is
 * not there, none there that nothing asks for; and every section in the file of the same name in each language, for
 * pages fetch these files by their names.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import en from '../src/shared/i18n/locales/en'
import fi from '../src/shared/i18n/locales/fi'
import sv from '../src/shared/i18n/locales/sv'
import { fileOfSection } from './textFiles'

const PLURAL = /_(zero|one|two|few|many|other)$/

function flatten(texts: object, prefix = '', into = new Map<string, string>()): Map<string, string> {
  for (const [name, value] of Object.entries(texts)) {
    const key = prefix === '' ? name : `${prefix}.${name}`
    if (typeof value === 'string') into.set(key, value)
    else flatten(value as object, key, into)
  }
  return into
}

function placeholders(text: string): string {
  return [...new Set(text.match(/\{\{\w+\}\}/g) ?? [])].sort().join(' ')
}

function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    if (entry.isDirectory())
      return entry.name === 'locales' || entry.name === 'generated' ? [] : sources(path)
    return /\.tsx?$/.test(entry.name) && !entry.name.includes('.test.') ? [readFileSync(path, 'utf8')] : []
  })
}

const mistakes: string[] = []
const languages = { fi: flatten(fi), sv: flatten(sv), en: flatten(en) }

for (const [language, texts] of Object.entries(languages)) {
  for (const [key, text] of texts) {
    if (text.trim() === '') mistakes.push(`${language}: ${key} is empty`)
    const finnish = languages.fi.get(key)
    if (finnish === undefined) mistakes.push(`${language}: ${key} is not in fi`)
    else if (!PLURAL.test(key) && placeholders(finnish) !== placeholders(text)) {
      mistakes.push(`${language}: ${key} has other placeholders than fi`)
    }
  }
  for (const key of languages.fi.keys()) if (!texts.has(key)) mistakes.push(`${language}: ${key} is missing`)
}

for (const [language, texts] of Object.entries({ fi, sv, en })) {
  const files = fileOfSection(language)
  for (const section of Object.keys(texts)) {
    const file = files.get(section)
    if (file === undefined) mistakes.push(`${language}: no file has a line "export const ${section} ="`)
    else if (file !== fileOfSection('fi').get(section))
      mistakes.push(`${language}: ${section} stands in ${file}, in fi in another file`)
  }
}

const code = sources('src').join('\n')
const asked = new Set<string>()
const prefixes = new Set<string>()
for (const match of code.matchAll(/['"]([a-zA-Z]+(?:\.[a-zA-Z_]+)+)['"]/g)) if (match[1]) asked.add(match[1])
for (const match of code.matchAll(/`([a-zA-Z]+(?:\.[a-zA-Z_]+)*\.)\$\{/g))
  if (match[1]) prefixes.add(match[1])

const known = new Set([...languages.fi.keys()].map((key) => key.replace(PLURAL, '')))
for (const match of code.matchAll(/\bt\(\s*['"]([^'"]+)['"]/g)) {
  if (match[1] && !known.has(match[1])) mistakes.push(`${match[1]} is asked for and does not exist`)
}
for (const key of known) {
  const used = asked.has(key) || [...prefixes].some((prefix) => key.startsWith(prefix))
  if (!used) mistakes.push(`${key} is never asked for`)
}

for (const mistake of mistakes) console.error(mistake)
console.log(`Texts: ${languages.fi.size} in each of three languages, ${mistakes.length} mistakes`)
if (mistakes.length > 0) process.exit(1)
