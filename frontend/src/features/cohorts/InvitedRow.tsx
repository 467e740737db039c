import { useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from 'suomifi-ui-components'
import { dayOf, shortDay } from '../../shared/dates/dates'
import { useLanguage } from '../../shared/i18n/i18n'
import { ConfirmDialog } from '../../shared/ui/ConfirmDialog'
import { WriteNotice } from '../../shared/ui/WriteNotice'
import { type RosterRow, useInviteAgain, useWithdrawInvitation } from './rosterApi'

/** Somebody who was invited and has not come in: until when the link serves, and what can be done about it. */
export function InvitedRow({
  cohort,
  row,
  onDone,
}: {
  cohort: string
  row: RosterRow
  onDone: (said: string) => void
}) {
  const { t } = useTranslation()
  const language = useLanguage()
  const queries = useQueryClient()
  const [asking, setAsking] = useState(false)
  const { name } = row
  const again = useInviteAgain(cohort, row.person, () => onDone(t('roster.invitedAgain', { name })))
  const withdraw = useWithdrawInvitation(cohort, row.person, () => onDone(t('roster.withdrawn', { name })))
  return (
    <div className="roster-invited">
      <div className="roster-who">
        <Link
          to="/cohorts/$cohort/learners/$person"
          params={{ cohort, person: row.person }}
          className="roster-name"
        >
          {name}
        </Link>
        <span className="tag tag-beam">{t('roster.isInvited')}</span>
      </div>
      <span className="roster-seen">
        {row.invitedUntil
          ? t('roster.invitedUntil', { day: shortDay(dayOf(row.invitedUntil), language) })
          : t('roster.invitationOver')}
      </span>
      {row.mayInvite && (
        <div className="row">
          <Button
            variant="secondaryNoBorder"
            aria-disabled={again.busy}
            aria-label={t('roster.inviteAgainTo', { name })}
            onClick={() => again.start(undefined)}
          >
            {t('roster.inviteAgain')}
          </Button>
          <Button
            variant="secondaryNoBorder"
            aria-label={t('roster.withdrawFrom', { name })}
            onClick={() => setAsking(true)}
          >
            {t('roster.withdraw')}
          </Button>
        </div>
      )}
      <WriteNotice write={again} />
      {asking && (
        <ConfirmDialog
          title={t('roster.withdrawTitle', { name })}
          text={t('roster.withdrawText')}
          confirm={t('roster.withdraw')}
          write={withdraw}
          onConfirm={() => withdraw.start(undefined)}
          onClose={() => {
            setAsking(false)
            // They may have come in meanwhile: then they stand in the list as what they are now.
            if (withdraw.problem) void queries.invalidateQueries({ queryKey: ['cohorts'] })
          }}
        />
      )}
    </div>
  )
}
