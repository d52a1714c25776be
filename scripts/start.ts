/**
 * `npm start`: builds when the sources have changed since the last build, serves the production build on loopback with the
 * headers of the real thing, and prints the address. KMS_PORT names the port (4173); a taken one gives way to the next.
 */
import { preview } from 'vite'
import { ensureConsole } from './building.ts'

await ensureConsole()

const server = await preview({
  build: { outDir: 'dist' },
  preview: { port: Number(process.env.KMS_PORT ?? 4173), strictPort: false, open: false },
})
const address = server.resolvedUrls?.local[0]
if (!address) throw new Error('The server has no address.')
console.log(`\nKMS Console is at ${address}\nPress Ctrl+C to stop.`)

const stop = (): void => void server.close().finally(() => process.exit(0))
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, stop)

// npm hands a signal to its shell and not on to us: when the shell is gone, so is who started us.
const parent = process.ppid
setInterval(() => {
  if (process.ppid !== parent) stop()
}, 500).unref()
