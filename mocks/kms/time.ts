/** Times on the wire: `2024-05-20T06:34:21Z`, no fraction (KMS API 2016-01-20, Responses). `time`: ms since the epoch. */
export const wireTime = (time: number): string => new Date(time).toISOString().replace(/\.\d{3}Z$/, 'Z')
