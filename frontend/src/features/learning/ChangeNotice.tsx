import { useTranslation } from 'react-i18next'
import { Button } from 'suomifi-ui-components'
import { shortDay } from '../../shared/dates/dates'
import { useLanguage } from '../../shared/i18n/i18n'
import { WriteNotice } from '../../shared/ui/WriteNotice'
import { type Activity, useAcknowledgement } from './api'
import './changes.css'

type Change = NonNullable<Activity['change']>

/** What changed in an activity since it was finished: what was done stays done, and one tap says that the change was read. */
export function ChangeNotice({
  activity,
  change,
  reload,
}: {
  activity: Activity
  change: Change
  reload: () => Promise<unknown>
}) {
  const { t } = useTranslation()
  const language = useLanguage()
  // Refused when the text changed once more: the page then shows that change.
  const acknowledgement = useAcknowledgement({ course: activity.course, activity: activity.id }, reload)
  return (
    <section className="card change" aria-labelledby="change">
      <h2 id="change">{t('changes.title')}</h2>
      <p>{t('changes.help', { day: shortDay(change.seen.slice(0, 10), language) })}</p>
      <ul className="change-blocks plain-list">
        {change.blocks.map((block, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the blocks of one difference never move
          <li key={index} className={`change-block change-${block.state}`}>
            {block.state === 'gap' ? (
              <>
                <span aria-hidden="true">…</span>
                <span className="visually-hidden">{t('changes.gap')}</span>
              </>
            ) : (
              <>
                {block.state !== 'same' && (
                  <span className="change-state">{t(`changes.states.${block.state}`)}</span>
                )}
                <Marked
                  state={block.state}
                  kind={block.kind}
                  html={block.html}
                  language={activity.language}
                />
              </>
            )}
          </li>
        ))}
      </ul>
      <WriteNotice write={acknowledgement} />
      <div>
        <Button onClick={() => acknowledgement.start(change.hash)} aria-disabled={acknowledgement.busy}>
          {t('changes.acknowledge')}
        </Button>
      </div>
    </section>
  )
}

function Marked({
  state,
  kind = 'paragraph',
  html,
  language,
}: {
  state: Change['blocks'][number]['state']
  kind?: Change['blocks'][number]['kind']
  html: string
  language: string
}) {
  const { t } = useTranslation()
  const className = `change-text change-kind-${kind}`
  const content = (
    <span
      lang={language}
      // biome-ignore lint/security/noDangerouslySetInnerHtml: the server's own, sanitised content
      dangerouslySetInnerHTML={{
        __html:
          state === 'changed' ? spoken(html, t('changes.ins'), t('changes.del'), t('changes.end')) : html,
      }}
    />
  )
  if (state === 'added') return <ins className={className}>{content}</ins>
  if (state === 'removed') return <del className={className}>{content}</del>
  return <div className={className}>{content}</div>
}

/** Words around what came and what went, for those who hear the text: most screen readers do not tell ins and del. */
export function spoken(html: string, ins: string, del: string, end: string): string {
  const hidden = (words: string) => `<span class="visually-hidden"> ${words} </span>`
  return html
    .replaceAll('<ins>', `<ins>${hidden(ins)}`)
    .replaceAll('<del>', `<del>${hidden(del)}`)
    .replaceAll('</ins>', `${hidden(end)}</ins>`)
    .replaceAll('</del>', `${hidden(end)}</del>`)
}
