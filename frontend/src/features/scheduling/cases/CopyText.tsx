import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from 'suomifi-ui-components'
import { Loaded } from '../../../shared/ui/states'
import { caseTextsQuery } from './api'

type Copied = 'copied' | 'selected'

/** Where the browser does not let a page copy, the text is selected for the person. */
async function copied(text: string): Promise<Copied> {
  try {
    await navigator.clipboard.writeText(text)
    return 'copied'
  } catch {
    return 'selected'
  }
}

function TextBox({ text, state }: { text: string; state: Copied | undefined }) {
  const box = useRef<HTMLPreElement>(null)
  useEffect(() => {
    if (state === 'selected' && box.current) getSelection()?.selectAllChildren(box.current)
  }, [state])
  return (
    <pre ref={box} className="copy-text">
      {text}
    </pre>
  )
}

/** A plain text with a button that copies it. */
export function CopyText({ text, button }: { text: string; button: string }) {
  const { t } = useTranslation()
  const [state, setState] = useState<Copied>()
  return (
    <div className="stack-small">
      <TextBox text={text} state={state} />
      <div className="row">
        <Button
          variant="secondary"
          onClick={async () => {
            setState(undefined)
            setState(await copied(text))
          }}
        >
          {button}
        </Button>
        <span role="status">{state && t(`cases.${state}`)}</span>
      </div>
    </div>
  )
}

type Which = 'patientRecord' | 'clientMessage'

/** A text of a case to take along. It is fetched when somebody wants it, copied by the same tap, and shown. */
export function CopyCaseText({ id, appointment, which }: { id: string; appointment: string; which: Which }) {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const texts = caseTextsQuery(id, appointment)
  const [open, setOpen] = useState(false)
  const [state, setState] = useState<Copied>()
  const query = useQuery({ ...texts, enabled: open })

  async function copy() {
    setOpen(true)
    setState(undefined)
    try {
      setState(await copied((await queries.fetchQuery(texts))[which]))
    } catch {
      // The place of the text says that it did not come, and offers to try again.
    }
  }

  return (
    <div className="stack-small">
      <div className="row">
        <Button variant="secondary" onClick={() => void copy()}>
          {t(`cases.copy.${which}`)}
        </Button>
        <span role="status">{state && t(`cases.${state}`)}</span>
      </div>
      {open && <Loaded query={query}>{(all) => <TextBox text={all[which]} state={state} />}</Loaded>}
    </div>
  )
}
