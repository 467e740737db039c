import { useEffect, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button, Dropdown, DropdownItem, Textarea, TextInput } from 'suomifi-ui-components'
import { DraftStatus } from '../../../shared/drafts/DraftStatus'
import { useDraft } from '../../../shared/drafts/useDraft'
import { useFieldStatus } from '../../../shared/http/useProblemText'
import { DayField } from '../../../shared/ui/DayField'
import { WriteNotice } from '../../../shared/ui/WriteNotice'
import { WarningNotice } from '../../../shared/warnings/WarningNotice'
import { type CaseFile, type Meeting, type Outcome, saveCaseDraft, useSetOutcome } from './api'
import { useActorName } from './names'
import { type OutcomeWords, outcomeDraft, readOutcome } from './words'

const LONGEST = 4_000
const MOST_ACTIONS = 10

type Props = { file: CaseFile; meeting: Meeting; onClose: () => void; onDone: () => void }

/** What a meeting came to: what was decided, who does what, and by when. */
export function OutcomeForm({ file, meeting, onClose, onDone }: Props) {
  const { t } = useTranslation()
  const subject = `outcome.${meeting.appointment}`
  const { state, keeper } = useDraft(subject, meeting.draft ?? { rev: 0, text: '' }, {
    save: saveCaseDraft(subject),
  })
  const before = meeting.outcome
  useEffect(() => {
    if (keeper.read().text === '' && before) keeper.type(outcomeDraft(wordsOf(before)))
  }, [keeper, before])
  const words = readOutcome(state.text)
  const change = (part: Partial<OutcomeWords>) => keeper.type(outcomeDraft({ ...words, ...part }))
  const [asked, setAsked] = useState(false)
  const set = useSetOutcome(
    file.id,
    meeting.appointment,
    () => {
      keeper.submitted()
      onDone()
    },
    () => keeper.release(),
  )
  const fieldStatus = useFieldStatus(set.problem)
  const conflict = state.status.kind === 'conflict'
  const tooLong = words.decided.length - LONGEST
  const decidedWrong =
    tooLong > 0
      ? t('learning.tooLong', { limit: LONGEST, over: tooLong })
      : asked && words.decided.trim() === ''
        ? t('fieldProblems.required')
        : undefined

  async function send() {
    await keeper.hold()
    const { text, status } = keeper.read()
    if (status.kind === 'conflict') {
      keeper.release()
      return
    }
    const { decided, actions, next, nextHow } = readOutcome(text)
    set.start({
      version: before?.version ?? 0,
      decided,
      actions: actions
        .filter((one) => one.what.trim() !== '')
        .map(({ who, what, due }) => ({ who, what, ...(due !== '' && { due }) })),
      nextHow,
      ...(next !== '' && { next }),
    })
  }

  return (
    <form
      className="card stack thumb-fields"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        setAsked(true)
        if (decidedWrong === undefined && words.decided.trim() !== '' && !conflict) void send()
      }}
    >
      <Textarea
        labelText={t('cases.decided')}
        fullWidth
        resize="vertical"
        value={words.decided}
        onChange={(event) => change({ decided: event.target.value })}
        {...(decidedWrong ? { status: 'error', statusText: decidedWrong } : fieldStatus('decided'))}
      />
      <Actions
        meeting={meeting}
        actions={words.actions}
        onActions={(actions) => change({ actions })}
        problem={fieldStatus('actions')}
      />
      <div className="outcome-next">
        <DayField
          key={`next ${state.status.kind === 'conflict'}`}
          label={t('cases.next')}
          day={words.next === '' ? undefined : words.next}
          optional
          onDay={(day) => change({ next: day ?? '' })}
        />
        <TextInput
          labelText={t('cases.nextHow')}
          optionalText={t('common.optional')}
          fullWidth
          maxLength={200}
          value={words.nextHow}
          onChange={(value) => change({ nextHow: String(value ?? '') })}
          {...fieldStatus('nextHow')}
        />
      </div>
      <WarningNotice texts={[words.decided, words.nextHow, ...words.actions.map((one) => one.what)]} />
      <DraftStatus
        state={state}
        keeper={keeper}
        show={(text) => <p className="case-text">{readOutcome(text).decided}</p>}
      />
      <WriteNotice write={set} />
      <div className="row">
        <Button type="submit" aria-disabled={set.busy || conflict}>
          {t('cases.setOutcome')}
        </Button>
        <Button
          variant="secondary"
          onClick={() => {
            void keeper.flush()
            onClose()
          }}
        >
          {t('cases.later')}
        </Button>
      </div>
    </form>
  )
}

type ActionWords = OutcomeWords['actions'][number]

function Actions({
  meeting,
  actions,
  onActions,
  problem,
}: {
  meeting: Meeting
  actions: ActionWords[]
  onActions: (actions: ActionWords[]) => void
  problem: { status: 'error'; statusText: string } | { status: 'default' }
}) {
  const { t } = useTranslation()
  const actorName = useActorName()
  const heading = useId()
  const people = meeting.participants.map((one) => ({
    who: one.person,
    name: `${one.name}, ${actorName(one.role)}`,
  }))
  const others = ['client', 'coordinator', 'doctor', 'professional', 'other'].map((who) => ({
    who,
    name: actorName(who),
  }))
  const first = people[0]?.who ?? 'client'
  const blank = { who: first, what: '', due: '' }
  const shown = actions.length === 0 ? [blank] : actions
  const change = (at: number, part: Partial<ActionWords>) =>
    onActions(shown.map((one, n) => (n === at ? { ...one, ...part } : one)))
  return (
    <section aria-labelledby={heading} className="stack-small">
      <h3 id={heading}>{t('cases.actions')}</h3>
      <ol className="plain-list stack">
        {shown.map((action, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: lines have no name of their own, and stay in their order
          <li key={`${shown.length} ${at}`} className="outcome-action">
            <Dropdown
              labelText={t('cases.who')}
              fullWidth
              value={action.who || first}
              onChange={(who) => change(at, { who })}
            >
              {[...people, ...others].map((one) => (
                <DropdownItem key={one.who} value={one.who}>
                  {one.name}
                </DropdownItem>
              ))}
            </Dropdown>
            <TextInput
              labelText={t('cases.what')}
              fullWidth
              maxLength={500}
              value={action.what}
              onChange={(value) => change(at, { what: String(value ?? '') })}
            />
            <DayField
              label={t('cases.due')}
              day={action.due === '' ? undefined : action.due}
              optional
              onDay={(day) => change(at, { due: day ?? '' })}
            />
            {shown.length > 1 && (
              <Button
                variant="secondaryNoBorder"
                aria-label={t('cases.removeActionNamed', { what: action.what || String(at + 1) })}
                onClick={() => onActions(shown.filter((_, n) => n !== at))}
              >
                {t('cases.removeAction')}
              </Button>
            )}
          </li>
        ))}
      </ol>
      {problem.status === 'error' && <p className="field-problem">{problem.statusText}</p>}
      {shown.length < MOST_ACTIONS && (
        <div>
          <Button variant="secondary" onClick={() => onActions([...shown, blank])}>
            {t('cases.addAction')}
          </Button>
        </div>
      )}
    </section>
  )
}

function wordsOf(outcome: Outcome): OutcomeWords {
  return {
    decided: outcome.decided,
    actions: outcome.actions.map((one) => ({ who: one.who, what: one.what, due: one.due ?? '' })),
    next: outcome.next ?? '',
    nextHow: outcome.nextHow,
  }
}
