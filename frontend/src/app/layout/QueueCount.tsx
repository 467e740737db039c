import { useQuery } from '@tanstack/react-query'
import { queueQuery } from '../../features/learning/marking/api'
import { useLanguage } from '../../shared/i18n/i18n'
import './queueCount.css'

/** How much waits for a trainer's feedback, beside the word that leads there. */
export function QueueCount() {
  const total = useQuery({ ...queueQuery(useLanguage()), refetchInterval: 5 * 60_000 }).data?.total ?? 0
  return total > 0 && <span className="nav-count">{total}</span>
}
