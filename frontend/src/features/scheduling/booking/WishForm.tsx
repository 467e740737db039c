import { type RefObject, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button, Dropdown, DropdownItem } from 'suomifi-ui-components'
import { weekdayDay } from '../../../shared/dates/dates'
import { useLanguage } from '../../../shared/i18n/i18n'
import { DayField } from '../../../shared/ui/DayField'
import { type Doctor, MODES } from '../api'
import { AwayNotice } from '../deputies/StandIn'
import { LENGTHS } from '../lengths'
import { useModeName } from '../names'
import type { Guest } from './api'
import { Choices } from './Choices'
import { NeverField } from './NeverField'
import { SeatsField } from './SeatsField'
import type { Search } from './search'
import { practicesOf, searchOf, type Wish } from './wish'

const OWN = 'own'
const ANY = 'any'

type Props = {
  doctors: readonly Doctor[]
  wish: Wish
  guests: readonly Guest[]
  onGuests: (guests: Guest[]) => void
  /** What changes in the address; said as a function where it depends on what stands there. */
  onChange: (part: Search | ((before: Search) => Search)) => void
}

/**
 * What to look for. Every change shows at once in the list of times, and in the page's address. A phone shows what is
 * looked for in a few words, and the form when asked: the times themselves are what one came for.
 */
export function WishForm({ doctors, wish, guests, onGuests, onChange }: Props) {
  const { t } = useTranslation()
  const modeName = useModeName()
  const [open, setOpen] = useState(false)
  const opener = useRef<HTMLButtonElement>(null)
  return (
    <div className={open ? 'wish wish-open' : 'wish'}>
      <Summary {...{ doctors, wish, guests, open, opener }} onOpen={() => setOpen(!open)} />
      <AwayNotice
        doctor={doctors.find((one) => one.person === wish.doctor && one.unit === wish.unit)}
        sends="time"
      />
      <form
        className="card wish-form thumb-fields"
        id="wish-form"
        aria-label={t('booking.wish')}
        onSubmit={(event) => event.preventDefault()}
      >
        <DoctorField doctors={doctors} wish={wish} onChange={onChange} />
        <Choices
          legend={t('scheduling.mode')}
          value={wish.mode}
          options={MODES.map((mode) => ({ value: mode, text: modeName(mode) }))}
          onChange={(mode) => onChange({ mode: mode === 'on_site' ? undefined : mode })}
        />
        <Choices
          legend={t('scheduling.length')}
          hint={t('booking.ownLengthHint')}
          value={wish.minutes === undefined ? OWN : String(wish.minutes)}
          options={[OWN, ...LENGTHS].map((length) => ({
            value: String(length),
            text: length === OWN ? t('booking.ownLength') : t('booking.minutes', { minutes: length }),
          }))}
          onChange={(minutes) => onChange({ minutes: minutes === OWN ? undefined : minutes })}
        />
        <div className="wish-days">
          <DayField
            key={`from ${wish.from}`}
            label={t('scheduling.from')}
            day={wish.from}
            onDay={(from) => onChange({ from, to: undefined })}
          />
          <DayField
            key={`to ${wish.to}`}
            label={t('scheduling.to')}
            day={wish.to}
            onDay={(to) => onChange({ to })}
          />
        </div>
        <SeatsField
          unit={wish.unit}
          seats={wish.seats}
          guests={guests}
          onSeats={(seats) => onChange((before) => searchOf({ seats }, before))}
          onGuests={onGuests}
        />
        <NeverField
          never={wish.never}
          onChange={(never) => onChange((before) => searchOf({ never }, before))}
        />
        <div className="wish-done">
          <Button
            fullWidth
            onClick={() => {
              setOpen(false)
              opener.current?.focus()
            }}
          >
            {t('booking.showTimes')}
          </Button>
        </div>
      </form>
    </div>
  )
}

function DoctorField({ doctors, wish, onChange }: Pick<Props, 'doctors' | 'wish' | 'onChange'>) {
  const { t } = useTranslation()
  const practices = practicesOf(doctors)
  return (
    <Dropdown
      labelText={t('roles.doctor')}
      fullWidth
      value={`${wish.doctor ?? ANY} ${wish.unit}`}
      onChange={(value) => {
        const [doctor, unit] = value.split(' ')
        onChange({ doctor: doctor === ANY ? undefined : doctor, unit })
      }}
    >
      {practices.flatMap(({ unit, unitName, doctors: all }) => [
        ...(all.length > 1
          ? [
              <DropdownItem key={`${ANY} ${unit}`} value={`${ANY} ${unit}`}>
                {t('booking.anyDoctor', { unit: unitName })}
              </DropdownItem>,
            ]
          : []),
        ...all.map((doctor) => (
          <DropdownItem key={`${doctor.person} ${unit}`} value={`${doctor.person} ${unit}`}>
            {practices.length > 1 ? `${doctor.name}, ${unitName}` : doctor.name}
          </DropdownItem>
        )),
      ])}
    </Dropdown>
  )
}

/** The wish in a few words, on a phone. */
function Summary({
  doctors,
  wish,
  guests,
  open,
  opener,
  onOpen,
}: Pick<Props, 'doctors' | 'wish' | 'guests'> & {
  open: boolean
  opener: RefObject<HTMLButtonElement | null>
  onOpen: () => void
}) {
  const { t } = useTranslation()
  const language = useLanguage()
  const modeName = useModeName()
  const doctor = doctors.find((one) => one.person === wish.doctor && one.unit === wish.unit)
  const unitName = doctors.find((one) => one.unit === wish.unit)?.unitName ?? ''
  const others = wish.seats.length + guests.length
  const more = [
    modeName(wish.mode),
    wish.minutes === undefined ? undefined : t('booking.minutes', { minutes: wish.minutes }),
    // Such a span parts at its dash alone.
    [wish.from, wish.to].map((day) => weekdayDay(day, language).replace(' ', '\u00a0')).join('–'),
    others > 0 ? t('booking.summaryWith', { count: others }) : undefined,
    wish.never.length > 0 ? t('booking.summaryNever', { count: wish.never.length }) : undefined,
  ].filter(Boolean)
  return (
    <div className="wish-summary">
      <p>
        <strong>{doctor ? doctor.name : t('booking.anyDoctor', { unit: unitName })}</strong>
        <span className="quiet">{more.join(' · ')}</span>
      </p>
      <button
        type="button"
        ref={opener}
        className="wish-change"
        aria-expanded={open}
        aria-controls="wish-form"
        onClick={onOpen}
      >
        {open ? t('booking.showTimes') : t('booking.changeWish')}
      </button>
    </div>
  )
}
