import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button, Textarea } from 'suomifi-ui-components'
import { shortDay, shortMoment } from '../dates/dates'
import { TwoTexts } from '../drafts/TwoTexts'
import { api } from '../http/client'
import { useLanguage } from '../i18n/i18n'
import { Notice } from '../ui/states'
import type { Entry } from './database'
import { discard, retry } from './outbox'
import { inPlaceOf, mayStand, type Rival, writtenIn } from './refusals'

const LONGEST = 20_000

/** What was written here and what came from another device first: the person keeps one of them, or makes one of both. */
export function ConflictChoice({
  entry,
  rival,
  onTheirs,
}: {
  entry: Entry
  rival: Rival
  /** The other one stays: the page is read anew before this one is gone. */
  onTheirs?: () => Promise<unknown>
}) {
  const { t } = useTranslation()
  const language = useLanguage()
  const [joined, setJoined] = useState<string>()
  const mine = writtenIn(entry)
  const keep = (text?: string) => retry(entry.id, inPlaceOf(entry, rival, text))
  const over = (joined ?? '').length - LONGEST
  return (
    <Notice kind="warning" live title={t('drafts.conflictTitle')}>
      <p>{t('unsent.writtenText')}</p>
      <TwoTexts
        mine={{
          title: t('unsent.mine'),
          shown: <Shown one={mine} at={entry.at} />,
          choice: mayStand(mine, rival) ? { text: t('unsent.keepMine'), onChoose: () => keep() } : undefined,
        }}
        theirs={{
          title: t('drafts.theirs'),
          shown: <Shown one={rival} at={rival.at} />,
          choice: {
            text: t('drafts.takeTheirs'),
            onChoose: async () => {
              await forgetDraftOf(entry, mine.text)
              await onTheirs?.()
              await discard(entry.id)
            },
          },
        }}
      />
      {joined === undefined ? (
        <div>
          <Button variant="secondary" onClick={() => setJoined(`${mine.text}\n\n${rival.text}`.trim())}>
            {t('unsent.together')}
          </Button>
        </div>
      ) : (
        <form
          className="stack"
          noValidate
          onSubmit={(event) => {
            event.preventDefault()
            if (joined.trim() !== '' && over <= 0) void keep(joined.trim())
          }}
        >
          <Textarea
            labelText={t('unsent.togetherLabel')}
            hintText={t('unsent.togetherHint')}
            fullWidth
            resize="vertical"
            className="task-text"
            value={joined}
            lang={language}
            onChange={(event) => setJoined(event.target.value)}
            {...(over > 0 && {
              status: 'error' as const,
              statusText: t('learning.tooLong', { limit: LONGEST, over }),
            })}
          />
          <div className="row">
            <Button type="submit" aria-disabled={joined.trim() === '' || over > 0}>
              {t('unsent.saveTogether')}
            </Button>
            <Button variant="secondary" onClick={() => setJoined(undefined)}>
              {t('common.cancel')}
            </Button>
          </div>
        </form>
      )}
    </Notice>
  )
}

/** A text with what was chosen beside it. */
function Shown({ one, at }: { one: Partial<Rival>; at: number }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const beside = [
    one.went !== undefined && t(`tries.wents.${one.went}` as 'tries.wents.worked'),
    one.on && t('tries.triedOn', { day: shortDay(one.on, language) }),
    one.use !== undefined && t(`tries.uses.${one.use}` as 'tries.uses.yes'),
    one.with,
    one.by && t('tries.planBy', { day: shortDay(one.by, language) }),
    one.privacy !== undefined && t(`sharing.grades.${one.privacy}` as 'sharing.grades.private'),
  ].filter(Boolean)
  return (
    <>
      <p className="quiet">{shortMoment(new Date(at).toISOString(), language)}</p>
      <p className="draft-plain">{one.text}</p>
      {beside.length > 0 && <p className="quiet">{beside.join(' · ')}</p>}
    </>
  )
}

/** The draft of a text that is given up goes with it; another one that was begun since stays. */
async function forgetDraftOf({ about }: Entry, text: string): Promise<void> {
  const params = { path: { subject: `${about.course}.${about.activity}` } }
  try {
    const { data } = await api.GET('/api/drafts/{subject}', { params })
    if (data?.text.trim() === text)
      await api.PUT('/api/drafts/{subject}', { params, body: { rev: data.rev, text: '' } })
  } catch {
    // Without a network it stays, and its page shows it.
  }
}
