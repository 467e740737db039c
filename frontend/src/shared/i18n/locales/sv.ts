import type fi from './fi'
import { account, feedback, forgotten, invitation, reset, signIn } from './sv/account'
import { applied, openAnswers, whose } from './sv/applied'
import { appointment, booking } from './sv/booking'
import { calendars } from './sv/calendars'
import { cases, consultations } from './sv/cases'
import { certificate } from './sv/certificates'
import { changes } from './sv/changes'
import { charts } from './sv/charts'
import { common, drafts, information, nav, roles } from './sv/common'
import { absences, covering, dependency, standIn } from './sv/deputies'
import { elsewhere, resume } from './sv/elsewhere'
import { cohorts, figures, people, units } from './sv/groups'
import { openHours, settings, travel } from './sv/hours'
import { learning } from './sv/learning'
import { marking } from './sv/marking'
import { notices } from './sv/notices'
import { fieldProblems, problems } from './sv/problems'
import { answering } from './sv/psycapAnswer'
import { exercises } from './sv/psycapExercises'
import { goal } from './sv/psycapGoal'
import { help } from './sv/psycapHelp'
import { instruments } from './sv/psycapInstruments'
import { measurePlan } from './sv/psycapPlan'
import { reports } from './sv/psycapReports'
import { quiz } from './sv/quizzes'
import { lendings, receptions } from './sv/receptions'
import { decisions, register } from './sv/register'
import { resources } from './sv/resources'
import { attendance, pasted, roster } from './sv/roster'
import { hours, scheduling } from './sv/scheduling'
import { answer, printDay, today } from './sv/today'
import { unsent } from './sv/unsent'
import { video } from './sv/video'
import { waiting } from './sv/waiting'
import { sharing, tries } from './sv/writings'

const texts: typeof fi = {
  instruments,
  goal,
  help,
  decisions,
  register,
  sharing,
  tries,
  applied,
  openAnswers,
  whose,
  absences,
  account,
  calendars,
  appointment,
  booking,
  cases,
  certificate,
  changes,
  charts,
  elsewhere,
  video,
  resume,
  cohorts,
  common,
  consultations,
  covering,
  dependency,
  drafts,
  feedback,
  exercises,
  fieldProblems,
  figures,
  forgotten,
  hours,
  information,
  invitation,
  learning,
  lendings,
  marking,
  measurePlan,
  nav,
  notices,
  openHours,
  people,
  problems,
  quiz,
  reports,
  reset,
  receptions,
  resources,
  roles,
  attendance,
  pasted,
  roster,
  scheduling,
  settings,
  signIn,
  standIn,
  travel,
  units,
  answer,
  answering,
  printDay,
  today,
  unsent,
  waiting,
}

export default texts
