/** The files of texts that the modules loaded so far use. */
export const needed = new Set<string>()

/** Called by every module that names texts: the build puts the call there (scripts/textFiles.ts). */
export function needTexts(...files: string[]): void {
  for (const file of files) needed.add(file)
}
