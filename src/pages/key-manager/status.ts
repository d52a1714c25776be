/** How a key's status looks at the manager. */
export const statusMarks = {
  ENABLED: { shape: 'dot', tone: 'ok' },
  DISABLED: { shape: 'ring', tone: 'idle' },
} as const
