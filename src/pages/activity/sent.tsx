import type { ReactNode } from 'react'
import type { RequestField, RequestTrace } from '#src/api/contract/requests.ts'
import { Card } from '#src/components/ui/card.tsx'
import { CodeBlock } from '#src/components/ui/code-block.tsx'
import { Table, TableCell, TableHead } from '#src/components/ui/table.tsx'
import { useText } from '#src/i18n/use-text.ts'
import styles from './activity.module.css'

/** What was sent and what was answered, as far as it was kept. */
export function Sent({ trace }: { trace: RequestTrace }): ReactNode {
  const t = useText('requests')
  const detail = Object.keys(trace.Detail).length === 0 ? null : JSON.stringify(trace.Detail, null, 2)
  return (
    <>
      <Card title={t('sent.title')}>
        <Fields title={t('sent.headers')} fields={trace.Headers} />
        <Fields title={t('sent.parameters')} fields={trace.Parameters} />
      </Card>
      <Card title={t('answer.title')}>
        {trace.Answer.length > 0 ? <Fields title={t('answer.fields')} fields={trace.Answer} /> : null}
        {detail === null ? null : <CodeBlock text={detail} label={t('answer.detail')} />}
        {trace.Answer.length === 0 && detail === null ? <p>{t('answer.none')}</p> : null}
      </Card>
    </>
  )
}

function Fields({ title, fields }: { title: string; fields: readonly RequestField[] }): ReactNode {
  const t = useText('requests.sent')
  return (
    <section className={styles.part}>
      <h3 className={styles.heading}>{title}</h3>
      {fields.length === 0 ? (
        <p className={styles.quiet}>{t('none')}</p>
      ) : (
        <Table label={title} compact>
          <TableHead
            columns={[
              { id: 'name', label: t('name') },
              { id: 'value', label: t('value') },
            ]}
          />
          <tbody>
            {fields.map(({ Name, Value, Size }) => (
              <tr key={Name}>
                <TableCell header noWrap>
                  <code>{Name}</code>
                </TableCell>
                <TableCell>
                  {Value === null ? (
                    <span className={styles.quiet}>{Size === null ? t('structure') : t('size', { count: Size })}</span>
                  ) : (
                    <code className={styles.value}>{Value}</code>
                  )}
                </TableCell>
              </tr>
            ))}
          </tbody>
        </Table>
      )}
    </section>
  )
}
