import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { asProblem } from '../../../shared/http/problem'
import { Loaded } from '../../../shared/ui/states'
import { caseQuery } from './api'
import { MeetingSection } from './MeetingSection'
import { QuestionSection } from './QuestionSection'
import './cases.css'

type Props = { id: string; appointment: string; ready?: boolean }

/**
 * What is written about an appointment's case: the question, and what the meeting came to. For the appointment's page and for
 * lists; whoever keeps the calendar without taking part sees nothing of it.
 */
export function CaseSection({ id, appointment, ready }: Props) {
  const { t } = useTranslation()
  const query = useQuery({
    ...caseQuery(id),
    retry: (count, error) => asProblem(error).temporary && count < 3,
  })
  if (query.isError && asProblem(query.error).status === 404) return null
  return (
    <Loaded query={query}>
      {(file) => {
        const meeting = file.meetings.find((one) => one.appointment === appointment)
        return (
          <div className="stack-wide">
            <QuestionSection file={file} />
            {meeting && <MeetingSection file={file} meeting={meeting} {...(ready && { ready })} />}
            {file.carries && (
              <p>
                <Link to="/cases/$case" params={{ case: id }}>
                  {t('cases.openCase', { reference: file.reference })}
                </Link>
              </p>
            )}
          </div>
        )
      }}
    </Loaded>
  )
}
