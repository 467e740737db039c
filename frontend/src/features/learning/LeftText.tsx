import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from 'suomifi-ui-components'
import { forgetLocally, keptLocally } from '../../shared/drafts/local'
import { api, unwrap } from '../../shared/http/client'
import { useMe } from '../../shared/session/me'

/** What its reader had begun to write for an activity that the course has no more: here, or on another device. */
export function LeftText({ course, activity }: { course: string; activity: string }) {
  const { t } = useTranslation()
  const { id } = useMe()
  const subject = `${course}.${activity}`
  const [here, setHere] = useState(() => keptLocally(id, subject))
  const there = useQuery({
    queryKey: ['left', subject],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/drafts/{subject}', { params: { path: { subject } }, signal })),
    retry: false,
  })
  const unsent = here !== undefined && !here.saved
  const text = (unsent ? here.text : there.data?.text) ?? here?.text ?? ''
  // The answers of a quiz say nothing without their questions, and wait for nothing.
  const answers = text.startsWith('{')
  useEffect(() => {
    if (answers) forgetLocally(id, subject)
  }, [answers, id, subject])
  if (text.trim() === '' || answers) return null
  return (
    <section className="card stack" aria-labelledby="left-text">
      <h2 id="left-text">{t('changes.leftText')}</h2>
      <p>{t('changes.leftTextHelp')}</p>
      <p className="submitted-text">{text}</p>
      {unsent && (
        <div>
          <Button
            variant="secondary"
            onClick={() => {
              forgetLocally(id, subject)
              setHere(undefined)
            }}
          >
            {t('changes.forgetText')}
          </Button>
        </div>
      )}
    </section>
  )
}
