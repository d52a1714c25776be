/** Under which keys the edits of a key's labels are kept while their forms are closed: by who edits, and what. */

export const descriptionDraft = (identityId: string, keyId: string): string => `description/${identityId}/${keyId}`
