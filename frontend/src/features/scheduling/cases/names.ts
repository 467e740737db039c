import { useTranslation } from 'react-i18next'
import { useRoleName } from '../../../shared/session/useRoleName'
import { KINDS, USES } from './api'

/** What a doctor is asked for, in the reader's language. */
export function useKindName(): (kind: string) => string {
  const { t } = useTranslation()
  return (kind) => {
    const known = KINDS.find((one) => one === kind)
    return known ? t(`cases.kinds.${known}`) : kind
  }
}

/** What a consent is for. */
export function useUseName(): (use: string) => string {
  const { t } = useTranslation()
  return (use) => {
    const known = USES.find((one) => one === use)
    return known ? t(`cases.uses.${known}`) : use
  }
}

/** Who does something, when nobody is named: the client, somebody else, or a role. */
export function useActorName(): (who: string) => string {
  const { t } = useTranslation()
  const roleName = useRoleName()
  return (who) => {
    if (who === 'client') return t('cases.client')
    if (who === 'other') return t('cases.somebody')
    if (who === 'interpreter') return t('cases.interpreter')
    return roleName(who)
  }
}
