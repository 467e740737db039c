import { useTranslation } from 'react-i18next'
import { isRole } from './roles'

/** A role in the reader's language. */
export function useRoleName(): (role: string) => string {
  const { t } = useTranslation()
  return (role) => (isRole(role) ? t(`roles.${role}`) : role)
}
