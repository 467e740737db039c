import { PersonPage } from '../../features/people/PersonPage'
import { AbsenceSection } from '../../features/scheduling/deputies/AbsenceSection'
import { hasRole } from '../../shared/session/roles'

/** A person as an administrator sees them; an absence is marked for those who work with appointments. */
export function PersonWithAbsences() {
  return (
    <PersonPage
      more={(person) =>
        person.state === 'active' &&
        hasRole(person, 'coordinator', 'doctor', 'professional', 'scheduler') && (
          <AbsenceSection person={person.id} />
        )
      }
    />
  )
}
