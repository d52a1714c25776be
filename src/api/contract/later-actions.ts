import { absentActions } from './absent.ts'
import { connectionActions } from './connections.ts'
import { cryptoActions } from './crypto.ts'
import { directoryActions } from './directory.ts'
import { explanationActions } from './explanations.ts'
import { instanceLifeActions } from './instance-life.ts'
import { requestActions } from './requests.ts'
import { sharingActions } from './sharing.ts'
import { versionActions } from './versions.ts'

/** What the console calls from pages and panels that open later: loaded with the first call. */
export const laterActions = {
  ...cryptoActions,
  ...versionActions,
  ...absentActions,
  ...explanationActions,
  ...directoryActions,
  ...sharingActions,
  ...requestActions,
  ...connectionActions,
  ...instanceLifeActions,
} as const
