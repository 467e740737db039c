import type fi from './fi'
import { account, feedback, forgotten, invitation, reset, signIn } from './sv/account'
import { common, drafts, information, nav, roles } from './sv/common'
import { cohorts, figures, people, units } from './sv/groups'
import { learning, quiz } from './sv/learning'
import { fieldProblems, problems } from './sv/problems'
import { hours, scheduling } from './sv/scheduling'

const texts: typeof fi = {
  account,
  cohorts,
  common,
  drafts,
  feedback,
  fieldProblems,
  figures,
  forgotten,
  hours,
  information,
  invitation,
  learning,
  nav,
  people,
  problems,
  quiz,
  reset,
  roles,
  scheduling,
  signIn,
  units,
}

export default texts
