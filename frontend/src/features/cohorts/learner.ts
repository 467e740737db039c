import type { Learner } from './api'

/** What of a learner's page the rules below look at. */
type Parts = Pick<Learner, 'completion'> & {
  modules: readonly (Pick<Learner['modules'][number], 'id' | 'title' | 'passed' | 'credit'> & {
    activities: readonly Pick<Learner['modules'][number]['activities'][number], 'id' | 'title' | 'word'>[]
  })[]
}

const numbered = (index: number, title: string) => `M${index + 1}. ${title}`

/** The modules that a credit would change something of: neither passed nor credited. */
export function creditable({ modules }: Parts): { id: string; title: string }[] {
  return modules.flatMap((module, index) =>
    module.passed || module.credit ? [] : [{ id: module.id, title: numbered(index, module.title) }],
  )
}

/** The contact days that can be made good, those first that the learner was marked away from; none once enough of them count. */
export function missedDays({ completion, modules }: Parts): { id: string; title: string }[] {
  if (completion.days >= completion.daysAsked) return []
  const days = modules.flatMap((module, index) =>
    module.activities.flatMap(({ id, title, word }) =>
      word === 'absent' || word === 'none'
        ? [{ missed: word === 'absent', day: { id, title: numbered(index, title) } }]
        : [],
    ),
  )
  return [...days.filter((one) => one.missed), ...days.filter((one) => !one.missed)].map((one) => one.day)
}
