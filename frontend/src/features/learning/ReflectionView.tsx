import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from 'suomifi-ui-components'
import { shortMoment } from '../../shared/dates/dates'
import { useDraft } from '../../shared/drafts/useDraft'
import { useFieldStatus } from '../../shared/http/useProblemText'
import { useLanguage } from '../../shared/i18n/i18n'
import { Prose } from '../../shared/ui/Prose'
import type { Activity, ActivityViewProps } from './api'
import { DraftedText, LONGEST, wrongText } from './DraftedText'
import { FormEnd } from './FormEnd'
import { GoOn } from './GoOn'
import { SavedNotice } from './SavedNotice'
import { PrivacyField, ShareField } from './ShareField'
import { momentOf, useStep } from './writings'

type Reflection = NonNullable<Activity['reflection']>

/** A reflection: written for oneself; its writer says who else may know of it. */
export function ReflectionView({ activity, reload }: ActivityViewProps) {
  return (
    activity.reflection && <Reflecting activity={activity} reflection={activity.reflection} reload={reload} />
  )
}

function Reflecting({ activity, reflection, reload }: ActivityViewProps & { reflection: Reflection }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const [writing, setWriting] = useState(reflection.at === undefined || activity.draft.text !== '')
  const [isNew, setIsNew] = useState(false)
  return (
    <>
      <Prose html={activity.html} language={activity.language} />
      {writing ? (
        <ReflectionForm
          activity={activity}
          reflection={reflection}
          reload={reload}
          onKept={() =>
            reload().finally(() => {
              setWriting(false)
              setIsNew(true)
            })
          }
        />
      ) : (
        <>
          <section className="stack" aria-labelledby="your-reflection">
            <h2 id="your-reflection">{t('sharing.yourText')}</h2>
            {reflection.at && (
              <SavedNotice
                isNew={isNew}
                title={t('sharing.keptAt', { at: shortMoment(reflection.at, language) })}
              />
            )}
            <p className="card submitted-text">{reflection.text}</p>
            <div className="row">
              <GoOn activity={activity} />
              <Button variant="secondary" onClick={() => setWriting(true)}>
                {t('sharing.write')}
              </Button>
            </div>
          </section>
          <ShareField
            course={activity.course}
            activity={activity.id}
            sharing={reflection.sharing}
            reload={reload}
          />
        </>
      )}
    </>
  )
}

function ReflectionForm({
  activity,
  reflection,
  reload,
  onKept,
}: {
  activity: Activity
  reflection: Reflection
  reload: () => Promise<unknown>
  onKept: () => unknown
}) {
  const { t } = useTranslation()
  const [privacy, setPrivacy] = useState(reflection.sharing.privacy)
  const { state, keeper } = useDraft(`${activity.course}.${activity.id}`, activity.draft, {
    over: momentOf(reflection.at),
  })
  useEffect(() => {
    if (keeper.read().text === '' && reflection.text !== '') keeper.type(reflection.text)
  }, [keeper, reflection.text])
  const step = useStep(
    { course: activity.course, activity: activity.id },
    () => {
      keeper.submitted()
      return onKept()
    },
    (problem) => {
      keeper.release()
      if (problem.code === 'closed_since') void reload()
    },
    () => keeper.submitted(),
  )
  const status = wrongText(useFieldStatus(step.problem)('text'))
  const [asked, setAsked] = useState(false)
  const conflict = state.status.kind === 'conflict'

  async function keep() {
    setAsked(true)
    const length = state.text.trim().length
    if (length === 0 || length > LONGEST || conflict) return
    await keeper.hold()
    const { text, status: held } = keeper.read()
    if (held.kind === 'conflict') keeper.release()
    else
      step.start({
        kind: 'reflection',
        text: text.trim(),
        privacy,
        saw: reflection.sharing.privacy,
        over: keeper.over,
      })
  }

  return (
    <form
      className="stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        void keep()
      }}
    >
      <DraftedText
        label={t('sharing.yourText')}
        hint={t('sharing.hint')}
        wrong={asked && state.text.trim() === '' ? t('tries.fill') : status}
        state={state}
        keeper={keeper}
      />
      <PrivacyField offered={reflection.sharing.offered} privacy={privacy} onPrivacy={setPrivacy} />
      <FormEnd course={activity.course} write={step} draft={state}>
        <Button type="submit" aria-disabled={step.busy || conflict}>
          {t('sharing.keep')}
        </Button>
      </FormEnd>
    </form>
  )
}
