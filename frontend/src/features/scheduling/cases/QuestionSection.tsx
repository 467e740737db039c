import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from 'suomifi-ui-components'
import { Notice } from '../../../shared/ui/states'
import type { CaseFile } from './api'
import { QuestionLines, Written } from './QuestionCard'
import { QuestionForm } from './QuestionForm'

/** The question to the doctor: read by whoever may, written by who carries the case. */
export function QuestionSection({ file }: { file: CaseFile }) {
  const { t } = useTranslation()
  const heading = useId()
  const [writing, setWriting] = useState(false)
  const [done, setDone] = useState(false)
  const { question } = file
  const writes = file.carries && file.closed === undefined
  return (
    <section className="stack" aria-labelledby={heading}>
      <h2 id={heading}>{t('cases.question')}</h2>
      {/* Whether there is a question at all is not told to whoever may not read it. */}
      {file.withheld && (
        <Notice title={t('cases.noneToRead')}>
          <p>{t('cases.noneToReadWhy')}</p>
        </Notice>
      )}
      {done && !writing && <p role="status">{t('cases.questionSaved')}</p>}
      {writing ? (
        <QuestionForm
          file={file}
          onClose={() => setWriting(false)}
          onDone={() => {
            setWriting(false)
            setDone(true)
          }}
        />
      ) : (
        <>
          {question && (
            <div className="card">
              <QuestionLines question={question} />
              <Written by={question.by} at={question.at} />
            </div>
          )}
          {!question && !file.withheld && <p className="card">{t('cases.noQuestion')}</p>}
          {writes && (
            <div className="row">
              <Button
                variant={question && !question.gone ? 'secondary' : 'default'}
                onClick={() => {
                  setDone(false)
                  setWriting(true)
                }}
              >
                {t(
                  file.draft
                    ? 'cases.goOnWriting'
                    : question && !question.gone
                      ? 'cases.changeQuestion'
                      : 'cases.writeQuestion',
                )}
              </Button>
              {file.draft && <span className="quiet">{t('cases.draftKept')}</span>}
            </div>
          )}
        </>
      )}
    </section>
  )
}
