import { useTranslation } from 'react-i18next'
import { RadioButton, RadioButtonGroup } from 'suomifi-ui-components'
import { shortMoment } from '../../shared/dates/dates'
import { useLanguage } from '../../shared/i18n/i18n'
import type { Entry } from '../../shared/offline/database'
import { WriteNotice } from '../../shared/ui/WriteNotice'
import { GoneNotice, isGone } from './GoneNotice'
import { useWaiting } from './useWaiting'
import { PRIVACIES, type Privacy, type Sharing, useShare } from './writings'

/** Who may know of a text. */
export function PrivacyField({
  offered,
  privacy,
  onPrivacy,
}: {
  offered: readonly string[]
  privacy: Privacy
  onPrivacy: (privacy: Privacy) => void
}) {
  const { t } = useTranslation()
  return (
    <RadioButtonGroup
      labelText={t('sharing.who')}
      groupHintText={t('sharing.whoHint')}
      name="privacy"
      value={privacy}
      onChange={(value) => {
        const chosen = PRIVACIES.find((one) => one === value)
        if (chosen) onPrivacy(chosen)
      }}
    >
      {PRIVACIES.filter((one) => offered.includes(one)).map((one) => (
        <RadioButton key={one} value={one}>
          {/* What is tried at work is never kept from trainers altogether. */}
          {one === 'done' && !offered.includes('private')
            ? t('sharing.grades.doneWork')
            : t(`sharing.grades.${one}`)}
        </RadioButton>
      ))}
    </RadioButtonGroup>
  )
}

/** Who may know of what is written, changed with one tap, and who has opened it. */
export function ShareField({
  course,
  activity,
  sharing,
  reload,
}: {
  course: string
  activity: string
  sharing: Sharing
  reload: () => Promise<unknown>
}) {
  const { t } = useTranslation()
  const language = useLanguage()
  const share = useShare({ course, activity }, reload)
  const waiting = useWaiting(course, activity).sharing
  const privacy = (waiting && chosenIn(waiting)) ?? sharing.privacy
  return (
    <section className="card stack" aria-label={t('sharing.who')}>
      <PrivacyField
        offered={sharing.offered}
        privacy={privacy}
        onPrivacy={(chosen) => !share.busy && share.start({ privacy: chosen, saw: privacy })}
      />
      {isGone(share.problem) ? (
        <GoneNotice course={course} problem={share.problem} />
      ) : (
        <WriteNotice write={share} />
      )}
      <div>
        <h3>{t('sharing.opened')}</h3>
        {sharing.openers.length === 0 ? (
          <p className="quiet">{t('sharing.nobody')}</p>
        ) : (
          <ul className="plain-list">
            {sharing.openers.map((one) => (
              <li key={`${one.name} ${one.at}`}>
                {t('sharing.openedBy', {
                  name: one.name || t('sharing.gone'),
                  at: shortMoment(one.at, language),
                })}
              </li>
            ))}
          </ul>
        )}
      </div>
    </section>
  )
}

function chosenIn({ body }: Entry): Privacy | undefined {
  const { privacy } = JSON.parse(body) as { privacy?: unknown }
  return PRIVACIES.find((one) => one === privacy)
}
