import { useQuery } from '@tanstack/react-query'
import { caseQuery } from './api'
import { QuestionLines } from './QuestionCard'

/** The question of an appointment's case in a list: two lines, and the rest by a tap. Nothing while there is none to read. */
export function CaseQuestion({ id }: { id: string }) {
  const { data } = useQuery({ ...caseQuery(id), retry: false })
  return data?.question ? <QuestionLines question={data.question} /> : null
}
