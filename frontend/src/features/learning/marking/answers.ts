import { queryOptions, useQueryClient } from '@tanstack/react-query'
import { api, keyed, type Reply, unwrap } from '../../../shared/http/client'
import type { Problem } from '../../../shared/http/problem'
import { useWrite } from '../../../shared/http/useWrite'
import type { Language } from '../../../shared/i18n/languages'

export type OpenAnswers = Reply<'/api/cohorts/{cohort}/learners/{person}/quizzes/{activity}', 'get'>

type Place = { cohort: string; person: string; activity: string }

export const openAnswersQuery = (path: Place, language: Language) =>
  queryOptions({
    queryKey: ['openAnswers', path.cohort, path.person, path.activity, language],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/api/cohorts/{cohort}/learners/{person}/quizzes/{activity}', { params: { path }, signal }),
      ),
    // A draft may have been saved on another device: always start from what the server has.
    staleTime: 0,
    gcTime: 0,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  })

/** What is kept while the points are not given: the points and a comment of each question, and a word on the whole. */
export type Points = {
  points: Record<string, number>
  comments: Record<string, string>
  words: string
}

const NONE: Points = { points: {}, comments: {}, words: '' }

/** Reads a draft; what is none of ours is none. */
export function pointsOf(text: string): Points {
  try {
    return { ...NONE, ...(JSON.parse(text) as Partial<Points>) }
  } catch {
    return NONE
  }
}

/** What the attempt has when these points are given; nothing as long as an answer has none. */
export function sumOf(answers: OpenAnswers, points: Points['points']): number | undefined {
  let sum = answers.points
  for (const { question } of answers.answers) {
    const given = points[question]
    if (given === undefined) return undefined
    sum += given
  }
  return sum
}

export type Marks = {
  attempt: string
  marks: { question: string; points: number; comment?: string }[]
  comment?: string
}

export function useGiveMarks(path: Place, onDone: () => unknown, onRefused: (problem: Problem) => unknown) {
  const queries = useQueryClient()
  return useWrite({
    send: (body: Marks, key) =>
      unwrap(
        api.POST('/api/cohorts/{cohort}/learners/{person}/quizzes/{activity}/marks', {
          params: { path },
          body,
          ...keyed(key),
        }),
      ),
    onDone: async () => {
      await queries.invalidateQueries({ queryKey: ['feedbackQueue'] })
      void queries.invalidateQueries({ queryKey: ['cohorts'] })
      await onDone()
    },
    onRefused,
  })
}
