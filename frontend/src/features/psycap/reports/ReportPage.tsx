import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from 'suomifi-ui-components'
import { useLanguage } from '../../../shared/i18n/i18n'
import { LoadedPage } from '../../../shared/ui/LoadedPage'
import { Page } from '../../../shared/ui/Page'
import { Notice } from '../../../shared/ui/states'
import { reportQuery } from './api'
import { ReportSections } from './ReportSections'
import type { Report } from './view'
import { writtenReport } from './written'

const route = getRouteApi('/in/reports/$report')

export function ReportPage() {
  const { report } = route.useParams()
  const language = useLanguage()
  const query = useQuery(reportQuery(report, language))
  return <LoadedPage query={query}>{(data) => <ReportView report={data} />}</LoadedPage>
}

export function ReportView({ report }: { report: Report }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const written = useMemo(() => writtenReport(report, t, language), [report, t, language])
  return (
    <Page title={report.title} eyebrow={t('reports.one')} back={{ to: '/reports', text: t('reports.title') }}>
      <Exports
        report={report.report}
        make={async () => (await import('./word')).wordFile(written, t, language)}
      />
      <ReportSections written={written} />
    </Page>
  )
}

/** The report on paper, in Word, and as numbers for a spreadsheet. */
function Exports({ report, make }: { report: string; make: () => Promise<Blob> }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const [state, setState] = useState<'busy' | 'failed'>()
  const file = (decimal: string) =>
    `/api/psycap/reports/${encodeURIComponent(report)}/csv?decimal=${decimal}&language=${language}`
  const word = async () => {
    if (state === 'busy') return
    setState('busy')
    try {
      save(await make(), 'luotsi-report.docx')
      setState(undefined)
    } catch {
      setState('failed')
    }
  }
  return (
    <div className="stack report-exports">
      <div className="row">
        <Button variant="secondary" aria-disabled={state === 'busy'} onClick={() => void word()}>
          {t(state === 'busy' ? 'reports.wordBusy' : 'reports.word')}
        </Button>
        <Button variant="secondary" onClick={() => window.print()}>
          {t('reports.print')}
        </Button>
        <a href={file('comma')} download="luotsi-report.csv">
          {t('reports.csvComma')}
        </a>
        <a href={file('point')} download="luotsi-report.csv">
          {t('reports.csvPoint')}
        </a>
      </div>
      {state === 'failed' && <Notice kind="bad" live title={t('reports.wordFailed')} />}
    </div>
  )
}

function save(file: Blob, name: string): void {
  const address = URL.createObjectURL(file)
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  URL.revokeObjectURL(address)
}
