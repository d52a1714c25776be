import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig, type HtmlTagDescriptor, type Plugin } from 'vite'
import { sharedChunk } from './scripts/chunks.ts'
import { compiledMessages } from './scripts/messages.ts'
import { developmentHeaders, metaPolicy, securityHeaders } from './scripts/csp.ts'

/** Folder that the console is served from, with a slash at both ends (docs/decisions/004-base-path.md). */
const base = process.env.KMS_BASE ?? '/'
/** `none` leaves the emulator out: something real answers under `<base>api/`. */
const emulator = process.env.KMS_BACKEND !== 'none'
const outDir = process.env.KMS_OUT ?? 'dist'

const serviceWorkerFile = 'mockServiceWorker.js'

const rootFile = (path: string): string => fileURLToPath(new URL(path, import.meta.url))
const entry = 'src/main.tsx'
const worker = 'mocks/hosts/browser/worker.ts'
/** The page that is there first. */
const keyList = 'src/pages/keys/keys-page.tsx'

/** msw's service worker from the installed package, so that the two can never differ in version, and what we put before it. */
function serviceWorker(): Plugin {
  const parts = [
    rootFile('mocks/hosts/browser/service-worker.js'),
    join(createRequire(import.meta.url).resolve('msw/package.json'), `../lib/${serviceWorkerFile}`),
  ]
  const source = (): string => parts.map((path) => readFileSync(path, 'utf8')).join('\n')
  return {
    name: 'kms:service-worker',
    configureServer: (server) => {
      server.middlewares.use(`${base}${serviceWorkerFile}`, (_request, response) => {
        for (const [name, value] of Object.entries(server.config.server.headers)) response.setHeader(name, value ?? '')
        response.setHeader('Content-Type', 'text/javascript')
        response.end(source())
      })
    },
    generateBundle() {
      this.emitFile({ type: 'asset', fileName: serviceWorkerFile, source: source() })
    },
  }
}

/** The policy in the built page itself, for hosts that set no headers. */
function policyInPage(): Plugin {
  return {
    name: 'kms:policy-in-page',
    apply: 'build',
    transformIndexHtml: () => [
      {
        tag: 'meta',
        attrs: { 'http-equiv': 'Content-Security-Policy', content: metaPolicy },
        injectTo: 'head-prepend',
      },
    ],
  }
}

/** What the build is to be served with, for the host that serves it beside the cloud. */
function headersInBuild(): Plugin {
  return {
    name: 'kms:headers-in-build',
    generateBundle() {
      this.emitFile({ type: 'asset', fileName: '.vite/headers.json', source: JSON.stringify(securityHeaders) })
    },
  }
}

/**
 * Loads at once what the key list needs, instead of when the router asks for it: without this each dynamic import waits for
 * the one before. Styles are loaded, not preloaded: a page that does not use a preloaded one is warned about on the console.
 * A module that no chunk starts with fails the build, so that a renamed file is noticed.
 */
function preload(modules: readonly string[]): Plugin {
  return {
    name: 'kms:preload',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler: (_html, { bundle = {} }) => {
        const chunks = Object.values(bundle).filter((file) => file.type === 'chunk')
        const byFile = new Map(chunks.map((chunk) => [chunk.fileName, chunk]))
        const scripts = new Set<string>()
        const styles = new Set<string>()
        const add = (file: string): void => {
          const chunk = byFile.get(file)
          if (!chunk || scripts.has(file)) return
          scripts.add(file)
          for (const imported of chunk.imports) add(imported)
          for (const style of chunk.viteMetadata?.importedCss ?? []) styles.add(style)
        }
        const entry = chunks.find((chunk) => chunk.isEntry)
        if (entry) add(entry.fileName)
        const loaded = { scripts: new Set(scripts), styles: new Set(styles) }
        for (const module of modules) {
          const path = rootFile(module)
          const chunk = chunks.find((candidate) => candidate.facadeModuleId === path)
          if (!chunk) throw new Error(`${module} is to be preloaded, and no chunk starts with it.`)
          add(chunk.fileName)
        }
        const tag = (attrs: NonNullable<HtmlTagDescriptor['attrs']>): HtmlTagDescriptor => ({
          tag: 'link',
          attrs,
          injectTo: 'head',
        })
        return [
          ...[...scripts]
            .filter((file) => !loaded.scripts.has(file))
            .map((file) => tag({ rel: 'modulepreload', crossorigin: true, href: base + file })),
          ...[...styles]
            .filter((file) => !loaded.styles.has(file))
            .map((file) => tag({ rel: 'stylesheet', crossorigin: true, href: base + file })),
        ]
      },
    },
  }
}

export default defineConfig(({ command }) => {
  const nonce = randomBytes(16).toString('base64')
  return {
    base,
    define: { __EMULATOR__: JSON.stringify(emulator) },
    resolve: { alias: { tldts: rootFile('scripts/tldts.ts') } },
    plugins: [
      react(),
      compiledMessages(),
      policyInPage(),
      headersInBuild(),
      preload([keyList, ...(emulator ? ['mocks/hosts/browser/start.ts', 'mocks/hosts/browser/intercept.ts'] : [])]),
      ...(emulator ? [serviceWorker()] : []),
    ],
    build: {
      outDir,
      emptyOutDir: true,
      // light-dark() as it stands: older targets get it rewritten.
      target: ['chrome123', 'edge123', 'firefox121', 'safari17.5'],
      // A data: URL would need a wider policy.
      assetsInlineLimit: 0,
      manifest: true,
      modulePreload: { polyfill: false },
      license: { fileName: 'licenses.md' },
      rolldownOptions: {
        output: {
          codeSplitting: {
            groups: [
              {
                debugName: 'console',
                name: sharedChunk('console', [entry, keyList].map(rootFile), [rootFile('src/pages/')]),
              },
            ],
          },
        },
      },
    },
    worker: {
      format: 'es',
      rolldownOptions: {
        output: {
          // src/trusted-types.ts admits workers by this name.
          entryFileNames: 'assets/emulator-worker-[hash].js',
          chunkFileNames: 'assets/emulator-[name]-[hash].js',
          // In one piece it compresses better than in the dozen that its lazy parts would break it into.
          codeSplitting: { groups: [{ debugName: 'cloud', name: sharedChunk('cloud', [rootFile(worker)], []) }] },
        },
      },
    },
    ...(command === 'serve' ? { html: { cspNonce: nonce } } : {}),
    server: { host: '127.0.0.1', headers: developmentHeaders(nonce) },
    preview: { host: '127.0.0.1', headers: securityHeaders },
  }
})
