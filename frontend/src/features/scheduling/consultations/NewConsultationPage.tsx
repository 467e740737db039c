import { useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button, Dropdown, DropdownItem } from 'suomifi-ui-components'
import { DraftStatus } from '../../../shared/drafts/DraftStatus'
import type { Saved } from '../../../shared/drafts/keeper'
import { useDraft } from '../../../shared/drafts/useDraft'
import { Page } from '../../../shared/ui/Page'
import { Empty, Loaded } from '../../../shared/ui/states'
import { WriteNotice } from '../../../shared/ui/WriteNotice'
import { type Doctor, doctorsQuery } from '../api'
import { type CaseFile, caseDraftQuery, caseQuery, saveCaseDraft } from '../cases/api'
import { isWhole, QuestionFields } from '../cases/QuestionFields'
import { questionDraft, readQuestion } from '../cases/words'
import { AwayNotice } from '../deputies/StandIn'
import { repliesQuery, useAsk } from './api'

const route = getRouteApi('/in/consultations/new')
const SUBJECT = 'consultation.new'

/** A question to a doctor, in writing. */
export function NewConsultationPage() {
  const { t } = useTranslation()
  const { case: id } = route.useSearch()
  const doctors = useQuery(doctorsQuery)
  const draft = useQuery(caseDraftQuery(SUBJECT))
  const file = useQuery({ ...caseQuery(id ?? ''), enabled: id !== undefined })
  return (
    <Page
      title={t('consultations.new')}
      width="text"
      back={{ to: '/consultations', text: t('consultations.title') }}
      lead={
        file.data
          ? t('consultations.forCase', { reference: file.data.reference })
          : t('consultations.newLead')
      }
    >
      <Loaded query={doctors}>
        {({ doctors: all }) =>
          all.length === 0 ? (
            <Empty title={t('scheduling.noDoctors')}>
              <p>{t('scheduling.noDoctorsHelp')}</p>
            </Empty>
          ) : (
            <Loaded query={draft}>
              {(saved) =>
                id === undefined ? (
                  <Form doctors={all} saved={saved} />
                ) : (
                  <Loaded query={file}>{(data) => <Form doctors={all} saved={saved} file={data} />}</Loaded>
                )
              }
            </Loaded>
          )
        }
      </Loaded>
    </Page>
  )
}

function Form({ doctors, saved, file }: { doctors: Doctor[]; saved: Saved; file?: CaseFile }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const [asked, setAsked] = useState(false)
  const [to, setTo] = useState(() => choices(doctors)[0]?.value ?? '')
  const { state, keeper } = useDraft(SUBJECT, saved, { save: saveCaseDraft(SUBJECT) })
  const words = readQuestion(state.text)
  const replies = useQuery(repliesQuery)
  const [unit = '', doctor = ''] = to.split(' ')
  const target = replies.data?.units.find((one) => one.unit === unit)?.target
  const needsConsent = !file?.consents.some((one) => one.use === 'written_consultation' && one.holds)
  const ask = useAsk(
    (made) => {
      keeper.submitted()
      return navigate({
        to: '/consultations/$consultation',
        params: { consultation: made.id },
        replace: true,
      })
    },
    () => keeper.release(),
  )
  const conflict = state.status.kind === 'conflict'

  async function send() {
    await keeper.hold()
    const { text, status } = keeper.read()
    if (status.kind === 'conflict') keeper.release()
    else {
      ask.start({
        unit,
        ...(doctor !== '' && { doctor }),
        ...(file && { case: file.id }),
        ...readQuestion(text),
      })
    }
  }

  return (
    <form
      className="stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        setAsked(true)
        if (isWhole(words, needsConsent) && !conflict) void send()
      }}
    >
      <Dropdown
        labelText={t('consultations.to')}
        hintText={target === undefined ? undefined : t('consultations.target', { count: target })}
        fullWidth
        value={to}
        onChange={setTo}
      >
        {choices(doctors).map((one) => (
          <DropdownItem key={one.value} value={one.value}>
            {one.name === undefined
              ? t('consultations.anyOf', { unit: one.unitName })
              : `${one.name}, ${one.unitName}`}
          </DropdownItem>
        ))}
      </Dropdown>
      <AwayNotice
        doctor={doctors.find((one) => one.unit === unit && one.person === doctor)}
        sends="question"
      />
      <QuestionFields
        words={words}
        onWords={(changed) => keeper.type(questionDraft(changed))}
        consent={needsConsent ? t('cases.consentWritten') : undefined}
        asked={asked}
        problem={ask.problem}
      />
      <DraftStatus
        state={state}
        keeper={keeper}
        show={(text) => <p className="case-text">{readQuestion(text).asked}</p>}
      />
      <WriteNotice write={ask} />
      <div>
        <Button type="submit" aria-disabled={ask.busy || conflict}>
          {t('consultations.sendQuestion')}
        </Button>
      </div>
    </form>
  )
}

/** Any doctor of a unit first, then each by name. */
function choices(doctors: Doctor[]): { value: string; name?: string; unitName: string }[] {
  const units = new Map(doctors.map((one) => [one.unit, one.unitName]))
  return [...units].flatMap(([unit, unitName]) => [
    { value: unit, unitName },
    ...doctors
      .filter((one) => one.unit === unit)
      .map((one) => ({ value: `${unit} ${one.person}`, name: one.name, unitName })),
  ])
}
