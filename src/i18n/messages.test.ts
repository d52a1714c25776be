import { expect, test } from 'vitest'
import { parse, TYPE, type MessageFormatElement } from '@formatjs/icu-messageformat-parser'
import { messages as enCore } from './messages/en/index.ts'
import { lazyMessages as enLazy } from './messages/en/lazy.ts'
import { messages as zhCore } from './messages/zh/index.ts'
import { lazyMessages as zhLazy } from './messages/zh/lazy.ts'

const en = { ...enCore, ...enLazy }
const zh = { ...zhCore, ...zhLazy }

type Tree = { readonly [key: string]: string | Tree }

function flatten(tree: Tree, path = ''): readonly (readonly [string, string])[] {
  return Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'string' ? [[path + key, value] as const] : flatten(value, `${path}${key}.`),
  )
}

/** Names and kinds of a message's arguments, those inside plurals and tags too. */
function argumentsOf(elements: readonly MessageFormatElement[]): readonly string[] {
  const found = elements.flatMap((element): readonly string[] => {
    switch (element.type) {
      case TYPE.literal:
      case TYPE.pound:
        return []
      case TYPE.tag:
        return [`<${element.value}>`, ...argumentsOf(element.children)]
      case TYPE.select:
      case TYPE.plural:
        return [element.value, ...Object.values(element.options).flatMap((option) => argumentsOf(option.value))]
      default:
        return [element.value]
    }
  })
  return [...new Set(found)].sort()
}

const english = flatten(en)
const chinese = new Map(flatten(zh))

test('both languages have the same keys', () => {
  expect([...chinese.keys()].sort()).toEqual(english.map(([key]) => key).sort())
})

test.each(english)('%s takes the same arguments in both languages', (key, message) => {
  expect(argumentsOf(parse(chinese.get(key) ?? ''))).toEqual(argumentsOf(parse(message)))
})

test('no message is empty', () => {
  expect([...english, ...chinese].filter(([, message]) => message.trim() === '')).toEqual([])
})

test('Chinese messages hold no English sentence', () => {
  const untranslated = english.filter(([key, message]) => {
    const words = message.replace(/\{[^}]*\}/g, '').match(/[a-z]{3,}/gi) ?? []
    return chinese.get(key) === message && words.length > 2
  })
  expect(untranslated.map(([key]) => key)).toEqual([])
})
