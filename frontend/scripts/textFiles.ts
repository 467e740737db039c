import { readdirSync, readFileSync } from 'node:fs'
import type { Plugin } from 'vite'

const LOCALES = new URL('../src/shared/i18n/locales/', import.meta.url)

/** Which file of a language a section of the texts (the first word of its keys) stands in. */
export function fileOfSection(language: string): Map<string, string> {
  const files = new Map<string, string>()
  for (const name of readdirSync(new URL(`${language}/`, LOCALES))) {
    const code = readFileSync(new URL(`${language}/${name}`, LOCALES), 'utf8')
    for (const [, section] of code.matchAll(/^export const (\w+)/gm)) {
      if (section) files.set(section, name.replace(/\.ts$/, ''))
    }
  }
  return files
}

/** The files with the texts that a piece of code names: a key, or the beginning of one, in quotation marks. */
export function textFilesOf(code: string): string[] {
  const used = new Set<string>()
  for (const [section, file] of fileOfSection('fi')) {
    if (new RegExp(`['"\`]${section}\\.[\\w$]`).test(code)) used.add(file)
  }
  return [...used].sort()
}

/**
 * Has every module say, when it is loaded, which files of texts it uses. So a page brings its own texts, and nobody
 * keeps a list of them that could be forgotten.
 */
export function textsWithModules(): Plugin {
  return {
    name: 'texts-with-modules',
    enforce: 'pre',
    transform: {
      filter: {
        id: {
          include: /\/src\/.*\.tsx?$/,
          exclude: [/\/node_modules\//, /\/src\/shared\/i18n\//, /\.test\./],
        },
      },
      handler(code) {
        const files = textFilesOf(code)
        if (files.length === 0) return null
        const named = files.map((file) => `'${file}'`).join(', ')
        // At the end, where it moves no line; imports are hoisted.
        return {
          code: `${code}\nimport { needTexts as textsOfThisModule } from '/src/shared/i18n/needed.ts'\ntextsOfThisModule(${named})\n`,
          map: null,
        }
      },
    },
  }
}
