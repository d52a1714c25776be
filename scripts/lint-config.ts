/** Writes `.oxlintrc.json`: the plain rules from here, the layers from `layers.ts`. Run it with `npm run lint:config`. */
import { writeFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { ambientFiles, layers, outsideLayers } from './layers.ts'

const upwards = {
  group: ['../*', '..'],
  message: 'Never upwards: ./ for the same folder or below, #src/ and #mocks/ for anything else.',
}

/** Lint's spelling of the table's patterns: `a/` is everything below, `a/*` the files directly in it. */
const glob = (pattern: string): string => (pattern.endsWith('/') ? `${pattern}**` : pattern)
const specifierGlob = (pattern: string): string => `#${glob(pattern)}`

/** Everything is forbidden, then what the layer may import is let in again, then what lies inside that but is another layer goes out. */
function allowed(name: string): string[] {
  const mine = new Set([name, ...(layers[name]?.imports ?? [])])
  const patterns = Object.entries(layers).flatMap(([layer, { files }]) => files.map((file) => ({ layer, file })))
  const fromCoarse = patterns.toSorted((a, b) => a.file.length - b.file.length)
  const rows = fromCoarse.map(({ layer, file }) => (mine.has(layer) ? `!${specifierGlob(file)}` : specifierGlob(file)))
  const packages = (layers[name]?.packages ?? []).map((pattern) => `!${pattern.replace(/\*$/, '**')}`)
  return ['*', '!./**', ...packages, ...rows]
}

const layerOverrides = Object.entries(layers)
  .flatMap(([name, { files }]) => files.map((file) => ({ name, file })))
  .toSorted((a, b) => a.file.length - b.file.length)
  .map(({ name, file }) => ({
    files: [glob(file)],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              group: allowed(name),
              message: `Not for the layer "${name}": scripts/layers.ts says who may import whom.`,
            },
          ],
        },
      ],
    },
  }))

const ambientMessage = 'Ambient input: take it from the runtime that is handed in (mocks/runtime.ts).'
const ambientGlobals = ['fetch', 'crypto', 'performance', 'setTimeout', 'setInterval', 'setImmediate']
const subtle = {
  object: 'crypto',
  property: 'subtle',
  message: 'Cryptography stands in src/api/signer.ts, src/api/key-pair.ts and mocks/crypto.',
}

export const lintConfig = {
  $schema: './node_modules/oxlint/configuration_schema.json',
  plugins: ['typescript', 'import', 'react', 'jsx-a11y', 'unicorn', 'oxc', 'promise'],
  categories: { correctness: 'error' },
  env: { builtin: true, es2024: true },
  ignorePatterns: ['dist', 'dist-cloud', '.cache', 'node_modules', 'test-results', 'playwright-report'],
  rules: {
    'no-console': 'error',
    'no-restricted-imports': ['error', { patterns: [upwards] }],
    'no-restricted-properties': ['error', subtle],
    eqeqeq: ['error', 'always', { null: 'ignore' }],
    'no-var': 'error',
    'prefer-const': 'error',
    'no-eval': 'error',
    'no-new-func': 'error',
    'import/no-cycle': 'error',
    'typescript/no-explicit-any': 'error',
    'typescript/no-floating-promises': 'error',
    'typescript/no-misused-promises': 'error',
    'typescript/await-thenable': 'error',
    'typescript/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
    'typescript/consistent-type-imports': [
      'error',
      { fixStyle: 'inline-type-imports', disallowTypeAnnotations: false },
    ],
    'typescript/only-throw-error': 'error',
    'react/rules-of-hooks': 'error',
    'react/exhaustive-deps': 'error',
    'react/jsx-key': 'error',
    'react/no-danger': 'error',
    'react/self-closing-comp': 'error',
    'no-unused-vars': ['error', { args: 'after-used', argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
    // A region that scrolls must be reachable by keyboard (WCAG 2.1.1), and a meter of our own cannot be a <meter>.
    'jsx-a11y/no-noninteractive-tabindex': ['error', { tags: [], roles: ['region', 'tabpanel'] }],
    'jsx-a11y/prefer-tag-over-role': 'off',
    // Advice for React's compiler, which is not in use.
    'react/refs': 'off',
    'react/incompatible-library': 'off',
    // Splitting text into code points, and writing values that the types call unknown, are deliberate where they stand.
    'typescript/no-misused-spread': 'off',
    'typescript/no-base-to-string': 'off',
  },
  overrides: [
    {
      files: ['src/api/signer.ts', 'src/api/key-pair.ts', 'mocks/crypto/**'],
      rules: { 'no-restricted-properties': 'off' },
    },
    {
      files: ['mocks/**'],
      rules: {
        'no-restricted-globals': ['error', ...ambientGlobals.map((name) => ({ name, message: ambientMessage }))],
        'no-restricted-properties': [
          'error',
          subtle,
          { object: 'Date', property: 'now', message: ambientMessage },
          { object: 'Math', property: 'random', message: ambientMessage },
          ...['globalThis', 'self'].flatMap((object) =>
            ambientGlobals.map((property) => ({ object, property, message: ambientMessage })),
          ),
        ],
      },
    },
    { files: [...ambientFiles], rules: { 'no-restricted-globals': 'off', 'no-restricted-properties': 'off' } },
    ...layerOverrides,
    { files: ['scripts/**', 'e2e/**', 'examples/**'], rules: { 'no-console': 'off' } },
    // No React there: `use` is a plain word, a fixture's callback too.
    { files: ['mocks/**', 'scripts/**', 'e2e/**'], rules: { 'react/rules-of-hooks': 'off', 'react/hooks': 'off' } },
    {
      files: [...outsideLayers],
      rules: {
        'no-restricted-imports': ['error', { patterns: [upwards] }],
        'no-restricted-globals': 'off',
        'no-restricted-properties': 'off',
        'typescript/unbound-method': 'off',
      },
    },
  ],
}

export const lintConfigText = `${JSON.stringify(lintConfig, null, 2)}\n`
export const lintConfigPath = '.oxlintrc.json'

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  writeFileSync(lintConfigPath, lintConfigText)
}
