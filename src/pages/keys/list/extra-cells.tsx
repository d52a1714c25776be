/** The cells that no list shows unless they were chosen. */
import type { ReactNode } from 'react'
import type { KeyMetadata } from '#src/api/contract/keys.ts'
import { rotationSeconds } from '#src/api/contract/rules.ts'
import { Identifier } from '#src/components/ui/identifier.tsx'
import { CellLines, TableCell } from '#src/components/ui/table.tsx'
import { Time } from '#src/components/ui/time.tsx'
import { useText } from '#src/i18n/use-text.ts'
import styles from './key-table.module.css'

interface CellProps {
  readonly metadata: KeyMetadata
}

const Nothing = (): ReactNode => <span className={styles.none}>—</span>

/** A long text takes one line; the whole of it on hover. */
const DescriptionCell = ({ metadata }: CellProps): ReactNode => (
  <TableCell>
    {metadata.Description ? (
      <span className={styles.description} title={metadata.Description}>
        {metadata.Description}
      </span>
    ) : (
      <Nothing />
    )}
  </TableCell>
)

const InstanceCell = ({ metadata }: CellProps): ReactNode => (
  <TableCell noWrap>
    {metadata.DKMSInstanceId === undefined ? <Nothing /> : <Identifier text={metadata.DKMSInstanceId} />}
  </TableCell>
)

const CreatorCell = ({ metadata }: CellProps): ReactNode => (
  <TableCell>
    <Identifier text={metadata.Creator} />
  </TableCell>
)

function LevelCell({ metadata }: CellProps): ReactNode {
  return <TableCell noWrap>{metadata.ProtectionLevel ?? <Nothing />}</TableCell>
}

function RotationCell({ metadata }: CellProps): ReactNode {
  const t = useText('bulk.rotation')
  const { AutomaticRotation, RotationInterval } = metadata
  const known = rotationStates.find((state) => state === AutomaticRotation)
  const seconds = RotationInterval === undefined ? null : rotationSeconds(RotationInterval)
  return (
    <TableCell noWrap>
      {known === undefined ? (
        <Nothing />
      ) : (
        <CellLines>
          <span>{t(known)}</span>
          {seconds === null ? null : (
            <span className={styles.second}>{t('every', { days: Math.round(seconds / 86_400) })}</span>
          )}
        </CellLines>
      )}
    </TableCell>
  )
}
const rotationStates = ['Enabled', 'Disabled', 'Suspended'] as const

const LastRotationCell = ({ metadata }: CellProps): ReactNode => (
  <TableCell>{metadata.LastRotationDate ? <Time value={metadata.LastRotationDate} /> : <Nothing />}</TableCell>
)

const cells = {
  description: DescriptionCell,
  instance: InstanceCell,
  creator: CreatorCell,
  level: LevelCell,
  rotation: RotationCell,
  lastRotation: LastRotationCell,
} as const

export type ExtraColumn = keyof typeof cells

export default function ExtraCell({ column, metadata }: CellProps & { column: ExtraColumn }): ReactNode {
  const Cell = cells[column]
  return <Cell metadata={metadata} />
}
