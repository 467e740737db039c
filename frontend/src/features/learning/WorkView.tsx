import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button, RadioButton, RadioButtonGroup, TextInput } from 'suomifi-ui-components'
import { dayOf } from '../../shared/dates/dates'
import { useDraft } from '../../shared/drafts/useDraft'
import { useFieldStatus } from '../../shared/http/useProblemText'
import { DayField } from '../../shared/ui/DayField'
import { Prose } from '../../shared/ui/Prose'
import { Notice } from '../../shared/ui/states'
import type { Activity, ActivityViewProps } from './api'
import { DraftedText, LONGEST, wrongText } from './DraftedText'
import { FormEnd } from './FormEnd'
import { GoOn } from './GoOn'
import { SavedNotice } from './SavedNotice'
import { ShareField } from './ShareField'
import { TriedText } from './TriedText'
import { momentOf, type OneTry, type Step, type Use, useStep, type Went, type Work } from './writings'

const WENTS = ['worked', 'partly', 'failed', 'not_tried'] as const satisfies readonly Went[]
const USES = ['yes', 'partly', 'no'] as const satisfies readonly Use[]

/** Something to try at work: planned, told of, and looked at again 30 and 90 days later. */
export function WorkView({ activity, reload }: ActivityViewProps) {
  return activity.work && <Trying activity={activity} work={activity.work} reload={reload} />
}

function Trying({ activity, work, reload }: ActivityViewProps & { work: Work }) {
  const { t } = useTranslation()
  const [form, setForm] = useState<'replan' | 'again'>()
  const newest = work.tries.at(-1)
  const open = newest?.try.followUps.find((one) => one.open)
  const [saved, setSaved] = useState(0)
  const done = () =>
    reload().finally(() => {
      setForm(undefined)
      setSaved((times) => times + 1)
    })
  const forms = { activity, onDone: done }
  const planning = newest === undefined || form === 'again' || newest.try.went === 'not_tried'
  const earlier = work.tries.slice(0, -1)
  return (
    <>
      <Prose html={activity.html} language={activity.language} />
      {newest && form !== 'replan' && (
        <section className="stack" aria-label={t('tries.yourPlan')}>
          {saved > 0 && form === undefined && (
            <SavedNotice
              key={saved}
              isNew
              title={t(newest.try.toldAt === undefined ? 'tries.planSaved' : 'tries.saved')}
            >
              {newest.try.toldAt === undefined && (
                <>
                  <p>{t('tries.planSavedHelp')}</p>
                  <div>
                    <GoOn activity={activity} secondary />
                  </div>
                </>
              )}
            </SavedNotice>
          )}
          <TriedText one={newest} />
          {newest.try.went === 'not_tried' && (
            <Notice kind="info" title={t('tries.again')}>
              <p>{t('tries.notTried')}</p>
            </Notice>
          )}
          {newest.try.toldAt === undefined && (
            <div>
              <Button variant="secondary" onClick={() => setForm('replan')}>
                {t('tries.changePlan')}
              </Button>
            </div>
          )}
        </section>
      )}
      {form === 'replan' && newest && <PlanForm key="replan" {...forms} before={newest} replan />}
      {planning && <PlanForm key="plan" {...forms} before={newest} />}
      {newest && newest.try.toldAt === undefined && form === undefined && (
        <StoryForm key="story" {...forms} one={newest} />
      )}
      {newest && open && form === undefined && (
        <LaterForm key="later" {...forms} one={newest} days={open.days} />
      )}
      {newest?.try.toldAt && !planning && !open && (
        <div className="row">
          <GoOn activity={activity} />
          <Button variant="secondary" onClick={() => setForm('again')}>
            {t('tries.again')}
          </Button>
        </div>
      )}
      {newest && (
        <ShareField course={activity.course} activity={activity.id} sharing={work.sharing} reload={reload} />
      )}
      {earlier.length > 0 && (
        <details className="card">
          <summary>{t('tries.earlier')}</summary>
          {earlier.map((one) => (
            <TriedText key={one.try.id} one={one} />
          ))}
        </details>
      )}
    </>
  )
}

type FormProps = { activity: Activity; onDone: () => unknown }

/** The main text of a form is a draft; the rest of a form is a tap or two. before is when the text was written that it changes. */
function useForm({ activity, onDone }: FormProps, startWith: string, before?: string) {
  const { state, keeper } = useDraft(`${activity.course}.${activity.id}`, activity.draft)
  // As the person had it before them when they began, whatever is read anew meanwhile.
  const [over] = useState(() => momentOf(before))
  useEffect(() => {
    if (keeper.read().text === '' && startWith !== '') keeper.type(startWith)
  }, [keeper, startWith])
  const step = useStep(
    { course: activity.course, activity: activity.id },
    () => {
      keeper.submitted()
      return onDone()
    },
    () => keeper.release(),
    () => keeper.submitted(),
  )
  const status = useFieldStatus(step.problem)
  const [asked, setAsked] = useState(false)

  async function send(ready: boolean, make: (text: string) => Step) {
    setAsked(true)
    if (!ready || state.text.trim().length > LONGEST || state.status.kind === 'conflict') return
    await keeper.hold()
    const { text, status: held } = keeper.read()
    if (held.kind === 'conflict') keeper.release()
    else step.start(make(text.trim()))
  }

  return { state, keeper, step, status, asked, over, send, empty: state.text.trim() === '' }
}

function PlanForm({
  before,
  replan = false,
  ...props
}: FormProps & { before: OneTry | undefined; replan?: boolean }) {
  const { t } = useTranslation()
  const form = useForm(
    props,
    before?.what ?? '',
    replan ? (before?.try.replannedAt ?? before?.try.plannedAt) : undefined,
  )
  const [who, setWho] = useState(before?.with ?? '')
  const [by, setBy] = useState(replan ? before?.try.by : undefined)
  return (
    <form
      className="card stack"
      noValidate
      aria-label={t('tries.plan')}
      onSubmit={(event) => {
        event.preventDefault()
        void form.send(!form.empty && by !== undefined, (what) =>
          replan && before
            ? { kind: 'replan', try: before.try.id, what, with: who.trim(), by: by ?? '', over: form.over }
            : { kind: 'plan', what, with: who.trim(), by: by ?? '' },
        )
      }}
    >
      <h2>{t('tries.plan')}</h2>
      <DraftedText
        label={t('tries.what')}
        hint={t('tries.hint')}
        wrong={form.asked && form.empty ? t('tries.fill') : wrongText(form.status('what'))}
        state={form.state}
        keeper={form.keeper}
      />
      <TextInput
        labelText={t('tries.with')}
        hintText={t('tries.withHint')}
        optionalText={t('common.optional')}
        fullWidth
        maxLength={500}
        value={who}
        onChange={(value) => setWho(String(value ?? ''))}
        {...form.status('with')}
      />
      <DayField
        label={t('tries.by')}
        day={by}
        onDay={setBy}
        wrong={form.asked && by === undefined ? t('tries.chooseDay') : (wrongText(form.status('by')) ?? '')}
      />
      <FormEnd course={props.activity.course} write={form.step} draft={form.state}>
        <Button type="submit" aria-disabled={form.step.busy}>
          {t('tries.savePlan')}
        </Button>
      </FormEnd>
    </form>
  )
}

function StoryForm({ one, ...props }: FormProps & { one: OneTry }) {
  const { t } = useTranslation()
  const form = useForm(props, '')
  const [went, setWent] = useState<Went>()
  const [on, setOn] = useState<string | undefined>(dayOf(new Date()))
  const needsDay = went !== 'not_tried'
  return (
    <form
      className="card stack"
      noValidate
      aria-label={t('tries.tell')}
      onSubmit={(event) => {
        event.preventDefault()
        void form.send(!form.empty && went !== undefined && (!needsDay || on !== undefined), (text) => ({
          kind: 'story',
          try: one.try.id,
          went: went ?? 'not_tried',
          ...(needsDay && on !== undefined && { on }),
          text,
          over: form.over,
        }))
      }}
    >
      <h2>{t('tries.tell')}</h2>
      <RadioButtonGroup
        labelText={t('tries.went')}
        name="went"
        value={went ?? ''}
        onChange={(value) => setWent(WENTS.find((each) => each === value))}
        {...(form.asked &&
          went === undefined && { groupStatus: 'error', groupStatusText: t('tries.chooseOne') })}
      >
        {WENTS.map((each) => (
          <RadioButton key={each} value={each}>
            {t(`tries.wents.${each}`)}
          </RadioButton>
        ))}
      </RadioButtonGroup>
      {needsDay && (
        <DayField label={t('tries.on')} day={on} onDay={setOn} wrong={wrongText(form.status('on')) ?? ''} />
      )}
      <DraftedText
        label={needsDay ? t('tries.story') : t('tries.notTriedStory')}
        hint={t('tries.hint')}
        wrong={form.asked && form.empty ? t('tries.fill') : wrongText(form.status('text'))}
        state={form.state}
        keeper={form.keeper}
      />
      <FormEnd course={props.activity.course} write={form.step} draft={form.state}>
        <Button type="submit" aria-disabled={form.step.busy}>
          {t('tries.saveStory')}
        </Button>
      </FormEnd>
    </form>
  )
}

function LaterForm({ one, days, ...props }: FormProps & { one: OneTry; days: number }) {
  const { t } = useTranslation()
  const form = useForm(props, '')
  const [use, setUse] = useState<Use>()
  return (
    <form
      className="card stack"
      noValidate
      aria-label={t('tries.laterTitle')}
      onSubmit={(event) => {
        event.preventDefault()
        void form.send(use !== undefined, (text) => ({
          kind: 'later',
          try: one.try.id,
          days,
          use: use ?? 'no',
          text,
          over: form.over,
        }))
      }}
    >
      <h2>{t('tries.laterTitle')}</h2>
      <RadioButtonGroup
        labelText={t('tries.laterQuestion', { count: days })}
        name="use"
        value={use ?? ''}
        onChange={(value) => setUse(USES.find((each) => each === value))}
        {...(form.asked &&
          use === undefined && { groupStatus: 'error', groupStatusText: t('tries.chooseOne') })}
      >
        {USES.map((each) => (
          <RadioButton key={each} value={each}>
            {t(`tries.uses.${each}`)}
          </RadioButton>
        ))}
      </RadioButtonGroup>
      <DraftedText
        label={t('tries.laterText')}
        hint={t('tries.hint')}
        wrong={wrongText(form.status('text'))}
        state={form.state}
        keeper={form.keeper}
      />
      <FormEnd course={props.activity.course} write={form.step} draft={form.state}>
        <Button type="submit" aria-disabled={form.step.busy}>
          {t('tries.answer')}
        </Button>
      </FormEnd>
    </form>
  )
}
