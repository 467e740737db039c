import { getRouteApi, Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'

const route = getRouteApi('/in/people')

/** From one page of a long list to the next. */
export function Pages({ page, pages }: { page: number; pages: number }) {
  const { t } = useTranslation()
  const search = route.useSearch()
  if (pages < 2) return null
  return (
    <nav className="row row-between" aria-label={t('people.pages')}>
      {page > 1 ? (
        <Link to="/people" search={{ ...search, page: page - 1 }} className="button-link button-link-light">
          {t('people.previousPage')}
        </Link>
      ) : (
        <span />
      )}
      <span>{t('people.pageOf', { page, pages })}</span>
      {page < pages ? (
        <Link to="/people" search={{ ...search, page: page + 1 }} className="button-link button-link-light">
          {t('people.nextPage')}
        </Link>
      ) : (
        <span />
      )}
    </nav>
  )
}
