/** The cells of a key's row, by column. */
import { useRouter } from '@tanstack/react-router'
import { lazy, Suspense, type ComponentProps, type MouseEvent, type ReactNode } from 'react'
import { isDenied, type ApiError } from '#src/api/api-error.ts'
import { keyUsages, type KeyMetadata } from '#src/api/contract/keys.ts'
import { firstActions } from '#src/api/contract/first-actions.ts'
import { Badge, Chip } from '#src/components/ui/badge.tsx'
import { CopyButton } from '#src/components/ui/copy-button.tsx'
import { Identifier } from '#src/components/ui/identifier.tsx'
import { KeyStateMark } from '#src/components/ui/key-state-mark.tsx'
import { CellLines, RowActions, TableCell } from '#src/components/ui/table.tsx'
import { Time } from '#src/components/ui/time.tsx'
import { VisuallyHidden } from '#src/components/ui/visually-hidden.tsx'
import { Skeleton } from '#src/components/ui/skeleton.tsx'
import { withMessages } from '#src/i18n/spoken.ts'
import { useText } from '#src/i18n/use-text.ts'
import { Countdown } from '#src/pages/keys/countdown.tsx'
import { KeyActions } from '#src/pages/keys/life/key-actions.tsx'
import type { KeyLife } from '#src/pages/keys/life/use-key-life.tsx'
import { factsOf } from '#src/pages/keys/offers.ts'
import styles from './key-table.module.css'
import type { ExtraColumn } from './extra-cells.tsx'
import type { ColumnId } from './look.ts'
import type { KeyRowData, Part } from './use-key-rows.ts'

export interface KeyRowProps extends KeyRowData {
  readonly region: string
  /** Just made. */
  readonly isNew: boolean
  readonly isService: boolean
  /** It is being enabled. */
  readonly isBusy: boolean
  readonly onAct: KeyLife['act']
}

interface CellProps {
  readonly row: KeyRowProps
  /** Of the whole row. */
  readonly columns: readonly ColumnId[]
}
interface ReadyCellProps extends CellProps {
  readonly metadata: KeyMetadata
}

/** What a key is called where it must be named: its first alias, else its ID. */
export const nameOf = (row: KeyRowProps): string => known(row.aliases)[0] ?? row.keyId

const known = <T,>(part: Part<readonly T[]>): readonly T[] => (typeof part === 'string' ? [] : part)

function AliasCell({ row, columns }: CellProps): ReactNode {
  return (
    <TableCell header>
      <CellLines apart>
        <Aliases row={row} />
        {columns.includes('keyId') ? null : <KeyId row={row} />}
        {row.error && !columns.some(isReadyColumn) ? <Problem error={row.error} /> : null}
      </CellLines>
    </TableCell>
  )
}

const KeyIdCell = ({ row }: CellProps): ReactNode => (
  <TableCell>
    <KeyId row={row} />
  </TableCell>
)

function KeyId({ row }: Pick<CellProps, 'row'>): ReactNode {
  const { keyId, region } = row
  const [first] = known(row.aliases)
  return (
    <span className={styles.name}>
      <span className={styles.id}>
        <Identifier
          text={keyId}
          // One link to the details: the alias, or the ID where there is none.
          link={(content) =>
            first === undefined ? <DetailsLink {...{ keyId, region }}>{content}</DetailsLink> : content
          }
        />
      </span>
      <span className={styles.copy}>
        <CopyButton text={keyId} thing={keyId} />
      </span>
    </span>
  )
}

function Aliases({ row }: Pick<CellProps, 'row'>): ReactNode {
  const { keyId, region, aliases, isNew } = row
  const t = useText('keys.table')
  const [first, ...others] = known(aliases)
  if (aliases === 'loading') return <Skeleton />
  return (
    <span className={styles.name}>
      {first === undefined ? (
        aliases === 'failed' ? null : (
          <span className={styles.none}>{t('noAlias')}</span>
        )
      ) : (
        <>
          <DetailsLink {...{ keyId, region }} className={styles.aliasLink} title={first}>
            {first}
          </DetailsLink>
          <More names={others} kind="moreAliases" />
          <span className={styles.copy}>
            <CopyButton text={first} thing={first} />
          </span>
        </>
      )}
      {isNew ? <Badge tone="accent">{t('new')}</Badge> : null}
    </span>
  )
}

/** Not the router's own Link, which is worked out anew with every change of the address: a page of rows has more than a hundred. */
function DetailsLink(
  props: { keyId: string; region: string } & Pick<
    ComponentProps<'a'>,
    'className' | 'title' | 'aria-label' | 'children'
  >,
): ReactNode {
  const { keyId, region, children, ...rest } = props
  const router = useRouter()
  const target = { to: '/keys/$keyId', params: { keyId }, search: { region } } as const

  function follow(event: MouseEvent): void {
    // Whatever opens another tab or window is the browser's.
    if (event.metaKey || event.altKey || event.ctrlKey || event.shiftKey) return
    event.preventDefault()
    void router.navigate(target)
  }

  return (
    <a {...rest} href={router.history.createHref(router.buildLocation(target).publicHref)} onClick={follow}>
      {children}
    </a>
  )
}

/** How many more there are; which ones on hover and for assistive technology. */
function More(props: { names: readonly string[]; kind: 'moreAliases' | 'moreTags' }): ReactNode {
  const t = useText('keys.table')
  const count = props.names.length
  if (count === 0) return null
  const names = props.names.join(', ')
  return (
    <span className={styles.more} title={names}>
      <span aria-hidden>{t('more', { count })}</span>
      <VisuallyHidden>{t(props.kind, { count, names })}</VisuallyHidden>
    </span>
  )
}

function KindCell({ row }: CellProps): ReactNode {
  const t = useText('keys.default.kind')
  return <TableCell noWrap>{t(row.isService ? 'service' : 'master')}</TableCell>
}

function StateCell({ row, metadata }: ReadyCellProps): ReactNode {
  const t = useText('keys')
  const { failure, hoursLeft } = row
  return (
    <TableCell>
      <div className={styles.stateMark}>
        <KeyStateMark
          state={metadata.KeyState}
          unavailable={failure === null ? undefined : t(`failure.${failure}`)}
          detail={hoursLeft === null ? undefined : <Countdown hours={hoursLeft} />}
        />
      </div>
    </TableCell>
  )
}

function ExternalKeyIdCell({ metadata }: ReadyCellProps): ReactNode {
  const id = metadata.ExternalKeyId
  return (
    <TableCell noWrap>
      {id === undefined ? (
        <Nothing />
      ) : (
        <span className={styles.externalId}>
          <Identifier text={id} />
        </span>
      )}
    </TableCell>
  )
}

const Nothing = (): ReactNode => <span className={styles.none}>—</span>

/** What the key is, and what for. */
function SpecCell({ metadata }: ReadyCellProps): ReactNode {
  const t = useText('keys.usage')
  const usage = keyUsages.find((known) => known === metadata.KeyUsage)
  return (
    <TableCell noWrap>
      <CellLines>
        <span>{metadata.KeySpec}</span>
        <span className={styles.second}>{usage ? t(usage) : metadata.KeyUsage}</span>
      </CellLines>
    </TableCell>
  )
}

/** So many tags are shown; a row keeps to two lines. */
const tagsShown = 2

function TagsCell({ row }: CellProps): ReactNode {
  const t = useText('keys.table')
  const texts = known(row.tags).map(({ TagKey, TagValue }) =>
    TagValue === '' ? TagKey : t('tag', { key: TagKey, value: TagValue }),
  )
  const last = texts[tagsShown - 1]
  if (row.tags === 'loading') return <SkeletonCell />
  return (
    <TableCell>
      {texts.length === 0 ? (
        <Nothing />
      ) : (
        <span className={styles.tagList} title={texts.join('\n')}>
          {texts.slice(0, tagsShown - 1).map((text) => (
            <Chip key={text}>{text}</Chip>
          ))}
          {last === undefined ? null : (
            <span className={styles.lastTag}>
              <Chip>{last}</Chip>
              <More names={texts.slice(tagsShown)} kind="moreTags" />
            </span>
          )}
        </span>
      )}
    </TableCell>
  )
}

function ProtectionCell({ metadata }: ReadyCellProps): ReactNode {
  const t = useText('keys.protection')
  const { DeletionProtection } = metadata
  return <TableCell noWrap>{DeletionProtection === undefined ? <Nothing /> : t(DeletionProtection)}</TableCell>
}

const CreatedCell = ({ metadata }: ReadyCellProps): ReactNode => (
  <TableCell>
    <Time value={metadata.CreationDate} />
  </TableCell>
)

function ActionsCell({ row }: CellProps): ReactNode {
  const t = useText('keys.action')
  const { keyId, region } = row
  return (
    <TableCell end>
      <RowActions>
        <DetailsLink {...{ keyId, region }} aria-label={t('detailsOf', { key: nameOf(row) })}>
          {t('details')}
        </DetailsLink>
        <Verbs row={row} />
      </RowActions>
    </TableCell>
  )
}

function Verbs({ row }: Pick<CellProps, 'row'>): ReactNode {
  const { keyId, region, metadata, error, isService, denied, isBusy, onAct } = row
  if (!metadata) return error ? null : <Skeleton width="short" />
  return (
    <KeyActions
      inRow
      subject={{ keyId, name: nameOf(row) }}
      facts={factsOf(metadata, isService, denied)}
      {...{ region, isBusy, onAct }}
    />
  )
}

const ExtraCell = lazy(() => withMessages(['bulk'], import('./extra-cells.tsx')))

/** A cell of a column that no list shows unless it was chosen: its code comes then. */
const laterCell =
  (column: ExtraColumn) =>
  ({ metadata }: ReadyCellProps): ReactNode => (
    <Suspense fallback={<SkeletonCell />}>
      <ExtraCell column={column} metadata={metadata} />
    </Suspense>
  )

/** Cells that need what DescribeKey says, and those that do not. */
const readyCells = {
  state: StateCell,
  externalKeyId: ExternalKeyIdCell,
  spec: SpecCell,
  protection: ProtectionCell,
  created: CreatedCell,
  description: laterCell('description'),
  instance: laterCell('instance'),
  creator: laterCell('creator'),
  level: laterCell('level'),
  rotation: laterCell('rotation'),
  lastRotation: laterCell('lastRotation'),
} as const satisfies Partial<Record<ColumnId, (props: ReadyCellProps) => ReactNode>>
const plainCells = {
  alias: AliasCell,
  keyId: KeyIdCell,
  kind: KindCell,
  tags: TagsCell,
  actions: ActionsCell,
} as const satisfies Record<Exclude<ColumnId, ReadyColumn>, (props: CellProps) => ReactNode>

type ReadyColumn = keyof typeof readyCells

const isReadyColumn = (id: ColumnId): id is ReadyColumn => Object.hasOwn(readyCells, id)

export function Cell({ column, columns, row }: CellProps & { column: ColumnId }): ReactNode {
  if (!isReadyColumn(column)) {
    const Plain = plainCells[column]
    return <Plain row={row} columns={columns} />
  }
  if (row.metadata) {
    const Ready = readyCells[column]
    return <Ready row={row} columns={columns} metadata={row.metadata} />
  }
  if (!row.error) return <SkeletonCell />
  // Said once, where the state is or else where the first of such columns is.
  const says = columns.includes('state') ? 'state' : columns.find(isReadyColumn)
  return <TableCell>{column === says ? <Problem error={row.error} /> : <Nothing />}</TableCell>
}

export const SkeletonCell = (): ReactNode => (
  <TableCell>
    <Skeleton width="short" />
  </TableCell>
)

/** A key that ListKeys names and DescribeKey does not describe. */
function Problem({ error }: { error: ApiError }): ReactNode {
  const t = useText('keys.table')
  const other = error.code === 'Forbidden.KeyNotFound' ? 'rowGone' : 'rowFailed'
  const words = isDenied(error) ? t('rowDenied', { permission: firstActions.DescribeKey.permission }) : t(other)
  return (
    <span className={styles.problem} title={error.message}>
      {words}
    </span>
  )
}
