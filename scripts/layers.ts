/**
 * Who may import whom. The one table behind `.oxlintrc.json` (written from it by `npm run lint:config`) and behind the test
 * that resolves every import of the tree. Order matters nowhere: a file belongs to the layer with its longest pattern.
 */

interface LayerDefinition {
  /** Folders (ending in `/`), files, or `folder/*` for the files directly in a folder. */
  readonly files: readonly string[]
  /** Layers that it may import besides itself. */
  readonly imports: readonly string[]
  /** Packages that it may import; `name/*` allows what is below the package too. */
  readonly packages: readonly string[]
}

/** Areas do not import one another; a new area is a new line here. */
export const areas = ['access', 'activity', 'keys', 'instances', 'key-manager', 'sign-in', 'start-problem'] as const

const react = ['react', 'react/*', 'react-dom', 'react-dom/*']
const interface_ = [
  ...react,
  '@base-ui/react',
  '@base-ui/react/*',
  'lucide-react',
  'lucide-react/*',
  '@tanstack/react-virtual',
  'use-intl',
]
const withData = [...interface_, '@tanstack/react-query', '@tanstack/react-router', 'react-hook-form']

const pageLayers = areas.map((area) => `pages/${area}`)
const source = [
  'contract',
  'boot',
  'preferences',
  'i18n',
  'api',
  'ui',
  'editor',
  'chart',
  'components',
  'http',
  'router',
  'root',
  ...pageLayers,
]
const rules = ['contract', 'base', 'crypto', 'store', 'ports']
const world = [...rules, 'kms', 'sharing', 'ram', 'access', 'xki', 'gateway', 'scenario names', 'scenarios', 'cloud']

export const layers: Readonly<Record<string, LayerDefinition>> = {
  /** ipaddr.js: conditions compare addresses. */
  contract: { files: ['src/api/contract/'], imports: [], packages: ['ipaddr.js'] },
  /** What main.tsx needs before there is a page. */
  boot: { files: ['src/boot/'], imports: ['contract', 'i18n', 'ui'], packages: ['react'] },
  /** What the browser remembers of a person's choices. */
  preferences: { files: ['src/preferences/'], imports: ['contract'], packages: ['react'] },
  i18n: { files: ['src/i18n/'], imports: ['contract', 'api', 'preferences'], packages: [...react, 'use-intl'] },
  api: { files: ['src/api/'], imports: ['contract'], packages: ['react', '@tanstack/react-query'] },
  /** Knows no router, no query and no form library. */
  ui: { files: ['src/components/ui/'], imports: ['i18n'], packages: [...interface_, '@fontsource-variable/inter/*'] },
  /** The one door to CodeMirror: heavy, and so loaded where a document is edited. */
  editor: {
    files: ['src/components/editor/'],
    imports: ['i18n', 'ui'],
    packages: [...react, '@codemirror/*', '@lezer/highlight'],
  },
  /** The one door to d3: scales and lines of the charts. */
  chart: { files: ['src/components/chart/'], imports: ['i18n', 'ui'], packages: [...react, 'd3-scale', 'd3-shape'] },
  components: {
    files: ['src/components/'],
    imports: ['contract', 'preferences', 'i18n', 'api', 'ui'],
    packages: withData,
  },
  ...Object.fromEntries(
    areas.map((area) => [
      `pages/${area}`,
      {
        files: [`src/pages/${area}/`],
        imports: ['contract', 'preferences', 'i18n', 'api', 'ui', 'editor', 'chart', 'components'],
        packages: withData,
      },
    ]),
  ),
  /** The console over a cloud on a port. idb: who is signed in. */
  http: { files: ['src/http/'], imports: ['contract', 'api', 'i18n', 'pages/sign-in'], packages: ['react', 'idb'] },
  router: { files: ['src/router.tsx'], imports: source.filter((name) => name !== 'root'), packages: withData },
  root: { files: ['src/*'], imports: source, packages: withData },
  /** The composition root alone reaches the emulator, and by dynamic import only. */
  main: { files: ['src/main.tsx'], imports: [...source, 'browser host'], packages: withData },

  base: {
    files: ['mocks/runtime.ts', 'mocks/service-error.ts', 'mocks/json.ts', 'mocks/kms/time.ts', 'mocks/trace/'],
    imports: ['contract'],
    packages: [],
  },
  crypto: { files: ['mocks/crypto/'], imports: ['contract', 'base'], packages: [] },
  store: { files: ['mocks/store/'], imports: ['contract', 'base'], packages: ['idb'] },
  /** What rules are handed, and the way from KMS to its key manager. */
  ports: {
    files: ['mocks/kms/context.ts', 'mocks/kms/health.ts', 'mocks/xki/port.ts'],
    imports: ['contract', 'base', 'store'],
    packages: [],
  },
  kms: { files: ['mocks/kms/'], imports: rules, packages: [] },
  sharing: { files: ['mocks/sharing/'], imports: [...rules, 'kms'], packages: [] },
  ram: { files: ['mocks/ram/'], imports: rules, packages: [] },
  /** Who may do what with a key, and why: asks KMS and RAM. */
  access: { files: ['mocks/access/'], imports: [...rules, 'kms', 'ram'], packages: [] },
  xki: { files: ['mocks/xki/'], imports: rules, packages: [] },
  gateway: { files: ['mocks/gateway/'], imports: [...rules, 'kms', 'ram', 'xki'], packages: [] },
  /** Typed identifiers of the scenarios: what end-to-end tests may know of the emulator. */
  'scenario names': { files: ['mocks/scenarios/names.ts'], imports: ['contract'], packages: [] },
  scenarios: { files: ['mocks/scenarios/'], imports: [...rules, 'kms', 'ram', 'xki', 'scenario names'], packages: [] },
  cloud: { files: ['mocks/cloud.ts', 'mocks/cloud/'], imports: world, packages: [] },
  'browser host': { files: ['mocks/hosts/browser/'], imports: world, packages: ['msw', 'msw/*', 'idb'] },
  'node host': { files: ['mocks/hosts/node/'], imports: world, packages: ['node:*', 'node:fs/*', 'classic-level'] },
}

/** Tests, and what only they use, stand outside the layers: they may reach across. */
export const outsideLayers = ['**/*.test.ts', '**/*.test.tsx', '**/*.soak.ts', 'mocks/testing/**'] as const

/** Ambient inputs of the emulator live here alone; everything else in mocks is handed them. */
export const ambientFiles = ['mocks/runtime.ts', 'mocks/crypto/**', 'mocks/hosts/**'] as const

/** True where a path lies under a pattern of the table. */
function matches(pattern: string, path: string): boolean {
  if (pattern.endsWith('/')) return path.startsWith(pattern)
  if (!pattern.endsWith('/*')) return path === pattern
  const folder = pattern.slice(0, -1)
  return path.startsWith(folder) && !path.slice(folder.length).includes('/')
}

/** The layer of a file, by its path from the root; undefined: the table has no row for it. */
export function layerOf(path: string): string | undefined {
  let best: { name: string; length: number } | undefined
  for (const [name, layer] of Object.entries(layers)) {
    for (const pattern of layer.files) {
      if (matches(pattern, path) && pattern.length > (best?.length ?? -1)) best = { name, length: pattern.length }
    }
  }
  return best?.name
}

/** Whether a file of one layer may import a file of another. */
export const mayImport = (from: string, to: string): boolean =>
  from === to || (layers[from]?.imports.includes(to) ?? false)

/** Whether a file of a layer may import a package, by the import's own text. */
export const mayUsePackage = (from: string, specifier: string): boolean =>
  (layers[from]?.packages ?? []).some((allowed) =>
    allowed.endsWith('*') ? specifier.startsWith(allowed.slice(0, -1)) : specifier === allowed,
  )
