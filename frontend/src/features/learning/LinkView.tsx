import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from 'suomifi-ui-components'
import { shortDay } from '../../shared/dates/dates'
import { useFieldStatus } from '../../shared/http/useProblemText'
import { useLanguage } from '../../shared/i18n/i18n'
import { DayField } from '../../shared/ui/DayField'
import { Prose } from '../../shared/ui/Prose'
import { Notice } from '../../shared/ui/states'
import { type Activity, type ActivityViewProps, useDoneElsewhere } from './api'
import { FormEnd } from './FormEnd'
import { GoOn } from './GoOn'

type Elsewhere = NonNullable<Activity['elsewhere']>

/** Something that is done in another service: the way there, and the day on which it was done. */
export function LinkView({ activity, reload }: ActivityViewProps) {
  return activity.elsewhere && <Away activity={activity} elsewhere={activity.elsewhere} reload={reload} />
}

function Away({ activity, elsewhere, reload }: ActivityViewProps & { elsewhere: Elsewhere }) {
  const { t } = useTranslation()
  const language = useLanguage()
  return (
    <>
      <Prose html={activity.html} language={activity.language} />
      <div className="stack">
        <p>
          <a
            href={elsewhere.address}
            target="_blank"
            rel="noopener noreferrer"
            className="button-link button-link-light"
          >
            {t('elsewhere.open', { host: new URL(elsewhere.address).hostname })}
          </a>
        </p>
        <p className="quiet">{t('elsewhere.nothingSent')}</p>
      </div>
      {activity.done ? (
        <div className="stack">
          <Notice
            kind="good"
            title={
              elsewhere.on
                ? t('elsewhere.doneOn', { day: shortDay(elsewhere.on, language) })
                : t('learning.done')
            }
          />
          <div>
            <GoOn activity={activity} />
          </div>
        </div>
      ) : (
        activity.requires !== 'view' && <DoneForm activity={activity} reload={reload} />
      )}
    </>
  )
}

function DoneForm({ activity, reload }: ActivityViewProps) {
  const { t } = useTranslation()
  const [day, setDay] = useState<string>()
  const [asked, setAsked] = useState(false)
  const done = useDoneElsewhere({ course: activity.course, activity: activity.id }, reload)
  const status = useFieldStatus(done.problem)('on')
  return (
    <form
      className="stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        setAsked(true)
        if (day !== undefined) done.start(day)
      }}
    >
      <DayField
        label={t('elsewhere.day')}
        day={day}
        onDay={setDay}
        {...(asked && day === undefined
          ? { wrong: t('fieldProblems.required') }
          : done.problem?.fields.some((field) => field.code === 'future')
            ? { wrong: t('elsewhere.future') }
            : status.status === 'error' && { wrong: status.statusText })}
      />
      <FormEnd course={activity.course} write={done}>
        <Button type="submit" aria-disabled={done.busy}>
          {t('elsewhere.markDone')}
        </Button>
      </FormEnd>
    </form>
  )
}
