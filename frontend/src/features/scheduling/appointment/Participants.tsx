import { useTranslation } from 'react-i18next'
import type { Appointment } from '../api'
import { useSeatRole } from '../booking/seatNames'

type Participant = Appointment['participants'][number]

const TAGS: Record<string, string> = {
  awaiting: 'tag',
  accepted: 'tag tag-good',
  tentative: 'tag tag-beam',
  declined: 'tag tag-bad',
}
const ANSWERS = ['awaiting', 'accepted', 'tentative', 'declined'] as const

/** Everybody who comes, and what each of them has said. */
export function Participants({ appointment }: { appointment: Appointment }) {
  const { t } = useTranslation()
  return (
    <section className="stack" aria-labelledby="participants">
      <h2 id="participants">{t('appointment.who')}</h2>
      <ul className="plain-list participants">
        {appointment.participants.map((one, seat) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: seats keep their places
          <li key={seat} className="participant">
            <Who participant={one} />
            <Said participant={one} />
          </li>
        ))}
      </ul>
    </section>
  )
}

function Who({ participant }: { participant: Participant }) {
  const { t } = useTranslation()
  const role = useSeatRole()
  const more = [
    participant.name === '' ? undefined : role(participant.role),
    participant.guest ? t('appointment.guest').toLocaleLowerCase() : undefined,
    participant.optional && !participant.missing ? t('appointment.optional') : undefined,
    participant.insteadOf ? t('appointment.insteadOf', { name: participant.insteadOf }) : undefined,
    participant.missing
      ? t('appointment.missingOf', { names: (participant.names ?? []).join(', ') })
      : undefined,
  ].filter(Boolean)
  return (
    <span className="participant-who">
      <strong>{participant.name === '' ? capital(role(participant.role)) : participant.name}</strong>
      {more.length > 0 && <span className="quiet">{more.join(', ')}</span>}
    </span>
  )
}

function Said({ participant }: { participant: Participant }) {
  const { t } = useTranslation()
  if (participant.missing) return <span className="tag">{t('appointment.missing')}</span>
  if (participant.outside) return <span className="tag tag-beam">{t('appointment.outside')}</span>
  const answer = ANSWERS.find((one) => one === participant.answer) ?? 'awaiting'
  // A room has no will: that it is there says enough.
  if (participant.role === 'room') return null
  return <span className={TAGS[answer]}>{t(`appointment.answers.${answer}`)}</span>
}

function capital(text: string): string {
  return text.charAt(0).toLocaleUpperCase() + text.slice(1)
}
