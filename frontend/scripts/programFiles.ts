import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { type Plugin, transformWithOxc } from 'vite'
import { textFilesOf } from './textFiles.ts'

/** The pages that are there without a network, by where their modules lie. */
const KEPT = [
  /\/src\/features\/(learning|unsent)\//,
  /\/src\/shared\/offline\//,
  /\/src\/app\/layout\//,
  /\/src\/features\/account\/SignInPage/,
]
/** Letters of the languages that Luotsi speaks. */
const OTHER_LETTERS = /cyrillic|greek|vietnamese/

const WORKER = new URL('../worker/worker.ts', import.meta.url)

type Chunk = {
  type: 'chunk'
  fileName: string
  code: string
  imports: string[]
  facadeModuleId: string | null
  isEntry: boolean
  viteMetadata?: { importedCss: Set<string>; importedAssets: Set<string> }
}

/**
 * Writes worker.js with the list of the files that a learner needs: the page's start, the learning pages and what they
 * import, with their texts in every language.
 */
export function programFiles(): Plugin {
  return {
    name: 'program-files',
    apply: 'build',
    enforce: 'post',
    async generateBundle(_, bundle) {
      const chunks = Object.values(bundle).filter((one) => one.type === 'chunk') as unknown as Chunk[]
      const byName = new Map(chunks.map((chunk) => [chunk.fileName, chunk]))
      const files = new Set<string>()
      const follow = (chunk: Chunk | undefined) => {
        if (chunk === undefined || files.has(chunk.fileName)) return
        files.add(chunk.fileName)
        for (const css of chunk.viteMetadata?.importedCss ?? []) files.add(css)
        for (const asset of chunk.viteMetadata?.importedAssets ?? []) files.add(asset)
        for (const imported of chunk.imports) follow(byName.get(imported))
        for (const used of textFilesOf(chunk.code)) {
          for (const texts of chunks) {
            if (new RegExp(`/locales/\\w+/${used}\\.ts$`).test(texts.facadeModuleId ?? '')) follow(texts)
          }
        }
      }
      for (const chunk of chunks) {
        if (chunk.isEntry || KEPT.some((one) => one.test(chunk.facadeModuleId ?? ''))) follow(chunk)
      }
      // Fonts are named by the styles alone.
      for (const name of Object.keys(bundle)) {
        if (name.endsWith('.woff2') && !OTHER_LETTERS.test(name)) files.add(name)
      }
      const list = [...files, 'luotsi.svg'].map((name) => `/${name}`).sort()
      const worker = readFileSync(WORKER, 'utf8')
      const version = createHash('sha256').update(worker).update(list.join('\n')).digest('hex').slice(0, 16)
      const { code } = await transformWithOxc(worker, 'worker.ts')
      this.emitFile({
        type: 'asset',
        fileName: 'worker.js',
        source: `const VERSION = ${JSON.stringify(version)}\nconst FILES = ${JSON.stringify(list)}\n${code.replace(/^export \{\};?$/m, '')}`,
      })
    },
  }
}
