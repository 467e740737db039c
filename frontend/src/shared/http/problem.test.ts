import { describe, expect, test } from 'vitest'
import { asProblem, Problem, problemOf } from './problem'

function response(status: number, headers?: Record<string, string>): Response {
  return new Response(null, { status, headers })
}

describe('problemOf', () => {
  test('takes code, fields and info as the server gives them', () => {
    const problem = problemOf(response(400), {
      code: 'invalid_request',
      fields: [
        { name: 'text', code: 'max', limit: '20000' },
        { name: 'email', code: 'email' },
      ],
      info: { rev: 4 },
    })
    expect(problem.code).toBe('invalid_request')
    expect(problem.fields).toEqual([
      { name: 'text', code: 'max', limit: '20000' },
      { name: 'email', code: 'email' },
    ])
    expect(problem.info).toEqual({ rev: 4 })
  })

  test.each([
    { status: 503, body: 'upstream says no', want: 'unavailable' },
    { status: 502, body: undefined, want: 'unavailable' },
    { status: 413, body: null, want: 'too_large' },
    { status: 401, body: {}, want: 'signed_out' },
    { status: 418, body: { code: '' }, want: 'internal' },
  ])('an answer of another program with status $status is $want', ({ status, body, want }) => {
    expect(problemOf(response(status), body).code).toBe(want)
  })

  test('fields that are not fields are left out', () => {
    expect(
      problemOf(response(400), { code: 'x', fields: [null, 'a', { name: 1, code: 'b' }] }).fields,
    ).toEqual([])
    expect(problemOf(response(400), { code: 'x', fields: 'a' }).fields).toEqual([])
  })

  test('Retry-After counts in seconds, and only when it is a number', () => {
    expect(problemOf(response(503, { 'Retry-After': '7' }), undefined).retryAfter).toBe(7)
    expect(problemOf(response(503, { 'Retry-After': 'soon' }), undefined).retryAfter).toBeUndefined()
  })
})

test('only a lost network and an absent server are worth the same request again', () => {
  const temporary = [0, 502, 503, 504].map((status) => new Problem(status, 'x').temporary)
  const final = [400, 401, 403, 404, 409, 422, 429, 500].map((status) => new Problem(status, 'x').temporary)
  expect(temporary).not.toContain(false)
  expect(final).not.toContain(true)
})

test('a wrong password is not a session that ended', () => {
  expect(new Problem(401, 'sign_in_failed').signedOut).toBe(false)
  expect(new Problem(401, 'token_invalid').signedOut).toBe(true)
})

test('an error of our own is an internal problem', () => {
  expect(asProblem(new TypeError('x')).code).toBe('internal')
})
