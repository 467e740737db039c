import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button, Textarea } from 'suomifi-ui-components'
import { api, keyed, type Reply, unwrap } from '../../shared/http/client'
import { useWrite } from '../../shared/http/useWrite'
import { useLanguage } from '../../shared/i18n/i18n'
import { Notice } from '../../shared/ui/states'
import { WriteNotice } from '../../shared/ui/WriteNotice'

type Row = Reply<'/api/cohorts/{cohort}/invitations/check', 'post'>['rows'][number]

/** What a row says when it is done, of those that something is done about. */
const DONE = { invite: 'invited', again: 'invitedAgain', invited: 'enrolled', enrol: 'enrolled' } as const

const willBe = (row: Row) => row.verdict in DONE

/** People by a pasted list: every row is judged before anything happens, and told of after. */
export function PastedList({ cohort, onClose }: { cohort: string; onClose: () => void }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const queries = useQueryClient()
  const [text, setText] = useState('')
  const params = { path: { cohort } }
  const check = useWrite({
    send: (_: undefined, key) =>
      unwrap(api.POST('/api/cohorts/{cohort}/invitations/check', { params, body: { text }, ...keyed(key) })),
  })
  const invite = useWrite({
    send: (_: undefined, key) =>
      unwrap(
        api.POST('/api/cohorts/{cohort}/invitations', { params, body: { text, language }, ...keyed(key) }),
      ),
    onDone: () => queries.invalidateQueries({ queryKey: ['cohorts'] }),
  })
  const rows = invite.output?.rows ?? check.output?.rows
  const count = rows?.filter(willBe).length ?? 0
  return (
    <section className="card stack" aria-labelledby="pasted">
      <h2 id="pasted">{t('pasted.title')}</h2>
      {rows === undefined ? (
        <form
          className="form"
          noValidate
          onSubmit={(event) => {
            event.preventDefault()
            if (text.trim() !== '') check.start(undefined)
          }}
        >
          <Textarea
            labelText={t('pasted.list')}
            hintText={t('pasted.hint')}
            fullWidth
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
          <WriteNotice write={check} />
          <div className="row">
            <Button type="submit" aria-disabled={check.busy || text.trim() === ''}>
              {t('pasted.check')}
            </Button>
            <Button variant="secondary" onClick={onClose}>
              {t('common.cancel')}
            </Button>
          </div>
        </form>
      ) : (
        <>
          {invite.output && <Notice kind="good" live title={t('pasted.done', { count })} />}
          {!invite.output && count === 0 && <p role="status">{t('pasted.nothing')}</p>}
          <ul className="plain-list roster" aria-label={t('pasted.rows')}>
            {rows.map((row) => (
              <li key={row.line} className="roster-row pasted-row">
                <span>
                  <strong>{row.name || row.email || t('pasted.row', { line: row.line })}</strong>{' '}
                  {row.name && <span className="quiet">{row.email}</span>}
                </span>
                <span className={willBe(row) ? 'tag tag-good' : 'tag'}>
                  {invite.output && row.verdict in DONE
                    ? `✓ ${t(`pasted.${DONE[row.verdict as keyof typeof DONE]}`)}`
                    : t(`pasted.verdicts.${row.verdict}`)}
                </span>
              </li>
            ))}
          </ul>
          <WriteNotice write={invite} />
          <div className="row">
            {!invite.output && count > 0 && (
              <Button aria-disabled={invite.busy} onClick={() => invite.start(undefined)}>
                {t('pasted.go', { count })}
              </Button>
            )}
            {!invite.output && (
              <Button variant="secondary" onClick={() => check.reset()}>
                {t('pasted.change')}
              </Button>
            )}
            <Button variant="secondary" onClick={onClose}>
              {t('pasted.close')}
            </Button>
          </div>
        </>
      )}
    </section>
  )
}
