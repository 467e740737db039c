import type { ReactNode } from 'react'
import type { DraftState } from '../../shared/drafts/keeper'
import type { Write } from '../../shared/http/useWrite'
import { WriteNotice } from '../../shared/ui/WriteNotice'
import { draftGone, GoneNotice, isGone } from './GoneNotice'

/**
 * The end of a form of an activity: what became of its write, and its button. When the course was published without the activity
 * meanwhile, that is said instead, with the way on; what was written stays in its fields.
 */
export function FormEnd({
  course,
  write,
  draft,
  children,
}: {
  course: string
  write: Pick<Write<never, unknown>, 'waiting' | 'problem'>
  draft?: DraftState
  children: ReactNode
}) {
  const gone = isGone(write.problem) ? write.problem : draft && draftGone(draft)
  if (gone) return <GoneNotice course={course} problem={gone} />
  return (
    <>
      <WriteNotice write={write} />
      <div>{children}</div>
    </>
  )
}
