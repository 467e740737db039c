import { AccountPage } from '../../features/account/AccountPage'
import { NoticeChoices } from '../../features/notices/NoticeChoices'

/** One's own account; a learner chooses there what they are told of. */
export function AccountWithNotices() {
  return <AccountPage notices={<NoticeChoices />} />
}
