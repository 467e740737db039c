import { describe, expect, it } from 'vitest'
import { clock, ENOUGH, perMilleOf, watch, watchedBefore } from './watched'

describe('what was watched of a video', () => {
  it('is counted by the second, each once', () => {
    const watched = watchedBefore(10, 0, 0)
    watch(watched, 0, 3.2)
    expect(perMilleOf(watched)).toBe(400)
    watch(watched, 1, 3)
    expect(perMilleOf(watched)).toBe(400)
  })

  it('leaves out what was jumped over, in both directions', () => {
    const watched = watchedBefore(100, 0, 0)
    watch(watched, 0, 90)
    watch(watched, 90, 10)
    expect(perMilleOf(watched)).toBe(0)
  })

  it.each([
    [89, false],
    [90, true],
  ])('is enough or not after %i of 100 seconds: %s', (seconds, enough) => {
    const watched = watchedBefore(100, 0, 0)
    for (let at = 0; at < seconds; at++) watch(watched, at, at + 1)
    expect(perMilleOf(watched) >= ENOUGH).toBe(enough)
  })

  it('does not go beyond the end', () => {
    const watched = watchedBefore(3, 0, 0)
    watch(watched, 2, 5.5)
    expect(watched).toEqual([false, false, true])
  })

  it.each([
    [500, 5, [0, 1, 2, 3, 4]],
    [300, 8, [5, 6, 7]],
    [700, 5, [0, 1, 2, 3, 4, 5, 6]],
    [1000, 2, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]],
    [0, 9, []],
  ])('goes on from %i per mille at second %i', (perMille, second, seen) => {
    const watched = watchedBefore(10, perMille, second)
    expect(watched.flatMap((yes, at) => (yes ? [at] : []))).toEqual(seen)
    expect(perMilleOf(watched)).toBe(perMille)
  })

  it.each([
    [0, '0:00'],
    [9.9, '0:09'],
    [204, '3:24'],
    [3723, '1:02:03'],
    [-1, '0:00'],
  ])('tells %d seconds as %s', (seconds, told) => {
    expect(clock(seconds)).toBe(told)
  })
})
