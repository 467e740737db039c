import { useQuery } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from 'suomifi-ui-components'
import { shortMoment } from '../../../shared/dates/dates'
import { useLanguage } from '../../../shared/i18n/i18n'
import { ConfirmDialog } from '../../../shared/ui/ConfirmDialog'
import { Loaded } from '../../../shared/ui/states'
import { WriteNotice } from '../../../shared/ui/WriteNotice'
import { feedQuery, useMakeFeed, useRevokeFeed } from './api'
import './calendars.css'

/** The address where one's own calendar program reads the appointments. */
export function FeedSection() {
  const { t } = useTranslation()
  const query = useQuery(feedQuery)
  return (
    <section className="stack" aria-labelledby="feed">
      <h2 id="feed">{t('calendars.feed')}</h2>
      <p>{t('calendars.feedLead')}</p>
      <Loaded query={query}>
        {(feed) => (feed.address ? <Address address={feed.address} madeAt={feed.madeAt} /> : <Make />)}
      </Loaded>
    </section>
  )
}

function Make() {
  const { t } = useTranslation()
  const make = useMakeFeed(() => undefined)
  return (
    <>
      <WriteNotice write={make} />
      <div>
        <Button variant="secondary" aria-disabled={make.busy} onClick={() => make.start(undefined)}>
          {t('calendars.makeFeed')}
        </Button>
      </div>
    </>
  )
}

function Address({ address, madeAt }: { address: string; madeAt: string | undefined }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const field = useRef<HTMLInputElement>(null)
  const [copied, setCopied] = useState('')
  const [asking, setAsking] = useState<'renew' | 'revoke'>()
  const stop = () => setAsking(undefined)
  const renew = useMakeFeed(() => {
    stop()
    setCopied('')
  })
  const revoke = useRevokeFeed(stop)

  async function copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(address)
      setCopied(t('calendars.copied'))
    } catch {
      // Without the right to, the address is at least marked, ready to be copied by hand.
      field.current?.focus()
      field.current?.select()
      setCopied(t('calendars.copyByHand'))
    }
  }

  return (
    <div className="card stack-small">
      <label htmlFor="feed-address">{t('calendars.feedAddress')}</label>
      <input
        id="feed-address"
        ref={field}
        className="feed-address"
        readOnly
        value={address}
        onFocus={(event) => event.target.select()}
      />
      <p className="quiet">
        {madeAt && t('calendars.feedMade', { at: shortMoment(madeAt, language) })} {t('calendars.feedSecret')}
      </p>
      <div className="row">
        <Button onClick={() => void copy()}>{t('calendars.copy')}</Button>
        <Button variant="secondary" onClick={() => setAsking('renew')}>
          {t('calendars.renew')}
        </Button>
        <Button variant="secondaryNoBorder" onClick={() => setAsking('revoke')}>
          {t('calendars.revoke')}
        </Button>
      </div>
      <p role="status">{copied}</p>
      {asking === 'renew' && (
        <ConfirmDialog
          title={t('calendars.renewTitle')}
          text={t('calendars.renewText')}
          confirm={t('calendars.renew')}
          write={renew}
          onConfirm={() => renew.start(undefined)}
          onClose={stop}
        />
      )}
      {asking === 'revoke' && (
        <ConfirmDialog
          title={t('calendars.revokeTitle')}
          text={t('calendars.revokeText')}
          confirm={t('calendars.revoke')}
          write={revoke}
          onConfirm={() => revoke.start(undefined)}
          onClose={stop}
        />
      )}
    </div>
  )
}
