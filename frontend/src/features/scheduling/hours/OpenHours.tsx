import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button, Dropdown, DropdownItem } from 'suomifi-ui-components'
import { useLanguage } from '../../../shared/i18n/i18n'
import { Loaded, Notice } from '../../../shared/ui/states'
import { WriteNotice } from '../../../shared/ui/WriteNotice'
import { UnitField } from '../UnitField'
import {
  type Block,
  type Suggestion,
  suggestionsQuery,
  type ToPublish,
  usePublish,
  useUnpublish,
  worthQuery,
} from './api'
import { blockText, suggestionDetails, suggestionName } from './words'
import './hours.css'

type Unit = { id: string; name: string }
type Props = {
  person: string
  /** The units where the person is a doctor and hours can be opened for them. */
  units: Unit[]
  /** Whether the choices are shown at once, or after a first tap. */
  open?: boolean
}

/** Two taps to more hours: the first shows which would help most, the second publishes one; and one takes it back. */
export function OpenHours({ person, units, open = false }: Props) {
  const { t } = useTranslation()
  const [shown, setShown] = useState(open)
  if (units.length === 0) return null
  return (
    <section className="stack" aria-labelledby="open-hours">
      <div className="row row-between">
        <h2 id="open-hours">{t('openHours.title')}</h2>
        {!shown && (
          <Button variant="secondary" onClick={() => setShown(true)}>
            {t('openHours.show')}
          </Button>
        )}
      </div>
      {shown && <Choices person={person} units={units} />}
    </section>
  )
}

type Published = { publication: string; text: string }

function Choices({ person, units }: { person: string; units: Unit[] }) {
  const { t } = useTranslation()
  const [published, setPublished] = useState<Published>()
  const [chosen, setChosen] = useState('')
  const [undone, setUndone] = useState(false)
  const publish = usePublish(person, (publication) => {
    setUndone(false)
    setPublished({ publication, text: chosen })
  })
  const unpublish = useUnpublish(person, () => {
    setPublished(undefined)
    setUndone(true)
  })
  const open = (text: string, hours: ToPublish) => {
    unpublish.reset()
    setChosen(text)
    publish.start(hours)
  }
  return (
    <>
      {published && (
        <Notice kind="good" live title={t('openHours.published')}>
          <p className="capital">{published.text}</p>
          <div>
            <Button
              variant="secondary"
              aria-disabled={unpublish.busy}
              onClick={() => unpublish.start(published.publication)}
            >
              {t('openHours.undo')}
            </Button>
          </div>
        </Notice>
      )}
      {undone && <Notice live title={t('openHours.undone')} />}
      <WriteNotice write={publish} />
      <WriteNotice write={unpublish} />
      <Worth person={person} units={units} busy={publish.busy} onOpen={open} />
      <Suggestions person={person} units={units.length} busy={publish.busy} onOpen={open} />
    </>
  )
}

const LENGTHS = { hour: 60, two: 120, half: 240 } as const
type Length = keyof typeof LENGTHS
const NAMES: Length[] = ['hour', 'two', 'half']

type Opening = { busy: boolean; onOpen: (text: string, hours: ToPublish) => void }

/** The hours that would serve most of those who wait. */
function Worth({ person, units, busy, onOpen }: { person: string; units: Unit[] } & Opening) {
  const { t } = useTranslation()
  const [unit, setUnit] = useState(units[0]?.id ?? '')
  const [length, setLength] = useState<Length>('two')
  const query = useQuery(worthQuery(person, unit, LENGTHS[length]))
  return (
    <div className="stack-small">
      <h3>{t('openHours.worthTitle')}</h3>
      <UnitField units={units} value={unit} onChange={setUnit} />
      <Loaded query={query}>
        {({ waiting, blocks }) =>
          waiting === 0 ? (
            <p>{t('openHours.nobodyWaits')}</p>
          ) : (
            <>
              <p>{t('openHours.waiting', { count: waiting })}</p>
              <Dropdown
                labelText={t('openHours.length')}
                value={length}
                onChange={(value) => setLength(value)}
              >
                {NAMES.map((one) => (
                  <DropdownItem key={one} value={one}>
                    {t(`openHours.lengths.${one}`)}
                  </DropdownItem>
                ))}
              </Dropdown>
              {blocks.length === 0 ? (
                <p>{t('openHours.noBlocks')}</p>
              ) : (
                <ul className="plain-list open-list">
                  {blocks.map((block) => (
                    <BlockLine
                      key={`${block.date} ${block.from}`}
                      block={block}
                      unit={unit}
                      busy={busy}
                      onOpen={onOpen}
                    />
                  ))}
                </ul>
              )}
            </>
          )
        }
      </Loaded>
    </div>
  )
}

function BlockLine({ block, unit, busy, onOpen }: { block: Block; unit: string } & Opening) {
  const { t } = useTranslation()
  const language = useLanguage()
  const text = blockText(t, block, language)
  const { date, from, to, minutes } = block
  return (
    <li className="open-line">
      <span className="open-what">
        <strong className="capital">{text}</strong>
        <span className="quiet">
          {t('openHours.serves', { count: block.served })}
          {block.references.length > 0 && ` (${block.references.join(', ')})`}
        </span>
      </span>
      <Button
        aria-label={t('openHours.openThis', { text })}
        aria-disabled={busy}
        onClick={() => onOpen(text, { rules: [], extras: [{ date, from, to, minutes, unit }] })}
      >
        {t('openHours.open')}
      </Button>
    </li>
  )
}

/** What the doctor did before, to do again. */
function Suggestions({ person, units, busy, onOpen }: { person: string; units: number } & Opening) {
  const { t } = useTranslation()
  const query = useQuery(suggestionsQuery(person))
  return (
    <div className="stack-small">
      <h3>{t('openHours.againTitle')}</h3>
      <Loaded query={query}>
        {({ suggestions }) =>
          suggestions.length === 0 ? (
            <p>{t('openHours.noSuggestions')}</p>
          ) : (
            <ul className="plain-list open-list">
              {suggestions.map((suggestion) => (
                <SuggestionLine
                  key={suggestion.kind}
                  suggestion={suggestion}
                  units={units}
                  busy={busy}
                  onOpen={onOpen}
                />
              ))}
            </ul>
          )
        }
      </Loaded>
    </div>
  )
}

function SuggestionLine({
  suggestion,
  units,
  busy,
  onOpen,
}: { suggestion: Suggestion; units: number } & Opening) {
  const { t } = useTranslation()
  const language = useLanguage()
  const name = suggestionName(t, suggestion, language)
  const rules = suggestion.rules.map(({ unitName: _, ...rule }) => rule)
  return (
    <li className="open-line">
      <span className="open-what">
        <strong className="capital">{name}</strong>
        <span className="quiet capital">{suggestionDetails(t, suggestion, language, units)}</span>
      </span>
      <Button
        variant="secondary"
        aria-label={t('openHours.publishThis', { text: name })}
        aria-disabled={busy}
        onClick={() => onOpen(name, { rules, extras: [] })}
      >
        {t('openHours.publish')}
      </Button>
    </li>
  )
}
