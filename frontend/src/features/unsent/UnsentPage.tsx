import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from 'suomifi-ui-components'
import { shortMoment } from '../../shared/dates/dates'
import { Problem } from '../../shared/http/problem'
import { useProblemText } from '../../shared/http/useProblemText'
import { useLanguage } from '../../shared/i18n/i18n'
import { ConflictChoice } from '../../shared/offline/ConflictChoice'
import type { Entry } from '../../shared/offline/database'
import { discard, measureOf, retry, titleOf } from '../../shared/offline/outbox'
import { isLate, rivalOf } from '../../shared/offline/refusals'
import { type UnsentDraft, useOffline, writesAbout } from '../../shared/offline/status'
import { textOf } from '../../shared/offline/text'
import { Dialog } from '../../shared/ui/Dialog'
import { Page } from '../../shared/ui/Page'
import { Empty, Notice } from '../../shared/ui/states'

/** What exercises have in the place of a course. */
const PSYCAP = 'psycap'

/** What this device has and the server has not: what waits, and what was refused and why. */
export function UnsentPage() {
  const { t } = useTranslation()
  const { writes, drafts } = useOffline()
  return (
    <Page title={t('unsent.title')} lead={t('unsent.lead')} width="text">
      {writes.length + drafts.length === 0 ? (
        <Empty title={t('unsent.none')}>
          <p>{t('unsent.noneHelp')}</p>
        </Empty>
      ) : (
        <ol className="plain-list stack">
          {writes.map((entry) => (
            <li key={entry.id} className="card stack">
              <WriteCard entry={entry} />
            </li>
          ))}
          {drafts.map((draft) => (
            <li key={`${draft.course}.${draft.activity} ${draft.late}`} className="card stack">
              <DraftCard draft={draft} />
            </li>
          ))}
        </ol>
      )}
    </Page>
  )
}

function WriteCard({ entry }: { entry: Entry }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const { writes } = useOffline()
  const [asking, setAsking] = useState(false)
  const { about, refused } = entry
  const text = textOf(entry)
  const over = isLate(entry)
  const rival = rivalOf(entry)
  const behind = writesAbout(writes, about.course, about.activity).some(
    (one) => one.refused && one.id < entry.id,
  )
  return (
    <>
      <Heading course={about.course} activity={about.activity} />
      <p>
        {t(`unsent.${about.kind}`)} ·{' '}
        {t('unsent.madeAt', { at: shortMoment(new Date(entry.at).toISOString(), language) })}
      </p>
      {rival ? (
        <ConflictChoice entry={entry} rival={rival} />
      ) : refused ? (
        <Refused entry={entry} />
      ) : (
        <p className="quiet">{behind ? t('unsent.behind') : t('unsent.waiting')}</p>
      )}
      {text !== undefined && !rival && <Text text={text} />}
      <div className="row">
        {refused && !over && !rival && (
          <Button onClick={() => void retry(entry.id, sentAnyway(entry))}>{t('unsent.retry')}</Button>
        )}
        <OpenLink course={about.course} activity={about.activity} />
        {refused && !rival && (
          <Button variant="secondary" onClick={() => setAsking(true)}>
            {t('unsent.discard')}
          </Button>
        )}
      </div>
      {asking && (
        <Dialog
          title={t('unsent.discardTitle')}
          onClose={() => setAsking(false)}
          actions={
            <>
              <Button onClick={() => void discard(entry.id)}>{t('unsent.discard')}</Button>
              <Button variant="secondary" onClick={() => setAsking(false)}>
                {t('common.cancel')}
              </Button>
            </>
          }
        >
          <p>{t('unsent.discardText')}</p>
        </Dialog>
      )}
    </>
  )
}

/** Who sends again what another device was before with has been told so: it is sent without what the page showed then. */
function sentAnyway({ method, path, body, refused }: Entry) {
  if (refused?.code !== 'closed_since' && refused?.code !== 'answered_since') return undefined
  const { saw: _, over: __, ...rest } = JSON.parse(body) as Record<string, unknown>
  return { method, path, body: JSON.stringify(rest) }
}

function Refused({ entry }: { entry: Entry }) {
  const { t } = useTranslation()
  const problemText = useProblemText()
  const { refused } = entry
  if (refused === undefined) return null
  if (isLate(entry)) return <Notice kind="warning" title={t('unsent.late')} />
  if (refused.code === 'too_old')
    return (
      <Notice kind="bad" title={t('unsent.refused')}>
        {t('unsent.tooOld')}
      </Notice>
    )
  return (
    <Notice
      kind="bad"
      title={`${t('unsent.refused')}. ${problemText(new Problem(refused.status, refused.code))}`}
    >
      <p>{t('unsent.refusedHelp')}</p>
    </Notice>
  )
}

function DraftCard({ draft }: { draft: UnsentDraft }) {
  const { t } = useTranslation()
  return (
    <>
      <Heading course={draft.course} activity={draft.activity} />
      <p>{t('unsent.draft')}</p>
      {draft.late ? (
        <Notice kind="warning" title={t('unsent.late')} />
      ) : draft.conflict ? (
        <Notice kind="warning" title={t('unsent.conflict')} />
      ) : (
        <p className="quiet">{t('unsent.waiting')}</p>
      )}
      {!draft.text.startsWith('{') && <Text text={draft.text} />}
      <OpenLink course={draft.course} activity={draft.activity} />
    </>
  )
}

function Heading({ course, activity }: { course: string; activity: string }) {
  const { t } = useTranslation()
  const own = course === PSYCAP && measureOf(course, activity) === undefined
  const title = useQuery({
    enabled: !own,
    queryKey: ['title', course, activity],
    queryFn: async () => (await titleOf(course, activity)) ?? null,
    staleTime: Number.POSITIVE_INFINITY,
  })
  return <h2>{own ? t('unsent.ownExercise') : (title.data ?? t('unsent.activity'))}</h2>
}

function Text({ text }: { text: string }) {
  const { t } = useTranslation()
  const [copied, setCopied] = useState(false)
  // Where a browser does not copy for a page, the text can be chosen by hand.
  const copy = () =>
    navigator.clipboard
      ?.writeText(text)
      .then(() => setCopied(true))
      .catch(() => undefined)
  return (
    <details>
      <summary>{t('unsent.yourText')}</summary>
      <p className="draft-plain">{text}</p>
      <Button variant="secondary" onClick={() => void copy()}>
        {copied ? `✓ ${t('unsent.copied')}` : t('unsent.copy')}
      </Button>
    </details>
  )
}

function OpenLink({ course, activity }: { course: string; activity: string }) {
  const { t } = useTranslation()
  const measure = measureOf(course, activity)
  if (measure !== undefined)
    return (
      <Link to="/measures/$cohort/$instrument/$point" params={measure}>
        {t('unsent.open')}
      </Link>
    )
  if (course === PSYCAP) return <Link to="/exercises">{t('unsent.openExercises')}</Link>
  return (
    <Link to="/courses/$course/activities/$activity" params={{ course, activity }}>
      {t('unsent.open')}
    </Link>
  )
}
