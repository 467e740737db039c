import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { LoadedPage } from '../../../shared/ui/LoadedPage'
import { Page } from '../../../shared/ui/Page'
import { Loaded } from '../../../shared/ui/states'
import { hoursQuery } from '../api'
import { HoursView } from '../HoursPage'
import { resourceQuery } from './api'

const route = getRouteApi('/in/resources/$resource/hours')

/** When a room or an interpreter can be booked: weekly hours and exceptions, as for people. */
export function ResourceHoursPage() {
  const { t } = useTranslation()
  const { resource } = route.useParams()
  const hours = useQuery(hoursQuery(resource))
  const query = useQuery(resourceQuery(resource))
  return (
    <LoadedPage query={query}>
      {(kept) => (
        <Page
          title={t('resources.hoursTitle', { name: kept.name })}
          lead={t(kept.kind === 'room' ? 'resources.hoursLeadRoom' : 'resources.hoursLeadInterpreter')}
          back={{ to: '/resources', text: t('nav.resources') }}
        >
          <Loaded query={hours}>
            {(data) => (
              <HoursView
                hours={data}
                units={[{ id: kept.unit, name: kept.unitName }]}
                publishes={false}
                none={{
                  title: t('resources.noHours'),
                  help: t(kept.kind === 'room' ? 'resources.noHoursRoom' : 'resources.noHoursInterpreter'),
                }}
              />
            )}
          </Loaded>
        </Page>
      )}
    </LoadedPage>
  )
}
