/** Writes docs/fidelity.md from the contract: what is done, refused and missing, every extension, every assumption. */
import { writeFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { products, type Action } from '#src/api/contract/action.ts'
import { actions } from '#src/api/contract/actions.ts'
import { assumptions } from '#src/api/contract/assumptions.ts'
import { extensionFields } from '#src/api/contract/extensions.ts'
import { missingValues } from '#src/api/contract/missing-values.ts'
import { externalRefusal, publishedActions, publishedGroups } from '#src/api/contract/published.ts'

export const fidelityPath = 'docs/fidelity.md'

const groupTitles: Readonly<Record<keyof typeof publishedGroups, string>> = {
  service: 'Service',
  instances: 'Instances',
  keys: 'Keys',
  versions: 'Versions and rotation',
  import: 'Import of key material',
  aliases: 'Aliases',
  tags: 'Tags',
  cryptography: 'Cryptography',
  secrets: 'Secrets',
  applicationAccess: 'Application access',
}

const known: Readonly<Record<string, Action>> = actions
/** RAM has actions of the same names. */
const knownOfKms = (name: string): Action | undefined => (known[name]?.product === 'kms' ? known[name] : undefined)

type Verdict = 'done' | 'missing'

const verdictOf = (name: string): Verdict => (knownOfKms(name) && !knownOfKms(name)?.absent ? 'done' : 'missing')

const code = (text: string): string => (text === '' ? '' : `\`${text}\``)

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}

const actionRow = (name: string): string[] => [
  code(name),
  verdictOf(name),
  code(externalRefusal(name) ?? ''),
  (knownOfKms(name)?.refused ?? []).map(code).join(', '),
]

const groups = Object.entries(publishedGroups) as [keyof typeof publishedGroups, readonly string[]][]
const groupSections = groups.map(
  ([group, names]) =>
    `### ${groupTitles[group]}\n\n${table(['Action', 'Verdict', 'On an external key', 'Parameters refused by name'], names.map(actionRow))}`,
)

const otherActions = Object.entries(known).filter(([, { product }]) => product !== 'kms')
const extensionActions = Object.entries(known).filter(([, { extension }]) => extension === true)
const fieldRows = Object.entries(extensionFields).flatMap(([name, { parameters, answers }]) => [
  ...parameters.map((parameter) => [code(name), 'parameter', code(parameter)]),
  ...answers.map((answer) => [code(name), 'answer', code(answer)]),
])

const missingRows = Object.entries(missingValues).flatMap(([name, parameters]) =>
  Object.entries(parameters).map(([parameter, values]) => [code(name), code(parameter), values.map(code).join(', ')]),
)

const count = (verdict: Verdict): number => publishedActions.filter((name) => verdictOf(name) === verdict).length

const notForExternalKeys = publishedActions.filter((name) => externalRefusal(name) !== null)

export const fidelityText = `# Fidelity

What the emulated cloud does of the real one. Written by \`npm run fidelity\` from \`src/api/contract\`; a test keeps it current.

## Actions of KMS API ${products.kms.version}

Of ${publishedActions.length} published actions, ${count('done')} are done and ${count('missing')} are missing. ${notForExternalKeys.length} of them a key in an external instance cannot do, in the
real cloud either.

- **done**: answered as published, with the exceptions below. A published parameter that is not implemented is refused by its name.
- **missing**: never carried out. Answered with \`UnsupportedOperation\` and the action's name.
- **on an external key**: the code that such a key is refused with, whatever the verdict.

Every other name is answered with \`InvalidAction.NotFound\`.

${groupSections.join('\n\n')}

## Values that are missing

Published values that are refused by name, with \`UnsupportedOperation\`:

${table(['Action', 'Parameter', 'Values'], missingRows)}

## Actions of other products

${table(
  ['Product', 'Version', 'Action', 'Verdict'],
  otherActions.map(([name, { product }]) => [product.toUpperCase(), products[product].version, code(name), 'done']),
)}

## Extensions

What the console needs and no public API offers. An answer that used one names it in \`x-kms-extension\`; under strict compatibility
all are off.

${table(['Action', 'Kind', 'Name'], [...extensionActions.map(([name]) => [code(name), 'action', '']), ...fieldRows])}

Errors carry a machine-readable \`Detail\`, and the external key manager has an interface of its own under \`api/key-manager/\`.

## Assumptions

Where nothing is published, this build fills the gap so:

${table(
  ['', 'About', 'Assumed'],
  assumptions.map(({ id, about, statement }) => [code(id), about, statement]),
)}
`

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  writeFileSync(fidelityPath, fidelityText)
}
