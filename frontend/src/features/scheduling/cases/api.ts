import { queryOptions, useQueryClient } from '@tanstack/react-query'
import { api, keyed, type Reply, unwrap } from '../../../shared/http/client'
import { useWrite } from '../../../shared/http/useWrite'
import type { Language } from '../../../shared/i18n/languages'

export type CaseFile = Reply<'/api/cases/{case}', 'get'>
export type Meeting = CaseFile['meetings'][number]
export type Outcome = NonNullable<Meeting['outcome']>
export type Consent = CaseFile['consents'][number]

export const KINDS = [
  'work_ability',
  'limitations',
  'return_to_work',
  'rehabilitation',
  'treatment',
  'statement',
  'other',
] as const
export type Kind = (typeof KINDS)[number]

export const RECIPIENTS = ['doctor', 'coordinator', 'professional', 'interpreter'] as const
export const USES = ['joint_appointment', 'written_consultation'] as const
export type Use = (typeof USES)[number]

/** What is written about a case. Every reading of what others wrote is logged, so it is read once and kept for a while. */
export const caseQuery = (id: string) =>
  queryOptions({
    queryKey: ['cases', 'one', id],
    queryFn: ({ signal }) => unwrap(api.GET('/api/cases/{case}', { params: { path: { case: id } }, signal })),
    staleTime: 60_000,
  })

/** The texts to copy, in the reader's language unless another is asked for. */
export const caseTextsQuery = (id: string, appointment?: string, language?: Language) =>
  queryOptions({
    queryKey: ['cases', 'texts', id, appointment ?? '', language ?? ''],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/api/cases/{case}/texts', {
          params: { path: { case: id }, query: { appointment, language } },
          signal,
        }),
      ),
    staleTime: 0,
  })

export const looksQuery = (id: string) =>
  queryOptions({
    queryKey: ['cases', 'looks', id],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/cases/{case}/access', { params: { path: { case: id } }, signal })),
    staleTime: 0,
  })

/** Saves a draft of a case or a consultation; for useDraft. */
export function saveCaseDraft(subject: string) {
  return (draft: { text: string; rev: number }, keepalive: boolean) =>
    unwrap(api.PUT('/api/case-drafts/{subject}', { params: { path: { subject } }, body: draft, keepalive }))
}

export const caseDraftQuery = (subject: string) =>
  queryOptions({
    queryKey: ['cases', 'draft', subject],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/case-drafts/{subject}', { params: { path: { subject } }, signal })),
    staleTime: 0,
    gcTime: 0,
  })

function useCaseChanged(id: string) {
  const queries = useQueryClient()
  return (changed: CaseFile) => {
    queries.setQueryData(caseQuery(id).queryKey, changed)
    void queries.invalidateQueries({ queryKey: ['cases', 'list'] })
    void queries.invalidateQueries({ queryKey: ['cases', 'texts', id] })
  }
}

export type QuestionBody = {
  version: number
  kinds: Kind[]
  asked: string
  known: string
  tried: string
  consent: boolean
}

export function useSetQuestion(id: string, onDone: () => unknown, onRefused: () => unknown) {
  const changed = useCaseChanged(id)
  return useWrite({
    send: (body: QuestionBody, key) =>
      unwrap(api.PUT('/api/cases/{case}/question', { params: { path: { case: id } }, body, ...keyed(key) })),
    onDone: (file) => {
      changed(file)
      onDone()
    },
    onRefused,
  })
}

export type OutcomeBody = {
  version: number
  decided: string
  actions: { who: string; what: string; due?: string }[]
  next?: string
  nextHow: string
}

export function useSetOutcome(
  id: string,
  appointment: string,
  onDone: () => unknown,
  onRefused: () => unknown,
) {
  const changed = useCaseChanged(id)
  const queries = useQueryClient()
  return useWrite({
    send: (body: OutcomeBody, key) =>
      unwrap(
        api.PUT('/api/appointments/{appointment}/outcome', {
          params: { path: { appointment } },
          body,
          ...keyed(key),
        }),
      ),
    onDone: (file) => {
      changed(file)
      // Lists say of which meetings it is still to be written.
      void queries.invalidateQueries({ queryKey: ['appointments', 'list'] })
      onDone()
    },
    onRefused,
  })
}

export function useRecordConsent(id: string, onDone: () => unknown) {
  const changed = useCaseChanged(id)
  return useWrite({
    send: (body: { recipient: string; use: Use; until?: string }, key) =>
      unwrap(api.POST('/api/cases/{case}/consents', { params: { path: { case: id } }, body, ...keyed(key) })),
    onDone: (file) => {
      changed(file)
      onDone()
    },
  })
}

export function useWithdrawConsent(id: string, onDone: () => unknown) {
  const changed = useCaseChanged(id)
  return useWrite({
    send: (consent: string, key) =>
      unwrap(
        api.POST('/api/cases/{case}/consents/{consent}/withdrawal', {
          params: { path: { case: id, consent } },
          ...keyed(key),
        }),
      ),
    onDone: (file) => {
      changed(file)
      onDone()
    },
  })
}

/** Closes a case, or goes on with a closed one. */
export function useCloseCase(id: string, onDone: () => unknown) {
  const queries = useQueryClient()
  return useWrite({
    send: async (close: boolean, key) => {
      const params = { params: { path: { case: id } }, ...keyed(key) }
      if (close) await unwrap(api.POST('/api/cases/{case}/closing', params))
      else await unwrap(api.POST('/api/cases/{case}/reopening', params))
    },
    onDone: async () => {
      await queries.invalidateQueries({ queryKey: ['cases'] })
      onDone()
    },
  })
}
