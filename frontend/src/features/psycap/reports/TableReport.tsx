import { useNavigate } from '@tanstack/react-router'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button, Dropdown, DropdownItem, Textarea, TextInput } from 'suomifi-ui-components'
import { useFieldStatus } from '../../../shared/http/useProblemText'
import { Notice } from '../../../shared/ui/states'
import { WriteNotice } from '../../../shared/ui/WriteNotice'
import {
  type Column,
  type Table,
  type TableOrg,
  type TableSection,
  useCheckTables,
  useMakeTableReport,
} from './api'

type Instrument = TableOrg['instruments'][number]
type Typed = { key: string; instrument: string; text: string; columns?: Column[] }

/** A report of figures that were gathered elsewhere: the rows are counted and forgotten. */
export function TableReport({ orgs }: { orgs: TableOrg[] }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const [orgId, setOrg] = useState(orgs[0]?.org ?? '')
  const org = orgs.find((one) => one.org === orgId) ?? orgs[0]
  const instruments = org?.instruments ?? []
  const empty = (): Typed => ({
    key: crypto.randomUUID(),
    instrument: instruments[0]?.instrument ?? '',
    text: '',
  })
  const [tables, setTables] = useState<Typed[]>(() => [empty()])
  const [title, setTitle] = useState('')
  const [asked, setAsked] = useState(false)
  const check = useCheckTables()
  const make = useMakeTableReport((report) => navigate({ to: '/reports/$report', params: { report } }))
  const fieldStatus = useFieldStatus(make.problem)

  const sent = (all: Typed[]): Table[] =>
    all.flatMap(({ instrument, text, columns }) => {
      const known = instruments.find((one) => one.instrument === instrument)
      return known ? [{ instrument, version: known.version, text, ...(columns && { columns }) }] : []
    })
  const recheck = (all: Typed[]) => {
    setTables(all)
    check.start({ org: orgId, tables: sent(all) })
  }
  const change = (key: string, by: Partial<Typed>) => {
    check.reset()
    setTables(tables.map((one) => (one.key === key ? { ...one, ...by } : one)))
  }
  const filled = tables.every(({ text }) => text.trim() !== '')
  return (
    <form
      className="report-table-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        setAsked(true)
        if (!filled) return
        if (!check.output?.shown) check.start({ org: orgId, tables: sent(tables) })
        else if (title.trim() !== '') make.start({ org: orgId, title: title.trim(), tables: sent(tables) })
      }}
    >
      <Notice title={t('reports.tableNothingKept')}>{t('reports.tableHow')}</Notice>
      {orgs.length > 1 && (
        <div className="form">
          <Dropdown
            labelText={t('reports.organisation')}
            fullWidth
            value={orgId}
            onChange={(value) => {
              check.reset()
              setOrg(value)
            }}
          >
            {orgs.map(({ org: id, name }) => (
              <DropdownItem key={id} value={id}>
                {name}
              </DropdownItem>
            ))}
          </Dropdown>
        </div>
      )}
      {tables.map((table, nth) => (
        <TableFields
          key={table.key}
          nth={nth}
          table={table}
          asked={asked}
          // An instrument has one table.
          instruments={instruments.filter(
            ({ instrument }) =>
              instrument === table.instrument || !tables.some((one) => one.instrument === instrument),
          )}
          section={check.output?.sections.find(({ instrument }) => instrument === table.instrument)}
          floor={check.output?.floor ?? org?.floor ?? 0}
          onChange={(by) => change(table.key, by)}
          onColumns={(columns) =>
            recheck(tables.map((one) => (one.key === table.key ? { ...one, columns } : one)))
          }
          {...(tables.length > 1 && {
            onRemove: () => {
              check.reset()
              setTables(tables.filter((one) => one !== table))
            },
          })}
        />
      ))}
      {tables.length < instruments.length && (
        <div>
          <Button
            variant="secondaryNoBorder"
            onClick={() => {
              check.reset()
              const free = instruments.find(
                ({ instrument }) => !tables.some((one) => one.instrument === instrument),
              )
              setTables([...tables, { ...empty(), instrument: free?.instrument ?? '' }])
            }}
          >
            {t('reports.anotherTable')}
          </Button>
        </div>
      )}
      {check.output?.shown && (
        <div className="form">
          <TextInput
            labelText={t('reports.titleLabel')}
            fullWidth
            value={title}
            onChange={(value) => setTitle(String(value ?? ''))}
            {...(asked && title.trim() === ''
              ? { status: 'error', statusText: t('fieldProblems.required') }
              : fieldStatus('title'))}
          />
        </div>
      )}
      <WriteNotice write={check} />
      <WriteNotice write={make} />
      <div className="row">
        <Button type="submit" aria-disabled={!filled || check.busy || make.busy}>
          {t(check.output?.shown ? 'reports.make' : 'reports.check')}
        </Button>
      </div>
    </form>
  )
}

function TableFields({
  nth,
  table,
  asked,
  instruments,
  section,
  floor,
  onChange,
  onColumns,
  onRemove,
}: {
  nth: number
  table: Typed
  asked: boolean
  instruments: Instrument[]
  section: TableSection | undefined
  floor: number
  onChange: (by: Partial<Typed>) => void
  onColumns: (columns: Column[]) => void
  onRemove?: () => void
}) {
  const { t } = useTranslation()
  const id = useId()
  const instrument = instruments.find((one) => one.instrument === table.instrument)
  const example = instrument?.items[0]
  return (
    <section className="card stack report-table" aria-labelledby={id}>
      <h2 id={id}>{t('reports.tableNth', { nth: nth + 1 })}</h2>
      <Dropdown
        labelText={t('reports.measure')}
        fullWidth
        value={table.instrument}
        onChange={(value) => onChange({ instrument: value, columns: undefined })}
      >
        {instruments.map((one) => (
          <DropdownItem key={one.instrument} value={one.instrument}>
            {one.title}
          </DropdownItem>
        ))}
      </Dropdown>
      {example && (
        <p className="quiet">
          {t('reports.itemsAre', { items: instrument.items.map(({ item }) => item).join(', ') })}{' '}
          {t('reports.nameThem', { item: example.item })}{' '}
          {t('reports.valuesAre', { min: example.min, max: example.max })}
        </p>
      )}
      <Textarea
        labelText={t('reports.paste')}
        hintText={t('reports.pasteHint')}
        fullWidth
        value={table.text}
        onChange={(event) => onChange({ text: event.target.value, columns: undefined })}
        {...(asked && table.text.trim() === ''
          ? { status: 'error', statusText: t('fieldProblems.required') }
          : {})}
      />
      <label className="report-file">
        <span>{t('reports.orFile')}</span>
        <input
          type="file"
          accept=".csv,.tsv,.txt,text/csv,text/plain"
          onChange={async (event) => {
            const file = event.target.files?.[0]
            if (file) onChange({ text: await file.text(), columns: undefined })
          }}
        />
      </label>
      {section && instrument && (
        <Checked section={section} instrument={instrument} floor={floor} onColumns={onColumns} />
      )}
      {onRemove && (
        <div>
          <Button variant="secondaryNoBorder" onClick={onRemove}>
            {t('reports.removeTable', { nth: nth + 1 })}
          </Button>
        </div>
      )}
    </section>
  )
}

/** What the server made of a table: which column is what, and which cells are wrong. Nothing of the cells comes back. */
function Checked({
  section,
  instrument,
  floor,
  onColumns,
}: {
  section: TableSection
  instrument: Instrument
  floor: number
  onColumns: (columns: Column[]) => void
}) {
  const { t } = useTranslation()
  const { rows, columns, wrong } = section
  const choose = (column: string, chosen: string) => {
    const [point, item] = chosen.split(' ')
    const meant: Column =
      item === undefined || (point !== 'start' && point !== 'end') ? { column } : { column, item, point }
    onColumns(columns.map((one) => (one.column === column ? meant : one)))
  }
  const placeOf = (row: number, column: string) => {
    if (row > 0 && column) return `${t('reports.cell', { row, column })}: `
    if (row > 0) return `${t('reports.row', { row })}: `
    return column ? `${t('reports.column', { column })}: ` : ''
  }
  return (
    <div className="stack" role="status">
      {wrong.length > 0 ? (
        <Notice kind="bad" title={t('reports.wrongCells', { count: wrong.length })}>
          <ul>
            {wrong.map(({ row, column, code }) => (
              <li key={`${row} ${column} ${code}`}>
                {placeOf(row, column)}
                {t(`reports.wrong.${code}`)}
              </li>
            ))}
          </ul>
        </Notice>
      ) : section.shown ? (
        <Notice kind="good" title={t('reports.tableGood', { count: rows })} />
      ) : (
        <Notice kind="warning" title={t(`reports.hidden.${section.why ?? 'fewer_than_floor'}`, { floor })} />
      )}
      {columns.length > 0 && (
        <fieldset className="report-columns">
          <legend>{t('reports.columns')}</legend>
          {columns.map(({ column, item, point }) => (
            <Dropdown
              key={column}
              labelText={column}
              fullWidth
              value={item && point ? `${point} ${item}` : 'none'}
              onChange={(chosen) => choose(column, chosen)}
            >
              {[
                <DropdownItem key="none" value="none">
                  {t('reports.columnLeftOut')}
                </DropdownItem>,
                ...(['start', 'end'] as const).flatMap((when) =>
                  instrument.items.map((one) => (
                    <DropdownItem key={`${when} ${one.item}`} value={`${when} ${one.item}`}>
                      {`${one.item}, ${t(`reports.points.${when}`)}`}
                    </DropdownItem>
                  )),
                ),
              ]}
            </Dropdown>
          ))}
        </fieldset>
      )}
    </div>
  )
}
