import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button, Textarea, TextInput } from 'suomifi-ui-components'
import { Dialog } from '../../shared/ui/Dialog'
import { WriteNotice } from '../../shared/ui/WriteNotice'
import type { Cohort } from './api'
import { type RosterRow, useSendMessage } from './rosterApi'

const FIRST_NAMES = 12

/** Words to those who were chosen: written, looked at as they will come, and only then sent. */
export function MessageDialog({
  cohort,
  people,
  onClose,
  onDone,
}: {
  cohort: Pick<Cohort, 'id' | 'name'>
  people: readonly RosterRow[]
  onClose: () => void
  onDone: () => void
}) {
  const { t } = useTranslation()
  const [subject, setSubject] = useState('')
  const [text, setText] = useState('')
  const [asked, setAsked] = useState(false)
  const [looking, setLooking] = useState(false)
  const send = useSendMessage(cohort.id, onDone)
  const required = (value: string) =>
    asked && value.trim() === ''
      ? ({ status: 'error', statusText: t('fieldProblems.required') } as const)
      : {}
  const look = () => {
    setAsked(true)
    if (subject.trim() !== '' && text.trim() !== '') setLooking(true)
  }
  const count = people.length
  const more = count - FIRST_NAMES
  return (
    <Dialog
      title={looking ? t('roster.preview') : t('roster.messageTo', { count })}
      onClose={onClose}
      actions={
        looking ? (
          <>
            <Button
              aria-disabled={send.busy}
              onClick={() =>
                send.start({
                  people: people.map((row) => row.person),
                  subject: subject.trim(),
                  text: text.trim(),
                })
              }
            >
              {t('roster.send', { count })}
            </Button>
            <Button variant="secondary" onClick={() => setLooking(false)}>
              {t('roster.edit')}
            </Button>
          </>
        ) : (
          <>
            <Button onClick={look}>{t('roster.look')}</Button>
            <Button variant="secondary" onClick={onClose}>
              {t('common.cancel')}
            </Button>
          </>
        )
      }
    >
      {looking ? (
        <div className="stack">
          <dl className="facts">
            <dt>{t('roster.to')}</dt>
            <dd>
              {people
                .slice(0, FIRST_NAMES)
                .map((row) => row.name)
                .join(', ')}
              {more > 0 && ` ${t('roster.andMore', { count: more })}`}
            </dd>
            <dt>{t('roster.subject')}</dt>
            <dd>{subject.trim()}</dd>
          </dl>
          <p className="roster-letter">{text.trim()}</p>
          <p className="quiet">{t('roster.eachOwn')}</p>
        </div>
      ) : (
        <div className="form">
          <TextInput
            labelText={t('roster.subject')}
            fullWidth
            value={subject}
            onChange={(value) => setSubject(String(value ?? ''))}
            {...required(subject)}
          />
          <Textarea
            labelText={t('roster.text')}
            fullWidth
            value={text}
            onChange={(event) => setText(event.target.value)}
            {...required(text)}
          />
        </div>
      )}
      <WriteNotice write={send} />
    </Dialog>
  )
}
