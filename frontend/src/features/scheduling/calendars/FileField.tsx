import { useId } from 'react'
import { useTranslation } from 'react-i18next'

const MOST = 5 * 1024 * 1024

export type Picked = { file: string } | { wrong: 'large' | 'unreadable' }

/** Picks a calendar file and gives its text; what is too large is not read at all. */
export function FileField({
  label,
  wrong,
  onPick,
}: {
  label: string
  wrong?: string | undefined
  onPick: (picked: Picked | undefined) => void
}) {
  const { t } = useTranslation()
  const id = useId()

  async function read(file: File | undefined): Promise<void> {
    if (file === undefined) return onPick(undefined)
    if (file.size > MOST) return onPick({ wrong: 'large' })
    try {
      onPick({ file: await file.text() })
    } catch {
      onPick({ wrong: 'unreadable' })
    }
  }

  return (
    <div className="file-field">
      <label htmlFor={id}>{label}</label>
      <p className="quiet" id={`${id}-hint`}>
        {t('calendars.fileHint')}
      </p>
      <input
        id={id}
        type="file"
        accept=".ics,text/calendar"
        aria-describedby={wrong ? `${id}-hint ${id}-wrong` : `${id}-hint`}
        aria-invalid={wrong !== undefined}
        onChange={(event) => void read(event.target.files?.[0])}
      />
      {wrong && (
        <p className="file-wrong" id={`${id}-wrong`} role="alert">
          {wrong}
        </p>
      )}
    </div>
  )
}
