/** Parts of a key's page that a link can lead to, by the fragment of its address. */
export const cardNames = ['basics', 'rotation', 'try', 'associations', 'policy', 'aliases', 'tags', 'activity'] as const
export type CardName = (typeof cardNames)[number]

/** Where what is not a verb is changed. */
export const editedCards = ['basics', 'aliases', 'tags', 'policy'] as const satisfies readonly CardName[]
