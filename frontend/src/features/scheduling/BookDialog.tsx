import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button, RadioButton, RadioButtonGroup } from 'suomifi-ui-components'
import { minutesBetween } from '../../shared/dates/dates'
import { Dialog } from '../../shared/ui/Dialog'
import { Notice } from '../../shared/ui/states'
import { WriteNotice } from '../../shared/ui/WriteNotice'
import { type Doctor, MODES, type Mode, type Slot, type Taken, type TimesWish, takenOf, useBook } from './api'
import { useModeName } from './names'
import { When } from './When'

type Props = {
  slot: Slot
  wish: TimesWish
  doctor: Doctor
  onChoose: (slot: Slot) => void
  onClose: () => void
}

/** Asks whether to book the time; when somebody was faster, says who is taken and offers the next times. */
export function BookDialog({ slot, wish, doctor, onChoose, onClose }: Props) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const modeName = useModeName()
  const [mode, setMode] = useState<Mode>('on_site')
  const book = useBook((appointment) =>
    navigate({ to: '/appointments/$appointment', params: { appointment: appointment.id } }),
  )
  const taken = takenOf(book.problem)
  if (taken) {
    return (
      <TakenDialog
        taken={taken}
        onClose={onClose}
        onChoose={(next) => {
          book.reset()
          onChoose(next)
        }}
      />
    )
  }
  return (
    <Dialog
      title={t('scheduling.bookTitle')}
      onClose={onClose}
      actions={
        <>
          <Button
            aria-disabled={book.busy}
            onClick={() =>
              book.start({
                doctor: wish.doctor,
                unit: wish.unit,
                start: slot.start,
                minutes: minutesBetween(slot.start, slot.end),
                mode,
                with: wish.with,
              })
            }
          >
            {t('scheduling.bookConfirm')}
          </Button>
          <Button variant="secondary" onClick={onClose}>
            {t('common.cancel')}
          </Button>
        </>
      }
    >
      <p className="book-when">
        <When slot={slot} />
      </p>
      <p>
        {doctor.name}, {doctor.unitName}
      </p>
      <RadioButtonGroup
        labelText={t('scheduling.mode')}
        name="mode"
        value={mode}
        onChange={(value) => setMode(MODES.find((one) => one === value) ?? 'on_site')}
      >
        {MODES.map((one) => (
          <RadioButton key={one} value={one}>
            {modeName(one)}
          </RadioButton>
        ))}
      </RadioButtonGroup>
      <WriteNotice write={book} />
    </Dialog>
  )
}

function TakenDialog({
  taken,
  onChoose,
  onClose,
}: {
  taken: Taken
  onChoose: (slot: Slot) => void
  onClose: () => void
}) {
  const { t } = useTranslation()
  const names = taken.taken.map((one) => one.name).join(', ')
  return (
    <Dialog
      title={t('scheduling.takenTitle')}
      onClose={onClose}
      actions={
        <Button variant="secondary" onClick={onClose}>
          {t('scheduling.otherTimes')}
        </Button>
      }
    >
      <Notice
        kind="warning"
        live
        title={names === '' ? t('scheduling.takenText') : t('scheduling.takenBy', { names })}
      />
      {taken.next.length > 0 && (
        <>
          <h3>{t('scheduling.nextTimes')}</h3>
          <ul className="plain-list stack-small">
            {taken.next.map((slot) => (
              <li key={slot.start}>
                <button type="button" className="time time-long" onClick={() => onChoose(slot)}>
                  <When slot={slot} />
                </button>
              </li>
            ))}
          </ul>
        </>
      )}
    </Dialog>
  )
}
