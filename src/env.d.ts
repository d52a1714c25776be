/// <reference types="vite/client" />

/** False in a build made with KMS_BACKEND=none: what it guards is left out of the bundle. */
declare const __EMULATOR__: boolean

interface Window {
  /** Time, faults and worlds of the emulator, for tests and the browser's own console; absent where no emulator stands behind the page. */
  kmsLab?: import('./api/contract/backend.ts').Lab
}
