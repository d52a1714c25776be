/** Small choices kept in localStorage. Where storage is refused they last as long as the page: nothing here may fail. */

export type Preference = 'kms.language' | 'kms.theme' | 'kms.regions' | 'kms.list'

export function readPreference(name: Preference): string | null {
  try {
    return localStorage.getItem(name)
  } catch {
    return null
  }
}

export function keepPreference(name: Preference, value: string): void {
  try {
    localStorage.setItem(name, value)
  } catch {
    // Storage refused or full: the choice lasts until the page is reloaded.
  }
}
