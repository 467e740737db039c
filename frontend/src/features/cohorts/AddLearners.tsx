import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button, Checkbox, CheckboxGroup, TextInput } from 'suomifi-ui-components'
import { Loaded } from '../../shared/ui/states'
import { WriteNotice } from '../../shared/ui/WriteNotice'
import { candidatesQuery, useAddLearners } from './api'

/** Adds people of the organisation to a cohort, several at once. */
export function AddLearners({ cohort, onClose }: { cohort: string; onClose: () => void }) {
  const { t } = useTranslation()
  const [q, setQ] = useState('')
  const [chosen, setChosen] = useState<string[]>([])
  const query = useQuery(candidatesQuery(cohort, q))
  const add = useAddLearners(cohort, onClose)
  return (
    <form
      className="form card"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        if (chosen.length > 0) add.start(chosen)
      }}
    >
      <h2>{t('cohorts.addLearners')}</h2>
      <TextInput
        labelText={t('cohorts.find')}
        fullWidth
        debounce={250}
        defaultValue=""
        onChange={(value) => setQ(String(value ?? '').trim())}
      />
      <Loaded query={query}>
        {({ people }) =>
          people.length === 0 ? (
            <p>{t('cohorts.noCandidates')}</p>
          ) : (
            <CheckboxGroup labelText={t('cohorts.candidates')}>
              {people.map((person) => (
                <Checkbox
                  key={person.id}
                  checked={chosen.includes(person.id)}
                  onClick={({ checkboxState }) =>
                    setChosen(
                      checkboxState ? [...chosen, person.id] : chosen.filter((id) => id !== person.id),
                    )
                  }
                >
                  {person.name}
                </Checkbox>
              ))}
            </CheckboxGroup>
          )
        }
      </Loaded>
      <WriteNotice write={add} />
      <div className="row">
        <Button type="submit" aria-disabled={chosen.length === 0 || add.busy}>
          {t('cohorts.addChosen', { count: chosen.length })}
        </Button>
        <Button variant="secondary" onClick={onClose}>
          {t('common.cancel')}
        </Button>
      </div>
    </form>
  )
}
