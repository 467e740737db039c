/** What a trainer with a small group looks at: their own learners, or everybody's. */
export type Whose = 'mine' | 'all'

export const whoseOf = (value: unknown): Whose | undefined =>
  value === 'mine' || value === 'all' ? value : undefined
