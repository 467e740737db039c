/**
 * The browser tests: starts the built program (LUOTSI_BIN) with demo people and walks through what each of them does.
 * Arguments: a pattern of journeys to run alone (with those that they build on). LUOTSI_PICTURES names a folder for pictures of the pages;
 * LUOTSI_E2E_SLOW=1 makes every answer late and the browser slow, to find what is expected too early; a pattern of
 * requests in its place, "PUT /api/drafts", makes those alone take three seconds.
 */

import { fileURLToPath } from 'node:url'
import { administrator } from './journeys/administrator'
import { applied } from './journeys/applied'
import { booking } from './journeys/booking'
import { calendars } from './journeys/calendars'
import { cases } from './journeys/cases'
import { certificates } from './journeys/certificates'
import { changed } from './journeys/changed'
import { changes } from './journeys/changes'
import { deputies } from './journeys/deputies'
import { exercises } from './journeys/exercises'
import { expired } from './journeys/expired'
import { feedback } from './journeys/feedback'
import { goals } from './journeys/goals'
import { group } from './journeys/group'
import { hours } from './journeys/hours'
import { instruments } from './journeys/instruments'
import { keyboard } from './journeys/keyboard'
import { measurePlan } from './journeys/measurePlan'
import { measures } from './journeys/measures'
import { notices } from './journeys/notices'
import { offline } from './journeys/offline'
import { outcomes } from './journeys/outcomes'
import { ownPages } from './journeys/ownPages'
import { parts } from './journeys/parts'
import { pasted } from './journeys/pasted'
import { quizzes } from './journeys/quizzes'
import { receptions } from './journeys/receptions'
import { reports } from './journeys/reports'
import { resources } from './journeys/resources'
import { scheduling } from './journeys/scheduling'
import { steps } from './journeys/steps'
import { today } from './journeys/today'
import { tooLate } from './journeys/tooLate'
import { trainee } from './journeys/trainee'
import { trainer } from './journeys/trainer'
import { twoDevices } from './journeys/twoDevices'
import { video } from './journeys/video'
import { visitor } from './journeys/visitor'
import { waiting } from './journeys/waiting'
import { Kit, launch } from './kit'
import { Server } from './server'

const program = process.env.LUOTSI_BIN ?? ''
if (program === '') {
  console.error('LUOTSI_BIN names the program to test')
  process.exit(2)
}

// The journeys of one line build on each other; every line has a server of its own, so that none finds what another left.
const journeys: [name: string, walk: (kit: Kit) => Promise<void>][][] = [
  [
    ['visitor', visitor],
    ['trainee', trainee],
    ['trainer and manager', trainer],
    ['administrator', administrator],
  ],
  // The longest come first, for nothing is walked beside the last.
  [['quizzes', quizzes]],
  [['group of learners', group]],
  [['goals of one’s own', goals]],
  [['measures of a learner', measures]],
  [['exercises', exercises]],
  [['back and forward in an exercise', steps]],
  [['people from a pasted list', pasted]],
  [['reports of groups', reports]],
  [['certificates', certificates]],
  [['instruments and licences', instruments]],
  [['what is tried at work', applied]],
  [['what a cohort is asked', measurePlan]],
  [['notices', notices]],
  [['parts of the program', parts]],
  [['pages of a role', ownPages]],
  [['a course that changes', changes]],
  [['a second version', changed]],
  [['keyboard only', keyboard]],
  [['feedback and a second person', feedback]],
  [['without a network', offline]],
  [['a session that ends', expired]],
  [['answers that come too late', tooLate]],
  [['two devices of one learner', twoDevices]],
  [['a video', video]],
  [['doctor and coordinators', scheduling]],
  [['waiting list', waiting]],
  [['booking', booking]],
  [['other calendars', calendars]],
  [['a doctor who is asked', today]],
  [['cases and written consultations', cases]],
  [['what a meeting came to', outcomes]],
  [['rooms, interpreters and deputies', resources]],
  [['a doctor who is away', deputies]],
  [['reception days and lent places', receptions]],
  [['hours that help most', hours]],
]
// What the server of a line is set to beside what all are.
const COURSES = fileURLToPath(new URL('./courses', import.meta.url))
const SETTINGS: Record<string, Record<string, string>> = {
  quizzes: { LUOTSI_COURSES: COURSES },
  'keyboard only': { LUOTSI_COURSES: COURSES },
  'a second version': { LUOTSI_COURSES: COURSES },
  'answers that come too late': { LUOTSI_COURSES: COURSES },
}
// A page that waits for its server leaves the machine to another.
const AT_ONCE = 2
const only = process.argv[2] ? new RegExp(process.argv[2]) : /./

const lines = journeys.filter((line) => line.some(([name]) => only.test(name)))
let passed = 0
const failures: string[] = []

/** Takes one line after the other until none is left. What a line says is told whole, when it has been walked. */
async function walkLines(): Promise<void> {
  const browser = await launch()
  try {
    for (let line = lines.shift(); line; line = lines.shift()) {
      const kit = new Kit(browser)
      const [name = ''] = line[0] ?? []
      try {
        const server = await Server.start(program, SETTINGS[name])
        try {
          for (const [name, walk] of line) await kit.journey(server, name, walk)
        } finally {
          await server.stop()
        }
      } catch (error) {
        failures.push(`  ✗ ${name}: ${error}`)
      }
      console.log(kit.told.join('\n'))
      passed += kit.passed
      failures.push(...kit.failures)
    }
  } finally {
    await browser.close()
  }
}

await Promise.all(Array.from({ length: AT_ONCE }, walkLines))
console.log(`\n${passed} passed, ${failures.length} failed`)
if (failures.length > 0) console.log(failures.join('\n'))
process.exit(failures.length === 0 ? 0 : 1)
