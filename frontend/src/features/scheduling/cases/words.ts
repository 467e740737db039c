import { KINDS, type Kind } from './api'

/** A question being written. Its draft is this, as JSON. */
export type QuestionWords = { kinds: Kind[]; asked: string; known: string; tried: string; consent: boolean }

const NO_QUESTION: QuestionWords = { kinds: [], asked: '', known: '', tried: '', consent: false }

/** An outcome being written. Due and next are days as 2026-11-24, or empty. */
export type OutcomeWords = {
  decided: string
  actions: { who: string; what: string; due: string }[]
  next: string
  nextHow: string
}

const NO_OUTCOME: OutcomeWords = { decided: '', actions: [], next: '', nextHow: '' }

/** What a draft holds; one that can not be read, or is none yet, is an empty question. */
export function readQuestion(text: string): QuestionWords {
  const read = object(text)
  const kinds = Array.isArray(read.kinds) ? read.kinds : []
  return {
    kinds: KINDS.filter((kind) => kinds.includes(kind)),
    asked: string(read.asked),
    known: string(read.known),
    tried: string(read.tried),
    consent: read.consent === true,
  }
}

export function readOutcome(text: string): OutcomeWords {
  const read = object(text)
  const actions: unknown[] = Array.isArray(read.actions) ? read.actions : []
  return {
    decided: string(read.decided),
    actions: actions.map((one) => {
      const action = (typeof one === 'object' && one !== null ? one : {}) as Record<string, unknown>
      return { who: string(action.who), what: string(action.what), due: string(action.due) }
    }),
    next: string(read.next),
    nextHow: string(read.nextHow),
  }
}

/** The draft's text; nothing written is no draft. */
export function questionDraft(words: QuestionWords): string {
  return same(words, NO_QUESTION) ? '' : JSON.stringify(words)
}

export function outcomeDraft(words: OutcomeWords): string {
  return same(words, NO_OUTCOME) ? '' : JSON.stringify(words)
}

function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}

function object(text: string): Record<string, unknown> {
  try {
    const read: unknown = JSON.parse(text)
    return typeof read === 'object' && read !== null ? (read as Record<string, unknown>) : {}
  } catch {
    return {}
  }
}

function string(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
