import { describe, expect, it } from 'vitest'
import { compare, idsInWords, readItems } from './items'

const itemsOf = (text: string) => Object.fromEntries(readItems(text).items)

describe('readItems', () => {
  it.each([
    ['a semicolon', '1;Ensimmäinen\n2;Toinen'],
    ['a tab, as from a table', '1\tEnsimmäinen\n2\tToinen'],
    ['a colon, as in YAML', '1: Ensimmäinen\n2: Toinen'],
    ['quotes', '"1";"Ensimmäinen"\n"2";"Toinen"'],
    ['commas and quotes', '1,"Ensimmäinen"\n2,"Toinen"'],
    ['a list in YAML', '- 1: \'Ensimmäinen\'\n- 2: "Toinen"'],
    ['a heading, a comment, empty lines', '\uFEFFid;text\r\n# oma\r\n\r\n1; Ensimmäinen \r\n2;Toinen\r\n'],
  ])('reads %s', (_, text) => {
    expect(itemsOf(text)).toEqual({ 1: 'Ensimmäinen', 2: 'Toinen' })
    expect(readItems(text).unreadable).toEqual([])
  })

  it('keeps signs inside a text', () => {
    expect(itemsOf('hope1;Kyllä; ehkä: "joskus"')).toEqual({ hope1: 'Kyllä; ehkä: "joskus"' })
    expect(itemsOf('"a";"Sanoi ""joo"""')).toEqual({ a: 'Sanoi "joo"' })
  })

  it('reads words at values of the scale', () => {
    const read = readItems('@1;Eri mieltä\n@6;Samaa mieltä\n1;Ensimmäinen')
    expect([...read.anchors]).toEqual([
      [1, 'Eri mieltä'],
      [6, 'Samaa mieltä'],
    ])
    expect(read.items.size).toBe(1)
  })

  it('names lines that it can not read, and what comes twice', () => {
    const read = readItems('1;Ensimmäinen\npelkkää tekstiä\n2;\n1;Taas')
    expect(read.unreadable).toEqual([2, 3])
    expect(read.twice).toEqual(['1'])
  })
})

it('compares with what is expected', () => {
  expect(compare(['1', '2'], readItems('2;Toinen\n3;Kolmas'))).toEqual({ missing: ['1'], unknown: ['3'] })
})

it('says ids in few words', () => {
  expect(idsInWords(['1', '2', '3'])).toBe('1–3')
  expect(idsInWords(['hope1', 'hope2'])).toBe('hope1, hope2')
})
