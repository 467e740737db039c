import { account, feedback, forgotten, invitation, reset, signIn } from './en/account'
import { applied, openAnswers, whose } from './en/applied'
import { appointment, booking } from './en/booking'
import { calendars } from './en/calendars'
import { cases, consultations } from './en/cases'
import { certificate } from './en/certificates'
import { changes } from './en/changes'
import { charts } from './en/charts'
import { common, drafts, information, nav, roles } from './en/common'
import { absences, covering, dependency, standIn } from './en/deputies'
import { elsewhere, resume } from './en/elsewhere'
import { cohorts, figures, people, units } from './en/groups'
import { openHours, settings, travel } from './en/hours'
import { learning } from './en/learning'
import { marking } from './en/marking'
import { notices } from './en/notices'
import { fieldProblems, problems } from './en/problems'
import { answering } from './en/psycapAnswer'
import { exercises } from './en/psycapExercises'
import { goal } from './en/psycapGoal'
import { help } from './en/psycapHelp'
import { instruments } from './en/psycapInstruments'
import { measurePlan } from './en/psycapPlan'
import { reports } from './en/psycapReports'
import { quiz } from './en/quizzes'
import { lendings, receptions } from './en/receptions'
import { decisions, register } from './en/register'
import { resources } from './en/resources'
import { attendance, pasted, roster } from './en/roster'
import { hours, scheduling } from './en/scheduling'
import { answer, printDay, today } from './en/today'
import { unsent } from './en/unsent'
import { video } from './en/video'
import { waiting } from './en/waiting'
import { sharing, tries } from './en/writings'
import type fi from './fi'

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
