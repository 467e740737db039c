import { useTranslation } from 'react-i18next'
import { shortMoment } from '../../../shared/dates/dates'
import { useLanguage } from '../../../shared/i18n/i18n'
import type { Criterion, Given, Round } from './api'
import { CommentList, MarkedText } from './MarkedText'

const TAGS: Record<Given['verdict'], string> = {
  approved: 'tag tag-good',
  returned: 'tag tag-beam',
  noted: 'tag',
}

/** Everything that was handed in, the newest first, each text with what was said about it. */
export function Rounds({ rounds, rubric }: { rounds: readonly Round[]; rubric: readonly Criterion[] }) {
  const { t } = useTranslation()
  const language = useLanguage()
  return (
    <div className="stack-wide rounds">
      {rounds
        .map((round, n) => ({ round, number: n + 1 }))
        .reverse()
        .map(({ round, number }, n) => (
          <details key={round.submission} className="card round" open={n === 0}>
            <summary>
              <h3>{t('marking.round', { number, at: shortMoment(round.at, language) })}</h3>
              {round.feedback.at(-1) && <VerdictTag verdict={round.feedback.at(-1)?.verdict} />}
            </summary>
            <div className="stack">
              <RoundText round={round} rubric={rubric} />
            </div>
          </details>
        ))}
    </div>
  )
}

export function RoundText({ round, rubric }: { round: Round; rubric: readonly Criterion[] }) {
  const { t } = useTranslation()
  const comments = round.feedback.flatMap((given) => given.comments)
  return (
    <>
      <MarkedText text={round.text} comments={comments} id={round.submission} />
      {comments.length > 0 && (
        <>
          <h4>{t('marking.comments')}</h4>
          <CommentList comments={comments} id={round.submission} />
        </>
      )}
      {round.feedback.map((given) => (
        <Words key={given.at} given={given} rubric={rubric} />
      ))}
    </>
  )
}

function VerdictTag({ verdict = 'noted' }: { verdict?: Given['verdict'] | undefined }) {
  const { t } = useTranslation()
  return <span className={TAGS[verdict]}>{t(`marking.verdicts.${verdict}`)}</span>
}

/** One marker's words, with the rubric they chose. */
export function Words({
  given,
  rubric,
  title,
}: {
  given: Given
  rubric: readonly Criterion[]
  title?: string
}) {
  const { t } = useTranslation()
  const language = useLanguage()
  return (
    <div className="feedback-words stack">
      <p className="row row-between">
        <strong>{title ?? t('marking.feedback')}</strong>
        <VerdictTag verdict={given.verdict} />
      </p>
      {given.words && <p className="words-text">{given.words}</p>}
      {given.rubric.length > 0 && (
        <dl className="rubric-chosen">
          {given.rubric.map((choice) => {
            const criterion = rubric.find(({ id }) => id === choice.criterion)
            const level = criterion?.levels.find(({ id }) => id === choice.level)
            return (
              <div key={choice.criterion}>
                <dt>{criterion?.title ?? choice.criterion}</dt>
                <dd>
                  {level?.title ?? choice.level}{' '}
                  <span className="quiet">
                    {t('marking.points', { points: choice.points, most: choice.most })}
                  </span>
                </dd>
              </div>
            )
          })}
        </dl>
      )}
      <p className="quiet">
        {t('marking.by', { name: given.by || t('marking.someone'), at: shortMoment(given.at, language) })}
      </p>
    </div>
  )
}

/** How the task will be assessed, for its learner before they write. */
export function RubricTable({ rubric }: { rubric: readonly Criterion[] }) {
  const { t } = useTranslation()
  if (rubric.length === 0) return null
  return (
    <details className="card rubric">
      <summary>
        <h2>{t('marking.rubric')}</h2>
      </summary>
      <p className="quiet">{t('marking.rubricHelp')}</p>
      <dl className="rubric-levels">
        {rubric.map((criterion) => (
          <div key={criterion.id}>
            <dt>{criterion.title}</dt>
            {criterion.levels.map((level) => (
              <dd key={level.id}>
                <strong>
                  {level.title} ({level.points})
                </strong>{' '}
                {level.text}
              </dd>
            ))}
          </div>
        ))}
      </dl>
    </details>
  )
}
