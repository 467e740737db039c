import { useTranslation } from 'react-i18next'
import { Button } from 'suomifi-ui-components'
import type { Activity } from './api'
import { useGoOn } from './useGoOn'

/** The button that leads on from an activity, to the one after it or back to the course. */
export function GoOn({ activity, secondary = false }: { activity: Activity; secondary?: boolean }) {
  const { t } = useTranslation()
  const goOn = useGoOn(activity)
  return (
    <Button {...(secondary && { variant: 'secondary' as const })} onClick={() => void goOn()}>
      {activity.next ? t('learning.goOn') : t('learning.toCourse')}
    </Button>
  )
}
