import type { TFunction } from 'i18next'
import { useEffect, useId, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button, Textarea, TextInput } from 'suomifi-ui-components'
import { LANGUAGES, type Language } from '../../../shared/i18n/languages'
import { DayField } from '../../../shared/ui/DayField'
import { Notice } from '../../../shared/ui/states'
import { WriteNotice } from '../../../shared/ui/WriteNotice'
import { type Instrument, useUploadItems } from './api'
import { compare, idsInWords, type Read, readItems } from './items'

const MOST_BYTES = 500_000

/** The items of a questionnaire that ships without them: pasted or from a file, looked at, and then brought in. */
export function ItemsForm({
  org,
  instrument,
  onDone,
  onClose,
}: {
  org: string
  instrument: Instrument
  onDone: () => void
  onClose: () => void
}) {
  const { t } = useTranslation()
  const [texts, setTexts] = useState<Record<Language, string>>({ fi: '', sv: '', en: '' })
  const [looking, setLooking] = useState(false)
  const [asked, setAsked] = useState(false)
  const [translator, setTranslator] = useState('')
  const [version, setVersion] = useState('')
  const [day, setDay] = useState<string>()
  const upload = useUploadItems(org, instrument.id, onDone)

  const mustTranslate = instrument.rights === 'free_with_credit'
  const read = LANGUAGES.filter((one) => texts[one].trim() !== '').map((language) => ({
    language,
    read: readItems(texts[language]),
  }))
  const mistakes = read.flatMap((one) => mistakesOf(t, instrument, one.language, one.read))
  const translated = translator.trim() !== '' && version.trim() !== '' && day !== undefined
  const ready = read.length > 0 && mistakes.length === 0 && (!mustTranslate || translated)
  const needed = (text: string) =>
    asked && text.trim() === '' && { status: 'error' as const, statusText: t('fieldProblems.required') }

  if (looking && ready) {
    return (
      <div className="stack">
        <Heading text={t('instruments.preview')} />
        {read.map((one) => (
          <Preview key={one.language} instrument={instrument} language={one.language} read={one.read} />
        ))}
        <WriteNotice write={upload} />
        <div className="row">
          <Button
            aria-disabled={upload.busy}
            onClick={() =>
              upload.start({
                texts: read.map((one) => ({
                  language: one.language,
                  items: [...one.read.items].map(([id, text]) => ({ id, text })),
                  anchors: [...one.read.anchors].map(([value, text]) => ({ value, text })),
                })),
                ...(translated && {
                  translation: { translator: translator.trim(), date: day, version: version.trim() },
                }),
              })
            }
          >
            {t('instruments.bringItems')}
          </Button>
          <Button
            variant="secondary"
            onClick={() => {
              upload.reset()
              setLooking(false)
            }}
          >
            {t('instruments.changeTexts')}
          </Button>
        </div>
      </div>
    )
  }

  return (
    <form
      className="form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        setAsked(true)
        setLooking(ready)
      }}
    >
      <p className="quiet">
        {t('instruments.itemsHint', {
          ids: idsInWords(instrument.items),
          min: instrument.min,
        })}
      </p>
      {LANGUAGES.map((language) => (
        <LanguageField
          key={language}
          label={t(`instruments.itemsIn.${language}`)}
          text={texts[language]}
          onText={(text) => setTexts((before) => ({ ...before, [language]: text }))}
        />
      ))}
      {mustTranslate && (
        <>
          <TextInput
            labelText={t('instruments.translator')}
            fullWidth
            value={translator}
            onChange={(value) => setTranslator(String(value ?? ''))}
            {...needed(translator)}
          />
          <DayField
            label={t('instruments.translatedOn')}
            day={day}
            onDay={setDay}
            {...(asked && day === undefined && { wrong: t('fieldProblems.date') })}
          />
          <TextInput
            labelText={t('instruments.translationVersion')}
            fullWidth
            value={version}
            onChange={(value) => setVersion(String(value ?? ''))}
            {...needed(version)}
          />
        </>
      )}
      {asked && read.length === 0 && <Notice kind="bad" live title={t('instruments.noTexts')} />}
      {asked && mistakes.length > 0 && (
        <Notice kind="bad" live title={t('instruments.mistakes')}>
          <ul>
            {mistakes.map((one) => (
              <li key={one}>{one}</li>
            ))}
          </ul>
        </Notice>
      )}
      <div className="row">
        <Button type="submit">{t('instruments.look')}</Button>
        <Button variant="secondary" onClick={onClose}>
          {t('common.cancel')}
        </Button>
      </div>
    </form>
  )
}

/** Of what has come in the place of a long form: it is seen, and not what the page has after it. */
function Heading({ text }: { text: string }) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    heading.current?.scrollIntoView()
    heading.current?.focus({ preventScroll: true })
  }, [])
  return (
    <h4 ref={heading} tabIndex={-1}>
      {text}
    </h4>
  )
}

function LanguageField({
  label,
  text,
  onText,
}: {
  label: string
  text: string
  onText: (text: string) => void
}) {
  const { t } = useTranslation()
  const id = useId()
  const [wrong, setWrong] = useState(false)

  async function pick(file: File | undefined): Promise<void> {
    setWrong(false)
    if (file === undefined) return
    if (file.size > MOST_BYTES) return setWrong(true)
    try {
      onText(await file.text())
    } catch {
      setWrong(true)
    }
  }

  return (
    <div className="stack items-language">
      <Textarea
        labelText={label}
        optionalText={t('common.optional')}
        fullWidth
        value={text}
        onChange={(event) => onText(event.target.value)}
      />
      <div>
        <label htmlFor={id}>{t('instruments.orFile', { name: label })}</label>
        <input
          id={id}
          type="file"
          accept=".csv,.yaml,.yml,.txt,text/plain,text/csv"
          aria-invalid={wrong}
          onChange={(event) => void pick(event.target.files?.[0])}
        />
        {wrong && <p role="alert">{t('instruments.fileWrong')}</p>}
      </div>
    </div>
  )
}

function Preview({ instrument, language, read }: { instrument: Instrument; language: Language; read: Read }) {
  const { t } = useTranslation()
  const anchors = [...read.anchors].sort(([one], [other]) => one - other)
  return (
    <section className="stack" aria-label={t(`instruments.itemsIn.${language}`)}>
      <p className="eyebrow">{t(`instruments.itemsIn.${language}`)}</p>
      <ol className="plain-list items-preview" lang={language}>
        {instrument.items.map((id) => (
          <li key={id}>
            <span className="quiet">{id}</span> <span>{read.items.get(id)}</span>
          </li>
        ))}
      </ol>
      {anchors.length > 0 && (
        <p className="quiet">{anchors.map(([value, text]) => `${value} = ${text}`).join(' · ')}</p>
      )}
    </section>
  )
}

function mistakesOf(t: TFunction, instrument: Instrument, language: Language, read: Read): string[] {
  const { missing, unknown } = compare(instrument.items, read)
  const off = [...read.anchors.keys()].filter((value) => value < instrument.min || value > instrument.max)
  const where = t(`instruments.itemsIn.${language}`)
  const say = (
    key: 'missing' | 'unknown' | 'twice' | 'unreadable' | 'offScale',
    what: (string | number)[],
  ): string[] =>
    what.length === 0 ? [] : [`${where}: ${t(`instruments.wrong.${key}`, { what: what.join(', ') })}`]
  return [
    ...say('missing', missing),
    ...say('unknown', unknown),
    ...say('twice', read.twice),
    ...say('unreadable', read.unreadable),
    ...say('offScale', off),
  ]
}
