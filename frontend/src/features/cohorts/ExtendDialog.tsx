import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button, Dropdown, DropdownItem, Textarea } from 'suomifi-ui-components'
import { useFieldStatus } from '../../shared/http/useProblemText'
import { DayField } from '../../shared/ui/DayField'
import { Dialog } from '../../shared/ui/Dialog'
import { WriteNotice } from '../../shared/ui/WriteNotice'
import { type Roster, type RosterRow, useExtend } from './rosterApi'

/** More time for those who were chosen: for the whole course or one module, until a day, with a reason. `onDone` tells how many have a later day already, and keep it. */
export function ExtendDialog({
  roster,
  people,
  onClose,
  onDone,
}: {
  roster: {
    cohort: Pick<Roster['cohort'], 'id' | 'course'>
    modules: readonly { id: string; title: string }[]
  }
  people: readonly Pick<RosterRow, 'person'>[]
  onClose: () => void
  onDone: (later: number) => void
}) {
  const { t } = useTranslation()
  const [target, setTarget] = useState(roster.cohort.course)
  const [until, setUntil] = useState<string>()
  const [reason, setReason] = useState('')
  const [asked, setAsked] = useState(false)
  const extend = useExtend(roster.cohort.id, onDone)
  const fieldStatus = useFieldStatus(extend.problem)
  const status = fieldStatus('until')
  const dayStatus = 'statusText' in status ? status.statusText : undefined
  return (
    <Dialog
      title={t('roster.extendTo', { count: people.length })}
      onClose={onClose}
      actions={
        <>
          <Button
            aria-disabled={extend.busy}
            onClick={() => {
              setAsked(true)
              if (until && reason.trim() !== '')
                extend.start({
                  people: people.map((row) => row.person),
                  target,
                  until,
                  reason: reason.trim(),
                })
            }}
          >
            {t('roster.extend')}
          </Button>
          <Button variant="secondary" onClick={onClose}>
            {t('common.cancel')}
          </Button>
        </>
      }
    >
      <div className="form">
        <Dropdown labelText={t('roster.what')} fullWidth value={target} onChange={setTarget}>
          {[
            <DropdownItem key={roster.cohort.course} value={roster.cohort.course}>
              {t('cohorts.all')}
            </DropdownItem>,
            ...roster.modules.map((module, index) => (
              <DropdownItem key={module.id} value={module.id}>
                {`M${index + 1}. ${module.title}`}
              </DropdownItem>
            )),
          ]}
        </Dropdown>
        <DayField
          label={t('roster.until')}
          day={until}
          onDay={setUntil}
          {...(asked && !until
            ? { wrong: t('fieldProblems.required') }
            : dayStatus
              ? { wrong: dayStatus }
              : {})}
        />
        <Textarea
          labelText={t('roster.reason')}
          hintText={t('roster.reasonHint')}
          fullWidth
          value={reason}
          onChange={(event) => setReason(event.target.value)}
          {...(asked && reason.trim() === ''
            ? { status: 'error', statusText: t('fieldProblems.required') }
            : {})}
        />
      </div>
      <WriteNotice write={extend} />
    </Dialog>
  )
}
