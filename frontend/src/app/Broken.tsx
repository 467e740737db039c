import { type ErrorComponentProps, Link, useRouter } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { asProblem, Problem } from '../shared/http/problem'
import { Page } from '../shared/ui/Page'
import { Failed } from '../shared/ui/states'

/** A page that could not be shown, with a way to try again. */
export function Broken({ error, reset }: ErrorComponentProps) {
  const { t } = useTranslation()
  const router = useRouter()
  return (
    <Page title={t('common.brokenTitle')} width="text">
      <Failed
        problem={asProblem(error)}
        onRetry={() => {
          // What is no answer of the server is a part of the program that is missing or wrong: a browser may not
          // fetch such a part again before the whole page is loaded anew.
          if (!(error instanceof Problem)) return globalThis.location.reload()
          reset()
          void router.invalidate()
        }}
      />
    </Page>
  )
}

export function NotFound() {
  const { t } = useTranslation()
  return (
    <Page title={t('common.notFoundTitle')} width="text">
      <p>{t('common.notFoundText')}</p>
      <p>
        <Link to="/" className="button-link">
          {t('common.toStart')}
        </Link>
      </p>
    </Page>
  )
}
