import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Page } from './Page'

/** In the place of a page that is not the reader's: nothing has gone wrong, and the way leads to their own first page. */
export function NotYours({ title, children }: { title: string; children: ReactNode }) {
  const { t } = useTranslation()
  return (
    <Page title={title} width="text">
      <div className="card stack">
        {children}
        <p>
          <Link to="/" className="button-link">
            {t('common.toOwnStart')}
          </Link>
        </p>
      </div>
    </Page>
  )
}
