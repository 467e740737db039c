import { useTranslation } from 'react-i18next'

export function StateTag({ state }: { state: string }) {
  const { t } = useTranslation()
  if (state === 'deactivated') return <span className="tag tag-bad">{t('people.states.deactivated')}</span>
  if (state === 'invited') return <span className="tag tag-beam">{t('people.states.invited')}</span>
  return <span className="tag tag-good">{t('people.states.active')}</span>
}
