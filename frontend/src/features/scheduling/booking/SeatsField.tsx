import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from 'suomifi-ui-components'
import type { Guest } from './api'
import { SeatDialog } from './SeatDialog'
import { useSeatName } from './seatNames'
import { isSame, type Seat, seatText } from './seats'

type Props = {
  unit: string
  seats: readonly Seat[]
  guests: readonly Guest[]
  /** Says how they change, not what they become: a second tap may come before the first one shows. */
  onSeats: (change: (seats: readonly Seat[]) => Seat[]) => void
  onGuests: (guests: Guest[]) => void
}

/** Who comes besides the doctor and oneself. */
export function SeatsField({ unit, seats, guests, onSeats, onGuests }: Props) {
  const { t } = useTranslation()
  const [adding, setAdding] = useState(false)
  const nameOf = useSeatName()
  return (
    <fieldset className="choices">
      <legend>{t('booking.who')}</legend>
      <p className="quiet">{t('booking.whoHint')}</p>
      {seats.length + guests.length > 0 && (
        <ul className="plain-list stack-small">
          {seats.map((seat) => (
            <li key={seatText(seat)} className="seat">
              <span>
                <strong>{nameOf(seat)}</strong>
                <button
                  type="button"
                  className="seat-must"
                  aria-pressed={!seat.optional}
                  onClick={() =>
                    onSeats((before) =>
                      before.map((one) => (isSame(one, seat) ? { ...one, optional: !seat.optional } : one)),
                    )
                  }
                >
                  {seat.optional ? t('booking.optional') : t('booking.required')}
                </button>
              </span>
              <Remove
                name={nameOf(seat)}
                onRemove={() => onSeats((before) => before.filter((one) => !isSame(one, seat)))}
              />
            </li>
          ))}
          {guests.map((guest) => (
            <li key={guest.email} className="seat">
              <span>
                <strong>{guest.name}</strong>
                <span className="quiet">
                  {t(`booking.guestRoles.${guest.role}`)}, {guest.email}
                </span>
              </span>
              <Remove name={guest.name} onRemove={() => onGuests(guests.filter((one) => one !== guest))} />
            </li>
          ))}
        </ul>
      )}
      {guests.length > 0 && <p className="quiet">{t('booking.guestsStay')}</p>}
      <div>
        <Button variant="secondary" onClick={() => setAdding(true)}>
          {t('booking.addSeat')}
        </Button>
      </div>
      {adding && (
        <SeatDialog
          unit={unit}
          taken={seats.flatMap((seat) => seat.any)}
          onClose={() => setAdding(false)}
          onSeats={(more) => {
            onSeats((before) => [...before, ...more])
            setAdding(false)
          }}
          onGuest={(guest) => {
            onGuests([...guests.filter((one) => one.email !== guest.email), guest])
            setAdding(false)
          }}
        />
      )}
    </fieldset>
  )
}

function Remove({ name, onRemove }: { name: string; onRemove: () => void }) {
  const { t } = useTranslation()
  return (
    <button
      type="button"
      className="seat-remove"
      aria-label={t('booking.removeSeat', { name })}
      onClick={onRemove}
    >
      <span aria-hidden="true">×</span>
    </button>
  )
}
