/// <reference types="vite/client" />

interface ImportMetaEnv {
  /** Address of a cloud over HTTP that the console is to use: see src/boot/cloud-address.ts. */
  readonly VITE_KMS_CLOUD?: string
}

/** False in a build made with KMS_BACKEND=none: what it guards is left out of the bundle. */
declare const __EMULATOR__: boolean

interface Window {
  /** Time, faults and worlds of the emulator, for tests and the browser's own console; absent where no emulator stands behind the page. */
  kmsLab?: import('./api/contract/backend.ts').Lab
}
