import { Prose } from '../../shared/ui/Prose'
import type { ActivityViewProps } from './api'

/** An activity that is only read here, because what it asks for happens elsewhere. */
export function PlainView({ activity }: ActivityViewProps) {
  return <Prose html={activity.html} language={activity.language} />
}
