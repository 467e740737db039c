import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button, Dropdown, DropdownItem } from 'suomifi-ui-components'
import { dayOf, shortDay } from '../../../shared/dates/dates'
import { useFieldStatus } from '../../../shared/http/useProblemText'
import { useLanguage } from '../../../shared/i18n/i18n'
import type { Language } from '../../../shared/i18n/languages'
import { ConfirmDialog } from '../../../shared/ui/ConfirmDialog'
import { DayField } from '../../../shared/ui/DayField'
import { Empty, Loaded } from '../../../shared/ui/states'
import { WriteNotice } from '../../../shared/ui/WriteNotice'
import { type Absence, type Absences, absencesQuery, useAddAbsence, useEndAbsence } from './api'

/** When somebody is away for days, and who stands in for them meanwhile. */
export function AbsenceSection({ person }: { person: string }) {
  const { t } = useTranslation()
  const [adding, setAdding] = useState(false)
  const query = useQuery(absencesQuery(person))
  return (
    <section className="stack" aria-labelledby="absences">
      <div className="row row-between">
        <h2 id="absences">{t('absences.title')}</h2>
        {!adding && query.data && (
          <Button variant="secondary" onClick={() => setAdding(true)}>
            {t('absences.add')}
          </Button>
        )}
      </div>
      <Loaded query={query}>
        {(data) => (
          <>
            {adding && <AbsenceForm absences={data} onClose={() => setAdding(false)} />}
            {data.absences.length === 0
              ? !adding && (
                  <Empty title={t('absences.none')}>
                    <p>{t('absences.noneHelp')}</p>
                  </Empty>
                )
              : data.absences.length > 0 && <AbsenceList absences={data} />}
          </>
        )}
      </Loaded>
    </section>
  )
}

const NOBODY = 'nobody'

function AbsenceForm({ absences, onClose }: { absences: Absences; onClose: () => void }) {
  const { t } = useTranslation()
  const [from, setFrom] = useState<string | undefined>(dayOf(new Date()))
  const [until, setUntil] = useState<string>()
  const [deputy, setDeputy] = useState(absences.deputies[0]?.person ?? NOBODY)
  const [asked, setAsked] = useState(false)
  const add = useAddAbsence(absences.person, onClose)
  const fieldStatus = useFieldStatus(add.problem)
  const ordered = !from || !until || from <= until
  const untilWrong = !asked
    ? undefined
    : !until
      ? t('fieldProblems.required')
      : ordered
        ? undefined
        : t('problems.ends_before_start')

  return (
    <form
      className="card hours-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        setAsked(true)
        if (from && until && ordered) {
          add.start({ from, until, ...(deputy !== NOBODY && { deputy }) })
        }
      }}
    >
      <DayField label={t('absences.from')} day={from} onDay={setFrom} />
      <DayField
        label={t('absences.until')}
        day={until}
        onDay={setUntil}
        {...(untilWrong && { wrong: untilWrong })}
      />
      <Dropdown
        labelText={t('absences.deputy')}
        fullWidth
        value={deputy}
        onChange={setDeputy}
        {...fieldStatus('deputy')}
      >
        {[...absences.deputies, { person: NOBODY, name: t('absences.nobody') }].map((one) => (
          <DropdownItem key={one.person} value={one.person}>
            {one.name}
          </DropdownItem>
        ))}
      </Dropdown>
      <div className="hours-form-end">
        <p className="quiet">{t(deputy === NOBODY ? 'absences.nobodyHelp' : 'absences.deputyHelp')}</p>
        <WriteNotice write={add} />
        <div className="row">
          <Button type="submit" aria-disabled={add.busy}>
            {t('common.save')}
          </Button>
          <Button variant="secondary" onClick={onClose}>
            {t('common.cancel')}
          </Button>
        </div>
      </div>
    </form>
  )
}

function AbsenceList({ absences }: { absences: Absences }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const [ending, setEnding] = useState<Absence>()
  const stop = () => setEnding(undefined)
  const end = useEndAbsence(absences.person, stop)
  const begun = ending !== undefined && ending.from <= dayOf(new Date())
  return (
    <>
      <ul className="plain-list hours-list">
        {absences.absences.map((one) => (
          <li key={one.id} className="hours-line">
            <span className="hours-day">{daysText(one, language)}</span>
            <span className="hours-more">
              {one.deputy
                ? t('absences.deputyIs', { name: one.deputyName || t('absences.gone') })
                : t('absences.nobody')}
              {one.appointments.length > 0 && (
                <span className="quiet">{t('absences.booked', { count: one.appointments.length })}</span>
              )}
            </span>
            <Button
              variant="secondaryNoBorder"
              onClick={() => setEnding(one)}
              aria-label={t('absences.endNamed', { days: daysText(one, language) })}
            >
              {t('absences.end')}
            </Button>
          </li>
        ))}
      </ul>
      {ending && (
        <ConfirmDialog
          title={t('absences.endTitle', { days: daysText(ending, language) })}
          text={t(begun ? 'absences.endText' : 'absences.takeBackText')}
          confirm={t('absences.end')}
          write={end}
          onConfirm={() => end.start(ending.id)}
          onClose={stop}
        />
      )}
    </>
  )
}

export function daysText(one: { from: string; until: string }, language: Language): string {
  const from = shortDay(one.from, language)
  return one.from === one.until ? from : `${from}–${shortDay(one.until, language)}`
}
