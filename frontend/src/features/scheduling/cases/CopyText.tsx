import { useQuery } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from 'suomifi-ui-components'
import { Loaded } from '../../../shared/ui/states'
import { caseTextsQuery } from './api'

/** A plain text with a button that copies it; where the browser does not let it, the text is selected for the person. */
export function CopyText({ text, button }: { text: string; button: string }) {
  const { t } = useTranslation()
  const box = useRef<HTMLPreElement>(null)
  const [state, setState] = useState<'copied' | 'selected'>()

  async function copy() {
    try {
      await navigator.clipboard.writeText(text)
      setState('copied')
    } catch {
      if (box.current) getSelection()?.selectAllChildren(box.current)
      setState('selected')
    }
  }

  return (
    <div className="stack-small">
      <pre ref={box} className="copy-text">
        {text}
      </pre>
      <div className="row">
        <Button variant="secondary" onClick={() => void copy()}>
          {button}
        </Button>
        <span role="status">{state && t(`cases.${state}`)}</span>
      </div>
    </div>
  )
}

/** The texts of a case to take along: into the patient record, and to the client. They are fetched when somebody wants them. */
export function CopyTexts({ id, appointment, coming }: { id: string; appointment: string; coming: boolean }) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  if (!open) {
    return (
      <div>
        <Button variant="secondary" onClick={() => setOpen(true)}>
          {t(coming ? 'cases.showMessage' : 'cases.showTexts')}
        </Button>
      </div>
    )
  }
  return <OpenTexts id={id} appointment={appointment} />
}

function OpenTexts({ id, appointment }: { id: string; appointment: string }) {
  const { t } = useTranslation()
  const query = useQuery(caseTextsQuery(id, appointment))
  return (
    <Loaded query={query}>
      {({ patientRecord, clientMessage }) => (
        <div className="stack">
          {clientMessage !== '' && <CopyText text={clientMessage} button={t('cases.copyMessage')} />}
          {patientRecord !== '' && <CopyText text={patientRecord} button={t('cases.copyRecord')} />}
        </div>
      )}
    </Loaded>
  )
}
