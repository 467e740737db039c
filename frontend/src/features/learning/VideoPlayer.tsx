import { type KeyboardEvent, type ReactNode, type RefObject, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from 'suomifi-ui-components'
import { useLanguage } from '../../shared/i18n/i18n'
import { LANGUAGE_NAMES, LOCALE } from '../../shared/i18n/languages'
import { useOffline } from '../../shared/offline/status'
import { Notice } from '../../shared/ui/states'
import type { Film } from './api'
import { useCaptions } from './useCaptions'
import { clock } from './watched'
import { keepWatching, keptWatching, SPEEDS, type Watching } from './watching'
import './video.css'

const JUMP = 10

type Props = {
  video: RefObject<HTMLVideoElement | null>
  film: Film
  title: string
  /** The second at which it goes on. */
  start: number
  /** Asks the server for anything: a session that ran out while the video stood still is renewed by it. */
  renew: () => Promise<unknown>
}

/** A video with buttons that say what they do, captions below the picture, and keys that work while it has the focus. */
export function VideoPlayer({ video, film, title, start, renew }: Props) {
  const { t } = useTranslation()
  const language = useLanguage()
  const { away } = useOffline()
  const player = useRef<HTMLElement>(null)
  const [watching, setWatching] = useState(keptWatching)
  const [at, setAt] = useState(start)
  const [length, setLength] = useState(film.seconds)
  const [playing, setPlaying] = useState(false)
  const [loading, setLoading] = useState(false)
  const [failed, setFailed] = useState(false)
  const [whole, setWhole] = useState(false)
  const [said, setSaid] = useState('')
  // Where to go on after it has been loaded anew, and whether it was playing then.
  const resume = useRef({ at: start, play: false, tried: false })

  const times = (value: number) =>
    new Intl.NumberFormat(LOCALE[language], { maximumFractionDigits: 2 }).format(value)
  const offered = film.captions.map((one) => one.language)
  const captions =
    watching.captions === 'off' ? undefined : (offered.find((one) => one === watching.captions) ?? offered[0])
  const words = useCaptions(video, captions)

  useEffect(() => {
    const change = () => setWhole(document.fullscreenElement !== null)
    document.addEventListener('fullscreenchange', change)
    return () => document.removeEventListener('fullscreenchange', change)
  }, [])

  function prefer(change: Partial<Watching>) {
    const next = { ...watching, ...change }
    setWatching(next)
    keepWatching(next)
    const element = video.current
    if (element === null) return
    element.playbackRate = next.speed
    element.volume = next.volume
    element.muted = next.muted
  }

  function speedUp(steps: number) {
    const place = SPEEDS.indexOf(watching.speed) + steps
    const speed = SPEEDS[Math.max(0, Math.min(SPEEDS.length - 1, place))] ?? 1
    prefer({ speed })
    setSaid(t('video.speedNow', { speed: times(speed) }))
  }

  function switchCaptions() {
    const next = captions === undefined ? 'own' : 'off'
    prefer({ captions: next })
    setSaid(
      next === 'off' || offered[0] === undefined
        ? t('video.captionsOff')
        : t('video.captionsNow', { language: LANGUAGE_NAMES[offered[0]] }),
    )
  }

  function toggle() {
    const element = video.current
    if (element === null) return
    if (!element.paused) element.pause()
    // What keeps it from playing comes as an error too; being stopped at once is none.
    else void element.play().catch(() => undefined)
  }

  function goTo(second: number) {
    const element = video.current
    if (element === null) return
    const to = Math.max(0, Math.min(length, second))
    setAt(to)
    if (element.readyState > 0) element.currentTime = to
    else resume.current.at = to
  }

  const jump = (by: number) => goTo((video.current?.readyState ? video.current.currentTime : at) + by)

  function load(play: boolean) {
    resume.current = { at, play, tried: true }
    setFailed(false)
    setLoading(true)
    void renew()
      .catch(() => undefined)
      .then(() => video.current?.load())
  }

  function fullscreen() {
    if (document.fullscreenElement) void document.exitFullscreen()
    else if (player.current?.requestFullscreen) void player.current.requestFullscreen().catch(() => undefined)
    // An iPhone shows only the video itself on the whole screen, with buttons of its own.
    else
      (
        video.current as (HTMLVideoElement & { webkitEnterFullscreen?: () => void }) | null
      )?.webkitEnterFullscreen?.()
  }

  function press(event: KeyboardEvent<HTMLElement>) {
    const on = event.target
    if (event.altKey || event.ctrlKey || event.metaKey || on instanceof HTMLSelectElement) return
    const button = on instanceof HTMLButtonElement || (on instanceof HTMLElement && on.tagName === 'SUMMARY')
    const volume = on instanceof HTMLInputElement && on.classList.contains('video-volume')
    const acts: Record<string, (() => void) | false> = {
      ' ': !button && toggle,
      k: toggle,
      j: () => jump(-JUMP),
      l: () => jump(JUMP),
      ArrowLeft: !volume && (() => jump(-JUMP)),
      ArrowRight: !volume && (() => jump(JUMP)),
      '<': () => speedUp(-1),
      '>': () => speedUp(1),
      c: switchCaptions,
      m: () => prefer({ muted: !watching.muted }),
      f: fullscreen,
    }
    const act = acts[event.key.length === 1 ? event.key.toLowerCase() : event.key]
    if (!act) return
    event.preventDefault()
    act()
  }

  return (
    <section
      ref={player}
      className="video-player"
      aria-label={t('video.label', { title })}
      tabIndex={-1}
      onKeyDown={press}
    >
      <div className="video-picture">
        {/* biome-ignore lint/a11y/useMediaCaption: it has captions; the page draws them */}
        <video
          ref={video}
          src={film.source}
          preload="metadata"
          playsInline
          tabIndex={-1}
          onClick={toggle}
          onLoadedMetadata={({ currentTarget }) => {
            currentTarget.playbackRate = watching.speed
            currentTarget.volume = watching.volume
            currentTarget.muted = watching.muted
            if (Number.isFinite(currentTarget.duration)) setLength(currentTarget.duration)
            if (resume.current.at > 0) currentTarget.currentTime = resume.current.at
            if (resume.current.play) void currentTarget.play().catch(() => undefined)
            setLoading(false)
          }}
          onTimeUpdate={({ currentTarget }) => {
            if (currentTarget.readyState > 0) setAt(currentTarget.currentTime)
          }}
          onPlay={() => setPlaying(true)}
          onPause={() => setPlaying(false)}
          onWaiting={() => setLoading(true)}
          onCanPlay={() => setLoading(false)}
          onPlaying={() => {
            resume.current.tried = false
            setLoading(false)
          }}
          onError={() => {
            setLoading(false)
            setPlaying(false)
            // A session that ran out is the usual reason, and mended by asking once more.
            if (resume.current.tried) setFailed(true)
            else load(playing)
          }}
        >
          {film.captions.map((one) => (
            <track
              key={one.language}
              kind="captions"
              src={one.source}
              srcLang={one.language}
              label={LANGUAGE_NAMES[one.language]}
            />
          ))}
        </video>
        {failed ? (
          <div className="video-over">
            <Notice kind="bad" live title={t(away ? 'video.away' : 'video.failed')}>
              <p>{t(away ? 'video.awayHelp' : 'video.failedHelp')}</p>
              <Button variant="secondary" onClick={() => load(false)}>
                {t('video.tryAgain')}
              </Button>
            </Notice>
          </div>
        ) : (
          loading && (
            <p className="video-loading" role="status">
              {t('video.waiting')}
            </p>
          )
        )}
      </div>
      {captions !== undefined && (
        <p className="video-captions" lang={captions} aria-hidden="true">
          {words}
        </p>
      )}
      <div className="video-controls">
        <div className="video-line">
          <input
            type="range"
            className="video-seek"
            aria-label={t('video.position')}
            aria-valuetext={t('video.at', { now: clock(at), all: clock(length) })}
            min={0}
            max={Math.floor(length)}
            step={1}
            value={Math.min(Math.floor(at), Math.floor(length))}
            onChange={(event) => goTo(Number(event.target.value))}
          />
          <span className="video-time" aria-hidden="true">
            {clock(at)} / {clock(length)}
          </span>
        </div>
        <div className="video-line">
          <div className="video-buttons">
            <Control name={t('video.back')} onPress={() => jump(-JUMP)} sign={`−${JUMP} s`} />
            <Control name={t(playing ? 'video.pause' : 'video.play')} onPress={toggle} main>
              {playing ? (
                <path className="video-solid" d="M6 4h4v16H6zm8 0h4v16h-4z" />
              ) : (
                <path className="video-solid" d="M7 4v16l13-8z" />
              )}
            </Control>
            <Control name={t('video.forward')} onPress={() => jump(JUMP)} sign={`+${JUMP} s`} />
            <Control
              name={t(watching.muted ? 'video.unmute' : 'video.mute')}
              onPress={() => prefer({ muted: !watching.muted })}
            >
              <path className="video-solid" d="M3 9v6h4l5 5V4L7 9z" />
              {watching.muted ? (
                <path d="m16 9 6 6m0-6-6 6" />
              ) : (
                <path d="M16 8.5a5 5 0 0 1 0 7m2.5-10a9 9 0 0 1 0 13" />
              )}
            </Control>
            <input
              type="range"
              className="video-volume"
              aria-label={t('video.volume')}
              min={0}
              max={100}
              step={5}
              value={watching.muted ? 0 : Math.round(watching.volume * 100)}
              onChange={(event) => prefer({ volume: Number(event.target.value) / 100, muted: false })}
            />
          </div>
          <div className="video-choices">
            <label>
              <span>{t('video.speed')}</span>
              <select
                value={watching.speed}
                onChange={(event) => prefer({ speed: Number(event.target.value) })}
              >
                {SPEEDS.map((one) => (
                  <option key={one} value={one}>
                    {t('video.times', { speed: times(one) })}
                  </option>
                ))}
              </select>
            </label>
            <label>
              <span>{t('video.captions')}</span>
              <select
                value={captions ?? 'off'}
                onChange={(event) =>
                  prefer({ captions: offered.find((one) => one === event.target.value) ?? 'off' })
                }
              >
                <option value="off">{t('video.off')}</option>
                {offered.map((one) => (
                  <option key={one} value={one} lang={one}>
                    {LANGUAGE_NAMES[one]}
                  </option>
                ))}
              </select>
            </label>
            <Control name={t(whole ? 'video.window' : 'video.fullscreen')} onPress={fullscreen}>
              <path d="M4 9V4h5m6 0h5v5m0 6v5h-5m-6 0H4v-5" />
            </Control>
          </div>
        </div>
        <details className="video-keys">
          <summary>{t('video.keys')}</summary>
          <p>{t('video.keysHelp')}</p>
        </details>
      </div>
      <p className="visually-hidden" role="status">
        {said}
      </p>
    </section>
  )
}

/** A button with a sign that its name goes on from, or with a drawing that the name stands for. */
function Control({
  name,
  onPress,
  main,
  sign,
  children,
}: {
  name: string
  onPress: () => void
  main?: boolean
  sign?: string
  children?: ReactNode
}) {
  return (
    <button
      type="button"
      className={main ? 'video-button video-button-main' : 'video-button'}
      aria-label={sign ? `${sign} ${name}` : name}
      title={name}
      onClick={onPress}
    >
      {sign ?? (
        <svg viewBox="0 0 24 24" aria-hidden="true" focusable="false">
          {children}
        </svg>
      )}
    </button>
  )
}
