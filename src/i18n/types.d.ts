import type { Language } from './languages.ts'
import type { Messages } from './messages/en/index.ts'

declare module 'use-intl' {
  interface AppConfig {
    Locale: Language
    Messages: Messages
  }
}
