import { expect, test } from 'vitest'
import { hasRole, unitsWith } from './roles'

const person = {
  grants: [
    { role: 'doctor', unit: 'a', unitName: 'Asema A' },
    { role: 'doctor', unit: 'b', unitName: 'Asema B' },
    { role: 'trainer', unit: 'b', unitName: 'Asema B' },
  ],
}

test('a role counts wherever it is held', () => {
  expect(hasRole(person, 'doctor')).toBe(true)
  expect(hasRole(person, 'admin', 'trainer')).toBe(true)
  expect(hasRole(person, 'admin')).toBe(false)
})

test('units are those of the asked roles, each once', () => {
  expect(unitsWith(person, 'doctor', 'trainer')).toEqual([
    { id: 'a', name: 'Asema A' },
    { id: 'b', name: 'Asema B' },
  ])
  expect(unitsWith(person, 'trainer')).toEqual([{ id: 'b', name: 'Asema B' }])
  expect(unitsWith(person, 'admin')).toEqual([])
})
