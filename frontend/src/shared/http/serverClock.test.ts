import { expect, test } from 'vitest'
import { sawServerTime, serverNow } from './serverClock'

const at = (text: string) => Date.parse(text)

test('the server’s time is the nearest that its answers tell', () => {
  const now = at('2026-11-24T07:00:10.000Z')
  expect(serverNow(now)).toBe(now)
  sawServerTime(null, now)
  sawServerTime('no date', now)
  expect(serverNow(now)).toBe(now)
  // The server's clock is 30 s ahead; its answers say whole seconds, and take a while to come.
  sawServerTime('Tue, 24 Nov 2026 07:00:40 GMT', at('2026-11-24T07:00:10.900Z'))
  expect(serverNow(now)).toBe(now + 29_100)
  sawServerTime('Tue, 24 Nov 2026 07:00:41 GMT', at('2026-11-24T07:00:11.050Z'))
  expect(serverNow(now)).toBe(now + 29_950)
  sawServerTime('Tue, 24 Nov 2026 07:00:42 GMT', at('2026-11-24T07:00:13.500Z'))
  expect(serverNow(now)).toBe(now + 29_950)
  // An answer that took long tells less.
  sawServerTime('Tue, 24 Nov 2026 07:00:43 GMT', at('2026-11-24T07:00:25.000Z'))
  expect(serverNow(now)).toBe(now + 29_950)
  // Somebody sets the clock of the device two minutes on.
  sawServerTime('Tue, 24 Nov 2026 07:00:50 GMT', at('2026-11-24T07:02:20.200Z'))
  expect(serverNow(now)).toBe(now - 90_200)
})
