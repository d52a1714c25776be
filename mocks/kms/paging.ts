export interface Paging {
  readonly PageNumber?: number | undefined
  readonly PageSize?: number | undefined
}

/** One page, numbered from 1, and what the answer tells about it. Beyond the end it is empty. */
export function pageOf<T>(rows: readonly T[], { PageNumber = 1, PageSize }: Paging, presetSize: number) {
  const size = PageSize ?? presetSize
  return {
    page: rows.slice((PageNumber - 1) * size, PageNumber * size),
    paging: { PageNumber, PageSize: size, TotalCount: rows.length },
  }
}
