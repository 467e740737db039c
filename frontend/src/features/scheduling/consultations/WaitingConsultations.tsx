import { useQuery } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from 'suomifi-ui-components'
import { Loaded } from '../../../shared/ui/states'
import { useKindName } from '../cases/names'
import { type ConsultationInList, consultationQuery, consultationsQuery } from './api'
import { ConsultationState } from './ConsultationLine'
import { Thread } from './Thread'
import './consultations.css'

/** What waits for a doctor in writing: what, by when, and the answer in place. For the doctor's first page too. */
export function WaitingConsultations({ whenNone = true }: { whenNone?: boolean }) {
  const { t } = useTranslation()
  const query = useQuery(consultationsQuery())
  // One that was answered here stays until the page is left, so that nothing jumps away under the reader.
  const [opened, setOpened] = useState<string[]>([])
  const shown = (all: ConsultationInList[]) =>
    all.filter((one) => one.status === 'waiting' || opened.includes(one.id))
  const waiting = query.data?.toAnswer.filter((one) => one.status === 'waiting').length ?? 0
  if (!whenNone && query.data && shown(query.data.toAnswer).length === 0) return null
  return (
    <section className="stack" aria-labelledby="to-answer">
      <h2 id="to-answer">
        {waiting === 0 ? t('consultations.toAnswerNone') : t('consultations.toAnswer', { count: waiting })}
      </h2>
      <Loaded query={query}>
        {({ toAnswer }) =>
          shown(toAnswer).length === 0 ? (
            <p className="card">{t('consultations.noneToAnswer')}</p>
          ) : (
            <ul className="plain-list stack-small">
              {shown(toAnswer).map((one) => (
                <Waiting
                  key={one.id}
                  consultation={one}
                  onOpen={() => setOpened((before) => [...before, one.id])}
                />
              ))}
            </ul>
          )
        }
      </Loaded>
    </section>
  )
}

function Waiting({ consultation, onOpen }: { consultation: ConsultationInList; onOpen: () => void }) {
  const { t } = useTranslation()
  const kindName = useKindName()
  const [open, setOpen] = useState(false)
  const id = useId()
  return (
    <li className={consultation.overdue ? 'consultation consultation-late' : 'consultation'}>
      <span className="consultation-what">
        <strong>{consultation.kinds.map(kindName).join(', ')}</strong>
        <span className="quiet">
          {consultation.askedBy} ·{' '}
          <span className="nowrap">
            {t('scheduling.reference')} {consultation.reference}
          </span>
        </span>
      </span>
      <ConsultationState consultation={consultation} />
      <Button
        variant={open ? 'secondary' : 'default'}
        aria-expanded={open}
        aria-controls={id}
        onClick={() => {
          setOpen(!open)
          onOpen()
        }}
      >
        {t(open ? 'consultations.fold' : 'consultations.readAndAnswer')}
      </Button>
      <div id={id} className="consultation-open" hidden={!open}>
        {open && <InPlace consultation={consultation.id} />}
      </div>
    </li>
  )
}

function InPlace({ consultation }: { consultation: string }) {
  const query = useQuery(consultationQuery(consultation))
  return <Loaded query={query}>{(data) => <Thread consultation={data} />}</Loaded>
}
