import { account, feedback, forgotten, invitation, reset, signIn } from './fi/account'
import { applied, openAnswers, whose } from './fi/applied'
import { appointment, booking } from './fi/booking'
import { calendars } from './fi/calendars'
import { cases, consultations } from './fi/cases'
import { certificate } from './fi/certificates'
import { changes } from './fi/changes'
import { charts } from './fi/charts'
import { common, drafts, information, nav, roles } from './fi/common'
import { absences, covering, dependency, standIn } from './fi/deputies'
import { elsewhere, resume } from './fi/elsewhere'
import { cohorts, figures, people, units } from './fi/groups'
import { openHours, settings, travel } from './fi/hours'
import { learning } from './fi/learning'
import { marking } from './fi/marking'
import { notices } from './fi/notices'
import { fieldProblems, problems } from './fi/problems'
import { answering } from './fi/psycapAnswer'
import { exercises } from './fi/psycapExercises'
import { goal } from './fi/psycapGoal'
import { help } from './fi/psycapHelp'
import { instruments } from './fi/psycapInstruments'
import { measurePlan } from './fi/psycapPlan'
import { reports } from './fi/psycapReports'
import { quiz } from './fi/quizzes'
import { lendings, receptions } from './fi/receptions'
import { decisions, register } from './fi/register'
import { resources } from './fi/resources'
import { attendance, pasted, roster } from './fi/roster'
import { hours, scheduling } from './fi/scheduling'
import { answer, printDay, today } from './fi/today'
import { unsent } from './fi/unsent'
import { video } from './fi/video'
import { waiting } from './fi/waiting'
import { sharing, tries } from './fi/writings'

export default {
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
