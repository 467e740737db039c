import { useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button, Textarea } from 'suomifi-ui-components'
import { shortMoment } from '../../../shared/dates/dates'
import { DraftStatus } from '../../../shared/drafts/DraftStatus'
import { useDraft } from '../../../shared/drafts/useDraft'
import { asProblem } from '../../../shared/http/problem'
import { useLanguage } from '../../../shared/i18n/i18n'
import { LoadedPage } from '../../../shared/ui/LoadedPage'
import { Page } from '../../../shared/ui/Page'
import { WriteNotice } from '../../../shared/ui/WriteNotice'
import { type OpenAnswers, openAnswersQuery, pointsOf, sumOf, useGiveMarks } from './answers'
import { Neighbours, nextPage } from './Neighbours'
import { PointsField } from './PointsField'
import { ReservationNotice, useReservation } from './Reservation'
import './marking.css'

const route = getRouteApi('/in/cohorts/$cohort/learners/$person/quizzes/$activity')

/** The open answers of one attempt at a quiz, each beside what its marker looks for and its points. */
export function MarkAnswersPage() {
  const { t } = useTranslation()
  const language = useLanguage()
  const search = route.useSearch()
  const query = useQuery(openAnswersQuery(route.useParams(), language))
  if (query.isError && asProblem(query.error).status === 404) {
    return (
      <Page title={t('openAnswers.gone')} width="text">
        <p>{t('openAnswers.goneText')}</p>
        <p>
          <Link to="/feedback-queue" search={search} className="button-link">
            {t('marking.toQueue')}
          </Link>
        </p>
      </Page>
    )
  }
  return (
    <LoadedPage query={query}>
      {(answers) => <Answers key={answers.submission} answers={answers} />}
    </LoadedPage>
  )
}

function Answers({ answers }: { answers: OpenAnswers }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const navigate = useNavigate()
  const queries = useQueryClient()
  const search = route.useSearch()
  const reservation = useReservation(answers)
  const { state, keeper } = useDraft(`feedback:${answers.submission}`, answers.draft)
  const draft = pointsOf(state.text)
  const [asked, setAsked] = useState(false)
  const [goOn, setGoOn] = useState(false)
  const give = useGiveMarks(
    { cohort: answers.cohort, person: answers.person, activity: answers.activity },
    async () => {
      keeper.submitted()
      reservation.done()
      const next = goOn && (await nextPage(queries, language, search, answers.submission))
      void navigate(next || { to: '/feedback-queue', search })
    },
    () => keeper.release(),
  )
  const change = (more: Partial<typeof draft>) => keeper.type(JSON.stringify({ ...draft, ...more }))
  const sum = sumOf(answers, draft.points)
  const conflict = state.status.kind === 'conflict'

  async function send(next: boolean) {
    setAsked(true)
    if (sum === undefined || conflict || give.busy) return
    setGoOn(next)
    await keeper.hold()
    const { text, status } = keeper.read()
    if (status.kind === 'conflict') {
      keeper.release()
      return
    }
    const { points, comments, words } = pointsOf(text)
    give.start({
      attempt: answers.attempt,
      marks: answers.answers.map(({ question }) => {
        const comment = comments[question]?.trim()
        return { question, points: points[question] ?? 0, ...(comment && { comment }) }
      }),
      ...(words.trim() && { comment: words.trim() }),
    })
  }

  return (
    <Page
      title={answers.title}
      eyebrow={`${answers.name} · ${answers.cohortName}`}
      back={{ to: '/feedback-queue', text: t('marking.toQueue') }}
      lead={t('marking.viewLogged')}
      aside={<Neighbours submission={answers.submission} />}
    >
      <ReservationNotice reservation={reservation} />
      <p className="quiet">{t('marking.handedInAt', { at: shortMoment(answers.since, language) })}</p>
      <form
        className="stack-wide"
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          void send(true)
        }}
      >
        {answers.answers.map((answer, n) => (
          <section key={answer.question} className="stack" aria-labelledby={`question-${n}`}>
            <h2 id={`question-${n}`}>{answer.text}</h2>
            <div className="mark-pair">
              <div className="stack">
                <h3>{t('openAnswers.answer')}</h3>
                <div className="marked-text">{answer.answer}</div>
              </div>
              <div className="stack card">
                {answer.guide && (
                  <div className="feedback-words">
                    <h3>{t('openAnswers.guide')}</h3>
                    <p className="words-text">{answer.guide}</p>
                  </div>
                )}
                {reservation.mine && (
                  <>
                    <PointsField
                      name={answer.question}
                      most={answer.max}
                      points={draft.points[answer.question]}
                      onPoints={(points) =>
                        change({ points: { ...draft.points, [answer.question]: points } })
                      }
                    />
                    <Textarea
                      labelText={t('openAnswers.comment')}
                      optionalText={t('common.optional')}
                      fullWidth
                      resize="vertical"
                      value={draft.comments[answer.question] ?? ''}
                      onChange={(event) =>
                        change({ comments: { ...draft.comments, [answer.question]: event.target.value } })
                      }
                    />
                  </>
                )}
              </div>
            </div>
          </section>
        ))}
        {reservation.mine && (
          <section className="card stack" aria-labelledby="give">
            <h2 id="give">{t('openAnswers.give')}</h2>
            <Textarea
              labelText={t('openAnswers.words')}
              hintText={t('openAnswers.wordsHint')}
              optionalText={t('common.optional')}
              fullWidth
              resize="vertical"
              value={draft.words}
              onChange={(event) => change({ words: event.target.value })}
            />
            <p role="status">
              {sum === undefined ? (
                asked ? (
                  <strong className="wrong">{t('openAnswers.choosePoints')}</strong>
                ) : (
                  t('openAnswers.rest', { points: answers.points })
                )
              ) : (
                <>
                  {t('openAnswers.sum', { points: sum, max: answers.max, pass: answers.pass })}{' '}
                  <strong>{t(sum >= answers.pass ? 'openAnswers.passes' : 'openAnswers.passesNot')}</strong>
                </>
              )}
            </p>
            <DraftStatus state={state} keeper={keeper} show={(text) => <p>{pointsOf(text).words}</p>} />
            <WriteNotice write={give} />
            <div className="row">
              <Button type="submit" aria-disabled={conflict || give.busy}>
                {t('openAnswers.sendAndNext')}
              </Button>
              <Button
                variant="secondary"
                aria-disabled={conflict || give.busy}
                onClick={() => void send(false)}
              >
                {t('openAnswers.send')}
              </Button>
            </div>
          </section>
        )}
      </form>
    </Page>
  )
}
