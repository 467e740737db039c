import { useTranslation } from 'react-i18next'
import { ToggleButton } from 'suomifi-ui-components'

/** Shows exercises in plain language, or not. */
export function PlainSwitch({
  plain,
  choose,
}: {
  plain: boolean
  choose: ((plain: boolean) => void) | undefined
}) {
  const { t } = useTranslation()
  if (choose === undefined) return null
  return (
    <ToggleButton checked={plain} onClick={() => choose(!plain)}>
      {t('exercises.plain')}
    </ToggleButton>
  )
}
