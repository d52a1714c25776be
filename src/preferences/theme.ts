/** Light, dark, or like the system. The style sheet does the rest: `color-scheme` follows the system by itself (tokens.css). */
import { keepPreference, readPreference } from './stored.ts'

export const themes = ['system', 'light', 'dark'] as const
export type Theme = (typeof themes)[number]

export const parseTheme = (text: string | null): Theme => themes.find((theme) => theme === text) ?? 'system'

export const currentTheme = (): Theme => parseTheme(readPreference('kms.theme'))

function show(theme: Theme): void {
  if (theme === 'system') delete document.documentElement.dataset.theme
  else document.documentElement.dataset.theme = theme
}

export function setTheme(theme: Theme): void {
  keepPreference('kms.theme', theme)
  show(theme)
}

/** Shows the remembered theme, and follows a choice made in another tab. */
export function applyTheme(): void {
  show(currentTheme())
  addEventListener('storage', (event) => {
    if (event.key === 'kms.theme') show(parseTheme(event.newValue))
  })
}
