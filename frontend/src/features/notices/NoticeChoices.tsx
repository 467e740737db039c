import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from 'suomifi-ui-components'
import { Loaded, Notice } from '../../shared/ui/states'
import { WriteNotice } from '../../shared/ui/WriteNotice'
import { type Choice, choicesQuery, useChoose } from './api'
import './notices.css'

/** Where a learner wants to be told of what. */
export function NoticeChoices() {
  const query = useQuery(choicesQuery)
  return <Loaded query={query}>{({ choices }) => <Choices kept={choices} />}</Loaded>
}

const PLACES = ['feed', 'mail'] as const

function Choices({ kept }: { kept: Choice[] }) {
  const { t } = useTranslation()
  const [choices, setChoices] = useState(kept)
  const choose = useChoose()
  const change = (kind: Choice['kind'], place: (typeof PLACES)[number], wanted: boolean) => {
    choose.reset()
    setChoices(choices.map((one) => (one.kind === kind ? { ...one, [place]: wanted } : one)))
  }
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault()
        choose.start(choices)
      }}
    >
      <p>{t('notices.choicesLead')}</p>
      <div className="table-frame">
        <table className="table notice-choices">
          <thead>
            <tr>
              <th scope="col">{t('notices.what')}</th>
              {PLACES.map((place) => (
                <th key={place} scope="col">
                  {t(`notices.places.${place}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {choices.map((choice) => (
              <tr key={choice.kind}>
                <th scope="row">{t(`notices.kinds.${choice.kind}`)}</th>
                {PLACES.map((place) => (
                  <td key={place}>
                    <label>
                      <input
                        type="checkbox"
                        aria-label={`${t(`notices.kinds.${choice.kind}`)}: ${t(`notices.places.${place}`)}`}
                        checked={choice[place]}
                        onChange={(event) => change(choice.kind, place, event.target.checked)}
                      />
                    </label>
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <WriteNotice write={choose} />
      {choose.output && <Notice kind="good" live title={t('common.saved')} />}
      <div>
        <Button type="submit" variant="secondary" aria-disabled={choose.busy}>
          {t('common.save')}
        </Button>
      </div>
    </form>
  )
}
