import { account, feedback, forgotten, invitation, reset, signIn } from './fi/account'
import { common, drafts, information, nav, roles } from './fi/common'
import { cohorts, figures, people, units } from './fi/groups'
import { learning, quiz } from './fi/learning'
import { fieldProblems, problems } from './fi/problems'
import { hours, scheduling } from './fi/scheduling'

export default {
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
