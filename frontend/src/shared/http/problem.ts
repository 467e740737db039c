export type WrongField = {
  /** The field's name in the request. */
  name: string
  code: string
  /** What the rule compared with, for example the greatest length. */
  limit?: string
}

/** What went wrong with a request: in the server's own words (RFC 9457), or in ours when it never answered. */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly fields: readonly WrongField[] = [],
    /** Seconds after which the server asks us to try again. */
    readonly retryAfter?: number,
    /** What the page may show beside the code, such as the next free times. */
    readonly info: unknown = undefined,
  ) {
    super(code)
    this.name = 'Problem'
  }

  /** Whether the request is kept in this browser and will be sent by itself. */
  get kept(): boolean {
    return this.code === 'kept'
  }

  /** Whether the same request may well succeed a little later, unchanged. */
  get temporary(): boolean {
    if (this.kept) return false
    return this.status === 0 || this.status === 502 || this.status === 503 || this.status === 504
  }

  /** Whether nobody is signed in (any more). */
  get signedOut(): boolean {
    return this.status === 401 && this.code !== 'sign_in_failed'
  }
}

const FALLBACK_CODES: Record<number, string> = {
  400: 'invalid_request',
  401: 'signed_out',
  403: 'forbidden',
  404: 'not_found',
  413: 'too_large',
  429: 'too_many',
  502: 'unavailable',
  503: 'unavailable',
  504: 'unavailable',
}

/** The problem in a refused answer; answers of other programs on the way (proxies) get a code by their status. */
export function problemOf(response: Response, body: unknown): Problem {
  const given = isRecord(body) ? body : {}
  const code =
    typeof given.code === 'string' && given.code !== ''
      ? given.code
      : (FALLBACK_CODES[response.status] ?? 'internal')
  return new Problem(
    response.status,
    code,
    fieldsOf(given.fields),
    retryAfterOf(response.headers),
    given.info,
  )
}

/** The problem of a request that got no answer at all. */
export function networkProblem(): Problem {
  return new Problem(0, 'network')
}

/** The problem of a write that waits in this browser until there is a network. */
export function keptProblem(): Problem {
  return new Problem(0, 'kept')
}

export function asProblem(error: unknown): Problem {
  return error instanceof Problem ? error : new Problem(500, 'internal')
}

function fieldsOf(given: unknown): WrongField[] {
  if (!Array.isArray(given)) return []
  return given.flatMap((field: unknown) => {
    if (!isRecord(field) || typeof field.name !== 'string' || typeof field.code !== 'string') return []
    return [
      { name: field.name, code: field.code, ...(typeof field.limit === 'string' && { limit: field.limit }) },
    ]
  })
}

function retryAfterOf(headers: Headers): number | undefined {
  const seconds = Number(headers.get('Retry-After'))
  return Number.isFinite(seconds) && seconds > 0 ? seconds : undefined
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
