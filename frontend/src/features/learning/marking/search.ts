import type { Whose } from '../../../shared/ui/whose'

/** How the queue is narrowed. Who chose nothing sees their own small groups, when they have any. */
export type QueueSearch = {
  cohort?: string | undefined
  module?: string | undefined
  whose?: Whose | undefined
}
