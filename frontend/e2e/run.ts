/**
 * The browser tests: starts the built program (LUOTSI_BIN) with demo people and walks through what each of them does.
 * Arguments: a pattern of journeys to run alone. LUOTSI_PICTURES names a folder for pictures of the pages;
 * LUOTSI_E2E_SLOW=1 makes every answer late and the browser slow, to find what is expected too early.
 */

import { administrator } from './journeys/administrator'
import { booking } from './journeys/booking'
import { calendars } from './journeys/calendars'
import { hours } from './journeys/hours'
import { parts } from './journeys/parts'
import { resources } from './journeys/resources'
import { scheduling } from './journeys/scheduling'
import { today } from './journeys/today'
import { trainee } from './journeys/trainee'
import { trainer } from './journeys/trainer'
import { visitor } from './journeys/visitor'
import { waiting } from './journeys/waiting'
import { Kit, launch } from './kit'
import { Server } from './server'

const binary = process.env.LUOTSI_BIN
if (!binary) {
  console.error('LUOTSI_BIN names the program to test')
  process.exit(2)
}

const server = await Server.start(binary)
const browser = await launch()
const kit = new Kit(server, browser, process.argv[2] ? new RegExp(process.argv[2]) : undefined)
try {
  await kit.journey('visitor', visitor)
  await kit.journey('parts of the program', parts)
  await kit.journey('trainee', trainee)
  await kit.journey('doctor and coordinators', scheduling)
  await kit.journey('waiting list', waiting)
  await kit.journey('booking', booking)
  await kit.journey('other calendars', calendars)
  await kit.journey('a doctor who is asked', today)
  await kit.journey('trainer and manager', trainer)
  await kit.journey('administrator', administrator)
  await kit.journey('rooms, interpreters and deputies', resources)
  await kit.journey('hours that help most', hours)
} finally {
  await browser.close()
  await server.stop()
}
console.log(`\n${kit.passed} passed, ${kit.failures.length} failed`)
if (kit.failures.length > 0) console.log(kit.failures.join('\n'))
process.exit(kit.failures.length === 0 ? 0 : 1)
