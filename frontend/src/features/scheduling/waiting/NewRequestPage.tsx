import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Dropdown, DropdownItem } from 'suomifi-ui-components'
import { Page } from '../../../shared/ui/Page'
import { Empty, Loaded } from '../../../shared/ui/states'
import { type Doctor, doctorsQuery } from '../api'
import { casesQuery } from '../deputies/api'
import { UnitField } from '../UnitField'
import { useMakeRequest } from './api'
import { RequestForm } from './RequestForm'
import type { Looked } from './search'
import '../scheduling.css'
import './waiting.css'

export function NewRequestPage() {
  const { t } = useTranslation()
  const query = useQuery(doctorsQuery)
  return (
    <Page
      title={t('waiting.ask')}
      lead={t('waiting.askLead')}
      back={{ to: '/waiting', text: t('waiting.title') }}
      width="text"
    >
      <Loaded query={query}>
        {({ doctors }) =>
          doctors.length === 0 ? (
            <Empty title={t('scheduling.noDoctors')}>
              <p>{t('scheduling.noDoctorsHelp')}</p>
            </Empty>
          ) : (
            <Ask doctors={doctors} />
          )
        }
      </Loaded>
    </Page>
  )
}

const NEW = 'new'

function Ask({ doctors }: { doctors: Doctor[] }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const looked: Looked = useSearch({ strict: false })
  const units = [...new Map(doctors.map((one) => [one.unit, { id: one.unit, name: one.unitName }])).values()]
  const [unit, setUnit] = useState(
    units.find((one) => one.id === looked.unit)?.id ??
      doctors.find((one) => one.person === looked.doctor)?.unit ??
      units[0]?.id ??
      '',
  )
  const [existing, setExisting] = useState(looked.case ?? NEW)
  const cases = useQuery(casesQuery).data?.cases ?? []
  const ask = useMakeRequest((request) =>
    navigate({ to: '/waiting/$request', params: { request: request.id } }),
  )
  const length = Number(looked.minutes)
  const minutes = length >= 10 && length <= 240 ? length : undefined
  return (
    <RequestForm
      doctors={doctors.filter((one) => one.unit === unit)}
      key={unit}
      unit={unit}
      beginning={{
        doctor: looked.doctor,
        minutes,
        mode: looked.mode,
        with: looked.with?.split(',') ?? [],
        guests: [],
        never: looked.never?.split(',') ?? [],
        urgent: false,
      }}
      write={ask}
      send={t('waiting.send')}
      onSend={(terms) =>
        ask.start({
          unit,
          ...(existing !== NEW && cases.some((one) => one.id === existing) && { case: existing }),
          ...terms,
        })
      }
    >
      <UnitField units={units} value={unit} onChange={setUnit} />
      {cases.length > 0 && (
        <Dropdown labelText={t('waiting.case')} fullWidth value={existing} onChange={setExisting}>
          {[
            { id: NEW, text: t('waiting.newCase') },
            ...cases.map((one) => ({
              id: one.id,
              text: t('waiting.reference', { reference: one.reference }),
            })),
          ].map((one) => (
            <DropdownItem key={one.id} value={one.id}>
              {one.text}
            </DropdownItem>
          ))}
        </Dropdown>
      )}
    </RequestForm>
  )
}
