/// <reference types="vite/client" />

/** False in a build made with KMS_BACKEND=none: what it guards is left out of the bundle. */
declare const __EMULATOR__: boolean
