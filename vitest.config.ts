import { defineConfig } from 'vitest/config'

/** Node environment everywhere: jsdom breaks crypto.subtle, and pages are tested in a real browser (e2e). */
export default defineConfig({
  define: { __EMULATOR__: 'true' },
  test: {
    environment: 'node',
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
