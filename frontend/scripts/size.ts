/**
 * Adds up what a trainee's browser must load before a lesson can be read, and fails when it is more than the budget.
 * It follows the build's manifest from the page's own script to the lesson page, with the Finnish texts that these name
 * or ask for ahead.
 */
import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { textFilesOf } from './textFiles'

const BUDGET = 192_000
const LOADED = ['index.html', 'src/features/learning/ActivityPage.tsx']

type Chunk = { file: string; imports?: string[] }

const manifest = JSON.parse(readFileSync('dist/.vite/manifest.json', 'utf8')) as Record<string, Chunk>
const files = new Set<string>()

function follow(name: string): void {
  const chunk = manifest[name]
  if (chunk === undefined) throw new Error(`the build has no ${name}`)
  if (files.has(chunk.file)) return
  files.add(chunk.file)
  for (const imported of chunk.imports ?? []) follow(imported)
}

const texts = (name: string) => `src/shared/i18n/locales/fi/${name}.ts`

for (const name of LOADED) follow(name)
for (const [, ahead] of readFileSync('src/main.tsx', 'utf8').matchAll(/\bneedTexts\('(\w+)'\)/g)) {
  follow(texts(ahead ?? ''))
}
for (const file of [...files])
  for (const used of textFilesOf(readFileSync(`dist/${file}`, 'utf8'))) follow(texts(used))

let total = 0
for (const file of files) total += gzipSync(readFileSync(`dist/${file}`), { level: 9 }).length

const kilobytes = (bytes: number) => `${(bytes / 1000).toFixed(1)} kB`
console.log(
  `JavaScript before a lesson: ${kilobytes(total)} gzipped in ${files.size} files (budget ${kilobytes(BUDGET)})`,
)
if (total > BUDGET) process.exit(1)
