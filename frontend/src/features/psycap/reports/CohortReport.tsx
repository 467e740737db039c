import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button, Checkbox, CheckboxGroup, TextInput } from 'suomifi-ui-components'
import { asProblem } from '../../../shared/http/problem'
import { useFieldStatus } from '../../../shared/http/useProblemText'
import { ConfirmDialog } from '../../../shared/ui/ConfirmDialog'
import { Loaded, Notice } from '../../../shared/ui/states'
import { type Preview, previewQuery, type Reportable, useMakeReport, type Wish } from './api'
import { type Point, pointsOf } from './view'

const LONGEST_TITLE = 120

/** What a report of cohorts is asked of; every choice says at once what would come of it. */
export function CohortReport({ cohorts, first }: { cohorts: Reportable[]; first?: string | undefined }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const only = cohorts.map(({ cohort }) => cohort).filter((id) => cohorts.length === 1 || id === first)
  const [chosen, setChosen] = useState<string[]>(only)
  const [left, setLeft] = useState<string[]>([])
  const [leftPoints, setLeftPoints] = useState<Point[]>([])
  const [ownTitle, setOwnTitle] = useState<string>()
  const [asked, setAsked] = useState(false)
  const [asking, setAsking] = useState(false)
  const make = useMakeReport((report) => navigate({ to: '/reports/$report', params: { report } }))
  const fieldStatus = useFieldStatus(make.problem)

  const those = cohorts.filter(({ cohort }) => chosen.includes(cohort))
  const measures = measuresOf(those)
  const wanted = measures.filter(({ key }) => !left.includes(key))
  const points = pointsOf(wanted.flatMap((measure) => measure.points))
  const wantedPoints = points.filter((point) => !leftPoints.includes(point))
  const title =
    ownTitle ??
    `${wanted.map((measure) => measure.title).join(', ')}: ${those.map(({ name }) => name).join(', ')}`.slice(
      0,
      LONGEST_TITLE,
    )
  const wish: Wish = {
    cohorts: chosen,
    measures: wanted.map(({ instrument, version }) => ({ instrument, version })),
    points: wantedPoints,
  }
  const complete = wish.cohorts.length > 0 && wish.measures.length > 0 && wish.points.length > 0
  const preview = useQuery(previewQuery(wish))
  const wait = preview.isError ? waitOf(preview.error) : undefined
  const mayMake = complete && preview.data?.shown === true && !preview.isPlaceholderData

  return (
    <form
      className="report-new"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        setAsked(true)
        if (mayMake && title.trim() !== '') setAsking(true)
      }}
    >
      <div className="form">
        <CheckboxGroup labelText={t('reports.cohorts')} groupHintText={t('reports.cohortsHint')}>
          {cohorts.map(({ cohort, name, small }) => (
            <Checkbox
              key={cohort}
              checked={chosen.includes(cohort)}
              onClick={({ checkboxState }) => setChosen(changed(chosen, cohort, checkboxState))}
              {...(small && { hintText: t('reports.smallCohort') })}
            >
              {name}
            </Checkbox>
          ))}
        </CheckboxGroup>
        {measures.length > 0 && (
          <CheckboxGroup labelText={t('reports.measures')}>
            {measures.map(({ key, title: name }) => (
              <Checkbox
                key={key}
                checked={!left.includes(key)}
                onClick={({ checkboxState }) => setLeft(changed(left, key, !checkboxState))}
              >
                {name}
              </Checkbox>
            ))}
          </CheckboxGroup>
        )}
        {points.length > 0 && (
          <CheckboxGroup labelText={t('reports.pointsLabel')} groupHintText={t('reports.pointsHint')}>
            {points.map((point) => (
              <Checkbox
                key={point}
                checked={!leftPoints.includes(point)}
                onClick={({ checkboxState }) => setLeftPoints(changed(leftPoints, point, !checkboxState))}
              >
                {t(`reports.points.${point}`)}
              </Checkbox>
            ))}
          </CheckboxGroup>
        )}
        {complete && (
          <TextInput
            labelText={t('reports.titleLabel')}
            fullWidth
            value={title}
            onChange={(value) => setOwnTitle(String(value ?? ''))}
            {...(asked && title.trim() === ''
              ? { status: 'error', statusText: t('fieldProblems.required') }
              : fieldStatus('title'))}
          />
        )}
      </div>
      <aside className="card stack report-preview" aria-label={t('reports.preview')}>
        <h2>{t('reports.preview')}</h2>
        {!complete ? (
          <p className="quiet">
            {those.length > 0 && measures.length === 0 ? t('reports.notAskedYet') : t('reports.chooseFirst')}
          </p>
        ) : wait !== undefined ? (
          <Notice kind="warning" live title={t('reports.tooOften', { count: wait })}>
            <div>
              <Button variant="secondary" onClick={() => void preview.refetch()}>
                {t('common.tryAgain')}
              </Button>
            </div>
          </Notice>
        ) : (
          <Loaded query={preview}>{(data) => <PreviewView preview={data} />}</Loaded>
        )}
        <div>
          <Button type="submit" aria-disabled={!mayMake}>
            {t('reports.make')}
          </Button>
        </div>
      </aside>
      {asking && (
        <ConfirmDialog
          title={t('reports.makeTitle')}
          text={t('reports.makeText', { floor: preview.data?.floor ?? 0 })}
          confirm={t('reports.makeNow')}
          write={make}
          onConfirm={() => make.start({ ...wish, title: title.trim() })}
          onClose={() => setAsking(false)}
        />
      )}
    </form>
  )
}

function PreviewView({ preview }: { preview: Preview }) {
  const { t } = useTranslation()
  const id = useId()
  const { floor } = preview
  return (
    <div className="stack" role="status">
      {preview.sections.map((section, nth) => (
        <section key={section.instrument} className="report-verdict" aria-labelledby={`${id}-${nth}`}>
          <h3 id={`${id}-${nth}`}>{section.title}</h3>
          {section.shown ? (
            <>
              <p>
                <span className="tag tag-good">✓ {t('reports.canBeShown')}</span>
              </p>
              <p>{t('reports.atLeast', { count: section.atLeast ?? floor })}</p>
              {section.covered.length > 0 && (
                <p>{t('reports.coveredScales', { scales: section.covered.join(', ') })}</p>
              )}
            </>
          ) : (
            <>
              <p>
                <span className="tag tag-beam">{t('reports.notShown')}</span>
              </p>
              <p>{t(`reports.hidden.${section.why ?? 'fewer_than_floor'}`, { floor })}</p>
              {section.close && (
                <p>
                  <Link to="/reports/$report" params={{ report: section.close.report }}>
                    {section.close.title}
                  </Link>
                </p>
              )}
            </>
          )}
        </section>
      ))}
      {preview.shown && <Notice title={t('reports.laterTitle')}>{t('reports.later', { floor })}</Notice>}
    </div>
  )
}

/** How many seconds to wait, when so much was tried that the server computes no more for a while. */
function waitOf(error: unknown): number | undefined {
  const { status, retryAfter } = asProblem(error)
  return status === 429 ? retryAfter : undefined
}

type Measure = { key: string; instrument: string; version: string; title: string; points: Point[] }

/** What the cohorts were asked, each version once, with all points at which any of them was. */
function measuresOf(cohorts: Reportable[]): Measure[] {
  const measures = new Map<string, Measure>()
  for (const { instrument, version, title, points } of cohorts.flatMap((cohort) => cohort.measures)) {
    const key = `${instrument}@${version}`
    const known = measures.get(key)
    measures.set(key, {
      key,
      instrument,
      version,
      title,
      points: pointsOf([...(known?.points ?? []), ...points]),
    })
  }
  return [...measures.values()]
}

function changed<T>(list: T[], one: T, is: boolean): T[] {
  return is ? [...list.filter((other) => other !== one), one] : list.filter((other) => other !== one)
}
