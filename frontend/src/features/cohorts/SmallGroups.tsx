import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button, Checkbox, CheckboxGroup, TextInput } from 'suomifi-ui-components'
import { useFieldStatus } from '../../shared/http/useProblemText'
import { WriteNotice } from '../../shared/ui/WriteNotice'
import { type Roster, type RosterRow, useSaveGroup } from './rosterApi'

/** The small groups of a cohort: who their trainers are, and a new one of those who are chosen in the list. */
export function SmallGroups({
  roster,
  chosen,
  onDone,
}: {
  roster: Roster
  chosen: readonly RosterRow[]
  onDone: (said: string) => void
}) {
  const { t } = useTranslation()
  const [open, setOpen] = useState<string>()
  const nameOf = (person: string) => roster.trainers.find((one) => one.id === person)?.name ?? ''
  const editing = roster.groups.find((one) => one.id === open)
  return (
    <section className="card stack roster-groups" aria-labelledby="small-groups">
      <h2 id="small-groups">{t('roster.groups')}</h2>
      {roster.groups.length > 0 && (
        <ul className="plain-list stack">
          {roster.groups.map((group) => (
            <li key={group.id} className="row row-between">
              <span>
                <strong>{group.name}</strong>{' '}
                <span className="quiet">
                  {[
                    t('cohorts.learners', {
                      count: roster.learners.filter((row) => row.group === group.id).length,
                    }),
                    group.trainers.map(nameOf).filter(Boolean).join(', '),
                  ]
                    .filter(Boolean)
                    .join(' · ')}
                </span>
              </span>
              <Button variant="secondaryNoBorder" onClick={() => setOpen(group.id)}>
                {t('roster.changeGroup', { name: group.name })}
              </Button>
            </li>
          ))}
        </ul>
      )}
      {open === undefined ? (
        <>
          <p className="quiet">{t('roster.groupsHelp')}</p>
          {chosen.length > 0 && (
            <div>
              <Button variant="secondary" onClick={() => setOpen('')}>
                {t('roster.formGroup', { count: chosen.length })}
              </Button>
            </div>
          )}
        </>
      ) : (
        <GroupForm
          key={open}
          roster={roster}
          group={editing}
          chosen={chosen}
          onClose={() => setOpen(undefined)}
          onDone={(name) => {
            setOpen(undefined)
            onDone(t('roster.groupSaved', { name }))
          }}
        />
      )}
    </section>
  )
}

function GroupForm({
  roster,
  group,
  chosen,
  onClose,
  onDone,
}: {
  roster: Roster
  group: Roster['groups'][number] | undefined
  chosen: readonly RosterRow[]
  onClose: () => void
  onDone: (name: string) => void
}) {
  const { t } = useTranslation()
  const [name, setName] = useState(group?.name ?? '')
  const [trainers, setTrainers] = useState<string[]>(group?.trainers ?? [])
  const [members, setMembers] = useState<string[]>(
    group
      ? roster.learners.filter((row) => row.group === group.id).map((row) => row.person)
      : chosen.map((row) => row.person),
  )
  const [asked, setAsked] = useState(false)
  const save = useSaveGroup(roster.cohort.id, () => onDone(name.trim()))
  const fieldStatus = useFieldStatus(save.problem)
  const toggle = (list: string[], id: string, yes: boolean) =>
    yes ? [...list, id] : list.filter((one) => one !== id)
  // A group that is changed shows those who are in it and those who were chosen to join.
  const offered = roster.learners.filter(
    (row) => (group && row.group === group.id) || chosen.some((one) => one.person === row.person),
  )
  return (
    <form
      className="form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        setAsked(true)
        if (name.trim() !== '') save.start({ group: group?.id, name: name.trim(), members, trainers })
      }}
    >
      <TextInput
        labelText={t('roster.groupName')}
        fullWidth
        value={name}
        onChange={(value) => setName(String(value ?? ''))}
        {...(asked && name.trim() === ''
          ? { status: 'error', statusText: t('fieldProblems.required') }
          : fieldStatus('name'))}
      />
      <CheckboxGroup labelText={t('roster.groupTrainers')}>
        {roster.trainers.map((trainer) => (
          <Checkbox
            key={trainer.id}
            checked={trainers.includes(trainer.id)}
            onClick={({ checkboxState }) => setTrainers(toggle(trainers, trainer.id, checkboxState))}
          >
            {trainer.name}
          </Checkbox>
        ))}
      </CheckboxGroup>
      {offered.length > 0 && (
        <CheckboxGroup labelText={t('roster.groupMembers')}>
          {offered.map((row) => (
            <Checkbox
              key={row.person}
              checked={members.includes(row.person)}
              onClick={({ checkboxState }) => setMembers(toggle(members, row.person, checkboxState))}
            >
              {row.name}
            </Checkbox>
          ))}
        </CheckboxGroup>
      )}
      <WriteNotice write={save} />
      <div className="row">
        <Button type="submit" aria-disabled={save.busy}>
          {t('common.save')}
        </Button>
        <Button variant="secondary" onClick={onClose}>
          {t('common.cancel')}
        </Button>
      </div>
    </form>
  )
}
