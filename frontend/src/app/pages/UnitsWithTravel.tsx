import { UnitsPage } from '../../features/people/UnitsPage'
import { TravelSection } from '../../features/scheduling/hours/TravelSection'

/** An administrator's units, with how long it takes between them. */
export function UnitsWithTravel() {
  return (
    <UnitsPage>
      <TravelSection />
    </UnitsPage>
  )
}
