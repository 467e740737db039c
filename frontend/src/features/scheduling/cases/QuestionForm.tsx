import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from 'suomifi-ui-components'
import { DraftStatus } from '../../../shared/drafts/DraftStatus'
import { useDraft } from '../../../shared/drafts/useDraft'
import { WriteNotice } from '../../../shared/ui/WriteNotice'
import { type CaseFile, caseQuery, KINDS, saveCaseDraft, useSetQuestion } from './api'
import { isWhole, QuestionFields } from './QuestionFields'
import { questionDraft, readQuestion } from './words'

type Props = { file: CaseFile; onClose: () => void; onDone: () => void }

/** The question to the doctor, saved as it is typed and then set. */
export function QuestionForm({ file, onClose, onDone }: Props) {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const [asked, setAsked] = useState(false)
  const { state, keeper } = useDraft(`question.${file.id}`, file.draft ?? { rev: 0, text: '' }, {
    save: saveCaseDraft(`question.${file.id}`),
  })
  const before = file.question?.gone ? undefined : file.question
  useEffect(() => {
    if (keeper.read().text === '' && before) {
      keeper.type(
        questionDraft({
          kinds: KINDS.filter((kind) => before.kinds.includes(kind)),
          asked: before.asked,
          known: before.known,
          tried: before.tried,
          consent: false,
        }),
      )
    }
  }, [keeper, before])
  const words = readQuestion(state.text)
  const needsConsent = !file.consents.some((one) => one.use === 'joint_appointment' && one.holds)
  const set = useSetQuestion(
    file.id,
    () => {
      keeper.submitted()
      onDone()
    },
    () => keeper.release(),
  )
  const conflict = state.status.kind === 'conflict'

  async function send() {
    await keeper.hold()
    const { text, status } = keeper.read()
    if (status.kind === 'conflict') keeper.release()
    else set.start({ version: file.question?.version ?? 0, ...readQuestion(text) })
  }

  return (
    <form
      className="card stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        setAsked(true)
        if (isWhole(words, needsConsent) && !conflict) void send()
      }}
    >
      <QuestionFields
        words={words}
        onWords={(changed) => keeper.type(questionDraft(changed))}
        consent={needsConsent ? t('cases.consentJoint') : undefined}
        asked={asked}
        problem={set.problem}
      />
      <DraftStatus
        state={state}
        keeper={keeper}
        show={(text) => <p className="case-text">{plain(text)}</p>}
      />
      <WriteNotice write={set} />
      <div className="row">
        <Button type="submit" aria-disabled={set.busy || conflict}>
          {t('cases.setQuestion')}
        </Button>
        <Button
          variant="secondary"
          onClick={() => {
            // The draft is offered again the next time.
            void keeper
              .flush()
              .then(() => queries.invalidateQueries({ queryKey: caseQuery(file.id).queryKey }))
            onClose()
          }}
        >
          {t('cases.later')}
        </Button>
      </div>
    </form>
  )
}

function plain(text: string): string {
  const words = readQuestion(text)
  return [words.asked, words.known, words.tried].filter((part) => part !== '').join('\n')
}
