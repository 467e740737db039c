import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from 'suomifi-ui-components'
import { dayOf, shortDay, shortMoment } from '../../../shared/dates/dates'
import { useLanguage } from '../../../shared/i18n/i18n'
import { Notice } from '../../../shared/ui/states'
import { useKindName } from './names'
import './cases.css'

/** What two lines hold on the narrowest phone. */
const SHORT = 60

/** What is shown of a question, of a case or of a consultation. */
export type Asked = {
  kinds: string[]
  asked: string
  known: string
  tried: string
  gone?: string | undefined
}

/** A question as a doctor reads it: what is asked in two lines, the rest by a tap. */
export function QuestionLines({ question }: { question: Asked }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const kindName = useKindName()
  const [open, setOpen] = useState(false)
  const id = useId()
  if (question.gone) {
    return <p className="quiet">{t('cases.goneSince', { day: shortDay(dayOf(question.gone), language) })}</p>
  }
  const short =
    question.known === '' &&
    question.tried === '' &&
    question.asked.length <= SHORT &&
    !question.asked.includes('\n')
  return (
    <div className="question">
      <p className="question-kinds">{question.kinds.map(kindName).join(' · ')}</p>
      <p className={open ? 'case-text' : 'case-text question-short'}>{question.asked}</p>
      <div id={id} hidden={!open}>
        <dl className="question-more">
          {question.known !== '' && (
            <>
              <dt>{t('cases.known')}</dt>
              <dd className="case-text">{question.known}</dd>
            </>
          )}
          {question.tried !== '' && (
            <>
              <dt>{t('cases.tried')}</dt>
              <dd className="case-text">{question.tried}</dd>
            </>
          )}
        </dl>
      </div>
      {!short && (
        <Button
          variant="secondaryNoBorder"
          aria-expanded={open}
          aria-controls={id}
          onClick={() => setOpen(!open)}
        >
          {t(open ? 'cases.showLess' : 'cases.showMore')}
        </Button>
      )}
    </div>
  )
}

/** Says that texts are kept back because the client has not let the reader read them. */
export function Withheld() {
  const { t } = useTranslation()
  return (
    <Notice title={t('cases.withheldTitle')}>
      <p>{t('cases.withheld')}</p>
    </Notice>
  )
}

/** Who wrote something, and when. */
export function Written({ by, at }: { by: string; at: string }) {
  const { t } = useTranslation()
  const language = useLanguage()
  return (
    <p className="quiet">
      {t('cases.written', { by: by || t('absences.gone'), at: shortMoment(at, language) })}
    </p>
  )
}
