import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

/** Node environment everywhere: jsdom breaks crypto.subtle, and pages are tested in a real browser (e2e). */
export default defineConfig({
  define: { __EMULATOR__: 'true' },
  test: {
    environment: 'node',
    // Vitest leaves a core free, which on two cores is half of the machine.
    maxWorkers: availableParallelism(),
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['{src,mocks,scripts}/**/*.test.{ts,tsx}'],
          setupFiles: ['scripts/seeded-properties.ts'],
        },
      },
      { extends: true, test: { name: 'soak', include: ['mocks/**/*.soak.ts'], testTimeout: 600_000 } },
    ],
  },
})
