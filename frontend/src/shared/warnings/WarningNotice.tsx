import { useDeferredValue } from 'react'
import { useTranslation } from 'react-i18next'
import { Notice } from '../ui/states'
import { warningsIn } from './warnings'

/** Warns, while somebody writes, of what looks like a diagnosis code or a telephone number. It stops nobody. */
export function WarningNotice({ texts }: { texts: string[] }) {
  const { t } = useTranslation()
  const warnings = warningsIn(useDeferredValue(texts.join('\n')))
  // The place is there before the warning: what appears in it is read aloud.
  return (
    <div aria-live="polite">
      {warnings.length > 0 && (
        <Notice kind="warning" title={t('cases.warningTitle')}>
          <ul className="plain-list">
            {warnings.map((one) => (
              <li key={`${one.kind} ${one.text}`}>{t(`cases.warnings.${one.kind}`, { text: one.text })}</li>
            ))}
          </ul>
          <p>{t('cases.warningHelp')}</p>
        </Notice>
      )}
    </div>
  )
}
