import { screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { personWith, show } from '../../test-page'
import type { Matrix } from './api'
import { MatrixTable } from './MatrixTable'

function matrixOf(people: number): Matrix {
  return {
    cohort: {
      id: 'c',
      name: 'Ryhmä',
      course: 'k',
      courseTitle: 'Kurssi',
      unit: 'u',
      unitName: 'Yksikkö',
      starts: '2026-09-01',
      learners: people,
      invited: 0,
      percent: 10,
      behind: 1,
    },
    modules: [
      { id: 'm1', title: 'Työkyky', activities: 6 },
      { id: 'm2', title: 'Etuudet', activities: 0 },
    ],
    legend: { '.': 'not_started' },
    learners: Array.from({ length: people }, (_, nth) => ({
      person: `p${nth}`,
      invited: false,
      name: `Henkilö ${nth}`,
      percent: nth,
      modules: [nth * 2, 0],
      cells: '......',
    })),
  }
}

test('a real table: people as row headings in the order of the server, modules as column headings', async () => {
  await show(<MatrixTable matrix={matrixOf(3)} />, personWith('trainer'))
  const table = screen.getByRole('table')
  expect(
    within(table)
      .getAllByRole('columnheader')
      .map((one) => one.textContent),
  ).toEqual(['Koulutettava', 'Koko kurssi', 'Viimeksi käynyt', '11. Työkyky', '22. Etuudet'])
  expect(
    within(table)
      .getAllByRole('rowheader')
      .map((one) => one.textContent),
  ).toEqual(['Henkilö 0', 'Henkilö 1', 'Henkilö 2'])
  const second = within(table).getByRole('row', { name: /Henkilö 1/ })
  expect(
    within(second)
      .getAllByRole('cell')
      .map((one) => one.textContent),
  ).toEqual(['1\u00a0%', 'Ei vielä', '2', '–Sisältö tulossa'])
  expect(within(second).getByRole('link', { name: 'Henkilö 1' }).getAttribute('href')).toBe(
    '/cohorts/c/learners/p1',
  )
})

test('a large group starts with the fifty most behind and can be searched', async () => {
  const user = userEvent.setup()
  await show(<MatrixTable matrix={matrixOf(60)} />, personWith('trainer'))
  expect(screen.getAllByRole('rowheader')).toHaveLength(50)
  await user.click(screen.getByRole('button', { name: 'Näytä kaikki 60' }))
  expect(screen.getAllByRole('rowheader')).toHaveLength(60)
  await user.type(screen.getByRole('textbox', { name: 'Etsi nimellä' }), 'henkilö 59')
  expect(screen.getAllByRole('rowheader').map((one) => one.textContent)).toEqual(['Henkilö 59'])
  expect(screen.getByRole('status').textContent).toBe('Yksi koulutettava')
})
