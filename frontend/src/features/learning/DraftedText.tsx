import { useTranslation } from 'react-i18next'
import { Textarea } from 'suomifi-ui-components'
import { DraftStatus } from '../../shared/drafts/DraftStatus'
import type { DraftKeeper, DraftState } from '../../shared/drafts/keeper'
import type { FieldStatus } from '../../shared/http/useProblemText'
import { WarningNotice } from '../../shared/warnings/WarningNotice'
import { draftGone } from './GoneNotice'

export const LONGEST = 20_000

/** What is said of a field that was refused. */
export function wrongText(status: FieldStatus): string | undefined {
  return status.status === 'error' ? status.statusText : undefined
}

/** A text that is saved as it is typed; it warns of what should not be in it. */
export function DraftedText({
  label,
  hint,
  wrong,
  state,
  keeper,
}: {
  label: string
  hint: string
  wrong: string | undefined
  state: DraftState
  keeper: DraftKeeper
}) {
  const { t } = useTranslation()
  const over = state.text.length - LONGEST
  const message = over > 0 ? t('learning.tooLong', { limit: LONGEST, over }) : wrong
  return (
    <>
      <Textarea
        labelText={label}
        hintText={hint}
        fullWidth
        resize="vertical"
        className="task-text"
        value={state.text}
        onChange={(event) => keeper.type(event.target.value)}
        {...(message && { status: 'error', statusText: message })}
      />
      <WarningNotice texts={[state.text]} />
      {!draftGone(state) && <DraftStatus state={state} keeper={keeper} />}
    </>
  )
}
