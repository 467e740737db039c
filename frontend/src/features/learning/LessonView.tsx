import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from 'suomifi-ui-components'
import { Prose } from '../../shared/ui/Prose'
import { WriteNotice } from '../../shared/ui/WriteNotice'
import { type Activity, useMarkDone } from './api'
import { GoneNotice, isGone } from './GoneNotice'
import { GoOn } from './GoOn'
import { useGoOn } from './useGoOn'
import { usePlace } from './usePlace'
import { useWaiting } from './useWaiting'

export function LessonView({ activity }: { activity: Activity }) {
  const { t } = useTranslation()
  const goOn = useGoOn(activity)
  const content = useRef<HTMLDivElement>(null)
  const refused = usePlace(activity, content)
  const markDone = useMarkDone({ course: activity.course, activity: activity.id }, goOn, goOn)
  const gone = isGone(markDone.problem) ? markDone.problem : refused
  const { waits } = useWaiting(activity.course, activity.id)
  return (
    <>
      <div ref={content} className="sheet">
        <Prose html={activity.html} language={activity.language} />
      </div>
      <div className="stack">
        {isGone(gone) ? (
          <GoneNotice course={activity.course} problem={gone} />
        ) : (
          <WriteNotice write={markDone} />
        )}
        <div hidden={isGone(gone)}>
          {activity.done || waits ? (
            <GoOn activity={activity} />
          ) : (
            <Button onClick={() => markDone.start(undefined)} aria-disabled={markDone.busy}>
              {t('learning.markReadAndGoOn')}
            </Button>
          )}
        </div>
      </div>
    </>
  )
}
