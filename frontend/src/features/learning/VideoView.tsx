import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from 'suomifi-ui-components'
import { Prose } from '../../shared/ui/Prose'
import { Notice } from '../../shared/ui/states'
import { WriteNotice } from '../../shared/ui/WriteNotice'
import { type ActivityViewProps, type Film, useMarkDone } from './api'
import { GoneNotice, isGone } from './GoneNotice'
import { GoOn } from './GoOn'
import { useGoOn } from './useGoOn'
import { useVideoPlace } from './useVideoPlace'
import { useWaiting } from './useWaiting'
import { VideoPlayer } from './VideoPlayer'

/** A video, and the same as a text: whoever watched it or read it is done. */
export function VideoView({ activity, reload }: ActivityViewProps) {
  return activity.video ? (
    <Watched activity={activity} film={activity.video} reload={reload} />
  ) : (
    <Prose html={activity.html} language={activity.language} />
  )
}

function Watched({ activity, film, reload }: ActivityViewProps & { film: Film }) {
  const { t } = useTranslation()
  const goOn = useGoOn(activity)
  const place = { course: activity.course, activity: activity.id }
  const watched = useMarkDone(place, reload, () => undefined)
  const said = useMarkDone(place, goOn, goOn)
  const { waits } = useWaiting(activity.course, activity.id)
  const done = activity.done || waits
  const video = useRef<HTMLVideoElement>(null)
  const { start, refused } = useVideoPlace(activity, video, film.seconds, () => {
    if (!done && activity.requires === 'do') watched.start(undefined)
  })
  const gone = [said.problem, watched.problem, refused].find(isGone)
  return (
    <>
      <VideoPlayer video={video} film={film} title={activity.title} start={start} renew={reload} />
      <section className="sheet video-transcript" aria-labelledby="transcript">
        <h2 id="transcript">{t('video.transcript')}</h2>
        <Prose html={activity.html} language={activity.language} />
      </section>
      <div className="stack">
        {gone ? (
          <GoneNotice course={activity.course} problem={gone} />
        ) : (
          <WriteNotice write={said.problem ? said : watched} />
        )}
        {activity.done && <Notice kind="good" live title={t('video.seen')} />}
        {!done && <p className="quiet">{t('video.whenDone')}</p>}
        <div hidden={gone !== undefined}>
          {done ? (
            <GoOn activity={activity} />
          ) : (
            <Button onClick={() => said.start(undefined)} aria-disabled={said.busy}>
              {t('video.markDone')}
            </Button>
          )}
        </div>
      </div>
    </>
  )
}
