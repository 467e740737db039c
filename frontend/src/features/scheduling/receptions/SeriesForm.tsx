import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import {
  Button,
  Checkbox,
  CheckboxGroup,
  Dropdown,
  DropdownItem,
  RadioButton,
  RadioButtonGroup,
} from 'suomifi-ui-components'
import { addDays, dayOf, readClock, weekdayDay } from '../../../shared/dates/dates'
import { useLanguage } from '../../../shared/i18n/i18n'
import { ClockField } from '../../../shared/ui/ClockField'
import { DayField } from '../../../shared/ui/DayField'
import { Loaded, Notice } from '../../../shared/ui/states'
import { WriteNotice } from '../../../shared/ui/WriteNotice'
import { LENGTHS } from '../lengths'
import { resourcesQuery } from '../resources/api'
import { UnitField } from '../UnitField'
import { type PlannedDay, planQuery, type Receptions, type Series, usePlan } from './api'
import { chosenAtFirst, clashText, fitting } from './words'

const REPEATS = ['once', 'week', 'month'] as const
type Repeat = (typeof REPEATS)[number]
const INTERVALS = [1, 2, 3, 4, 6, 8]
const ALL = 'all'
const NO_ROOM = 'none'
const MOST_PLACES = 50

type Props = {
  person: string
  units: { id: string; name: string }[]
  onClose: () => void
  onPlanned: (receptions: Receptions) => void
}

/** A series of joint receptions: what they are like, then the days with what stands in the way, then published. */
export function SeriesForm({ person, units, onClose, onPlanned }: Props) {
  const { t } = useTranslation()
  const [unit, setUnit] = useState(units[0]?.id ?? '')
  const [first, setFirst] = useState<string | undefined>(addDays(dayOf(new Date()), 7))
  const [from, setFrom] = useState('9.00')
  const [to, setTo] = useState('12.00')
  const [minutes, setMinutes] = useState('45')
  const [places, setPlaces] = useState(ALL)
  const [room, setRoom] = useState(NO_ROOM)
  const [repeat, setRepeat] = useState<Repeat>('once')
  const [interval, setInterval] = useState('1')
  const [until, setUntil] = useState<string | undefined>(addDays(dayOf(new Date()), 182))
  const [overruled, setOverruled] = useState<Record<string, boolean>>({})
  const [asked, setAsked] = useState(false)
  const rooms = (useQuery(resourcesQuery).data?.resources ?? []).filter(
    (one) => one.kind === 'room' && one.unit === unit,
  )

  const start = readClock(from)
  const end = readClock(to)
  const fits = start && end ? Math.min(MOST_PLACES, fitting(start, end, Number(minutes))) : 0
  const wrongEnd =
    start && end && start >= end
      ? t('problems.ends_before_start')
      : start && end && fits === 0
        ? t('receptions.tooShort')
        : undefined
  const last = repeat === 'once' ? first : until
  const wrongUntil =
    repeat !== 'once' && first && until && until < first ? t('problems.ends_before_start') : undefined
  const series: Series | undefined =
    start && end && fits > 0 && first && last && !wrongUntil
      ? {
          unit,
          from: start,
          to: end,
          minutes: Number(minutes),
          ...(room !== NO_ROOM && { room }),
          first,
          until: last,
          every: repeat === 'month' ? 'month' : 'week',
          interval: repeat === 'once' ? 1 : Number(interval),
        }
      : undefined
  const query = useQuery(planQuery(person, series))
  const days = series ? (query.data?.days ?? []) : []
  const chosen = days.filter((day) => day.possible && (overruled[day.date] ?? chosenAtFirst(day)))
  const plan = usePlan(person, onPlanned)

  function send() {
    setAsked(true)
    if (!series || query.isPlaceholderData || chosen.length === 0) return
    plan.start({
      unit,
      from: series.from,
      to: series.to,
      minutes: series.minutes,
      places: places === ALL ? fits : Math.min(Number(places), fits),
      ...(series.room && { room: series.room }),
      dates: chosen.map((day) => day.date),
    })
  }

  return (
    <form
      className="card hours-form"
      noValidate
      aria-label={t('receptions.add')}
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
    >
      <UnitField
        units={units}
        value={unit}
        onChange={(value) => {
          setUnit(value)
          setRoom(NO_ROOM)
        }}
      />
      <DayField
        label={t('receptions.first')}
        day={first}
        onDay={setFirst}
        {...(asked && first === undefined && { wrong: t('fieldProblems.date') })}
      />
      <ClockField label={t('hours.from')} value={from} onChange={setFrom} />
      <ClockField label={t('hours.to')} value={to} onChange={setTo} {...(wrongEnd && { wrong: wrongEnd })} />
      <Dropdown labelText={t('scheduling.length')} fullWidth value={minutes} onChange={setMinutes}>
        {LENGTHS.map((length) => (
          <DropdownItem key={length} value={String(length)}>
            {t('common.minutes', { count: length })}
          </DropdownItem>
        ))}
      </Dropdown>
      <Dropdown
        // What fits is part of the name of a choice, which the list keeps as it was first shown.
        key={`places ${fits}`}
        labelText={t('receptions.places')}
        fullWidth
        value={places !== ALL && Number(places) < fits ? places : ALL}
        onChange={setPlaces}
      >
        {[ALL, ...Array.from({ length: Math.max(0, fits - 1) }, (_, at) => String(at + 1))].map((one) => (
          <DropdownItem key={one} value={one}>
            {one === ALL ? t('receptions.allPlaces', { places: fits }) : one}
          </DropdownItem>
        ))}
      </Dropdown>
      {rooms.length > 0 && (
        <Dropdown labelText={t('receptions.room')} fullWidth value={room} onChange={setRoom}>
          {[{ id: NO_ROOM, name: t('receptions.noRoom') }, ...rooms].map((one) => (
            <DropdownItem key={one.id} value={one.id}>
              {one.name}
            </DropdownItem>
          ))}
        </Dropdown>
      )}
      <RadioButtonGroup
        labelText={t('receptions.repeat')}
        name="repeat"
        value={repeat}
        onChange={(value) => setRepeat(REPEATS.find((one) => one === value) ?? 'once')}
      >
        {REPEATS.map((one) => (
          <RadioButton key={one} value={one}>
            {t(`receptions.repeats.${one}`)}
          </RadioButton>
        ))}
      </RadioButtonGroup>
      {repeat !== 'once' && (
        <>
          <Dropdown
            key={repeat}
            labelText={t('receptions.interval')}
            fullWidth
            value={interval}
            onChange={setInterval}
          >
            {INTERVALS.map((one) => (
              <DropdownItem key={one} value={String(one)}>
                {t(`receptions.every.${repeat}`, { count: one })}
              </DropdownItem>
            ))}
          </Dropdown>
          <DayField
            label={t('receptions.until')}
            day={until}
            onDay={setUntil}
            {...(wrongUntil && { wrong: wrongUntil })}
          />
        </>
      )}
      {series && (
        <div className="plan-days">
          <Loaded query={query}>
            {() => (
              <Days
                days={days}
                chosen={chosen}
                none={asked && chosen.length === 0}
                onChoose={(date, on) => setOverruled({ ...overruled, [date]: on })}
              />
            )}
          </Loaded>
        </div>
      )}
      <div className="hours-form-end">
        <WriteNotice write={plan} />
        <div className="row">
          <Button type="submit" aria-disabled={plan.busy || query.isFetching}>
            {chosen.length > 0
              ? t('receptions.publish', { count: chosen.length })
              : t('receptions.publishNone')}
          </Button>
          <Button variant="secondary" onClick={onClose}>
            {t('common.cancel')}
          </Button>
        </div>
      </div>
    </form>
  )
}

type DaysProps = {
  days: PlannedDay[]
  chosen: PlannedDay[]
  none: boolean
  onChoose: (date: string, on: boolean) => void
}

function Days({ days, chosen, none, onChoose }: DaysProps) {
  const { t } = useTranslation()
  const language = useLanguage()
  return (
    <div className="stack-small">
      <CheckboxGroup
        labelText={t('receptions.days')}
        groupHintText={t('receptions.daysHint')}
        {...(none && { groupStatus: 'error', groupStatusText: t('receptions.chooseDay') })}
      >
        {days.map((day) => (
          <Checkbox
            key={day.date}
            checked={chosen.includes(day)}
            disabled={!day.possible}
            onClick={({ checkboxState }) => onChoose(day.date, checkboxState)}
            {...(day.clashes.length > 0 && { hintText: clashText(t, day.clashes) })}
          >
            {weekdayDay(day.date, language)}
          </Checkbox>
        ))}
      </CheckboxGroup>
      {days.length > 0 && chosen.length < days.length && (
        <Notice title={t('receptions.leftOut', { count: days.length - chosen.length })} />
      )}
    </div>
  )
}
