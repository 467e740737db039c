import { useTranslation } from 'react-i18next'
import { Checkbox, CheckboxGroup, Textarea } from 'suomifi-ui-components'
import type { Problem } from '../../../shared/http/problem'
import { useFieldStatus } from '../../../shared/http/useProblemText'
import { WarningNotice } from '../../../shared/warnings/WarningNotice'
import { KINDS } from './api'
import { useKindName } from './names'
import type { QuestionWords } from './words'

const LONGEST_ASKED = 2_000
const LONGEST_MORE = 4_000

type Props = {
  words: QuestionWords
  onWords: (words: QuestionWords) => void
  /** What the consent box says; none when the client's consent is recorded already. */
  consent: string | undefined
  /** The person has tried to send: what is missing is marked. */
  asked: boolean
  problem: Problem | undefined
}

/** Whether everything is there that a question needs. */
export function isWhole(words: QuestionWords, needsConsent: boolean): boolean {
  return (
    words.kinds.length > 0 &&
    words.asked.trim() !== '' &&
    words.asked.length <= LONGEST_ASKED &&
    words.known.length <= LONGEST_MORE &&
    words.tried.length <= LONGEST_MORE &&
    (words.consent || !needsConsent)
  )
}

/** The template of a question to a doctor: what is asked, what is known, what was tried, and the client's consent. */
export function QuestionFields({ words, onWords, consent, asked, problem }: Props) {
  const { t } = useTranslation()
  const kindName = useKindName()
  const fieldStatus = useFieldStatus(problem)
  const change = (part: Partial<QuestionWords>) => onWords({ ...words, ...part })
  const text = (name: 'asked' | 'known' | 'tried', longest: number, needed: boolean) => {
    const over = words[name].length - longest
    const wrong =
      over > 0
        ? t('learning.tooLong', { limit: longest, over })
        : asked && needed && words[name].trim() === ''
          ? t('fieldProblems.required')
          : undefined
    return (
      <Textarea
        labelText={t(`cases.${name}`)}
        hintText={t(`cases.${name}Hint`)}
        fullWidth
        resize="vertical"
        {...(!needed && { optionalText: t('common.optional') })}
        value={words[name]}
        onChange={(event) => change({ [name]: event.target.value })}
        {...(wrong ? { status: 'error', statusText: wrong } : fieldStatus(name))}
      />
    )
  }
  const noKind = asked && words.kinds.length === 0
  return (
    <>
      <CheckboxGroup
        labelText={t('cases.kindsLabel')}
        {...(noKind && { groupStatus: 'error', groupStatusText: t('cases.chooseKind') })}
      >
        {KINDS.map((kind) => (
          <Checkbox
            key={kind}
            checked={words.kinds.includes(kind)}
            onClick={({ checkboxState }) =>
              change({
                kinds: KINDS.filter((one) => (one === kind ? checkboxState : words.kinds.includes(one))),
              })
            }
          >
            {kindName(kind)}
          </Checkbox>
        ))}
      </CheckboxGroup>
      {text('asked', LONGEST_ASKED, true)}
      {text('known', LONGEST_MORE, false)}
      {text('tried', LONGEST_MORE, false)}
      <WarningNotice texts={[words.asked, words.known, words.tried]} />
      {consent && (
        <Checkbox
          checked={words.consent}
          onClick={({ checkboxState }) => change({ consent: checkboxState })}
          {...(asked && !words.consent && { status: 'error', statusText: t('cases.consentNeeded') })}
        >
          {consent}
        </Checkbox>
      )}
    </>
  )
}
