/** ListKeyActivity: the trace's requests about one key. An extension. */
import { actions, isActionName } from '#src/api/contract/actions.ts'
import type { KeyEvent } from '#src/api/contract/extensions.ts'
import { limits } from '#src/api/contract/rules.ts'
import type { Rules } from '#mocks/kms/context.ts'
import type { AnsweredRequest, Span } from '#mocks/trace/trace.ts'
import { pageOf } from './paging.ts'
import { shownPrincipals } from './principals.ts'
import { wireTime } from './time.ts'

/** Looking at a key's activity and associations is no event of either: else every look would change what is looked at. */
export const isListed = (action: string): boolean =>
  isActionName(action) && !(actions[action].kind === 'read' && 'extension' in actions[action])

const isAbout =
  (keyId: string) =>
  (request: Span): request is Span & AnsweredRequest =>
    request.endedAt !== null && request.about !== null && request.about.keyIds.includes(keyId)

/** The answered requests about a key, in their order: the records themselves, so cheap also where there are thousands. */
export const requestsAbout = (requests: readonly Span[], keyId: string): readonly AnsweredRequest[] =>
  requests.filter(isAbout(keyId))

const resultOf = ({ code }: AnsweredRequest): KeyEvent['Result'] => (code === null ? 'Success' : 'Refused')

const eventOf = (request: AnsweredRequest, PrincipalArn: string): KeyEvent => ({
  Time: wireTime(request.about.at),
  Action: request.about.action,
  PrincipalArn,
  Result: resultOf(request),
  Status: request.status,
  ErrorCode: request.code ?? '',
  RequestId: request.id,
  DurationMs: Math.round(request.endedAt - request.startedAt),
})

const sorted = (names: Iterable<string>): string[] => [...new Set(names)].sort()

export const activityRules = {
  ListKeyActivity: (ctx, { EventName, PrincipalArn, Result, RequestId, ...paging }, { key }) => {
    const shown = shownPrincipals(ctx, key)
    const principals = new Map<string, string>()
    const principalOf = ({ about: { principalArn } }: AnsweredRequest): string => {
      const known = principals.get(principalArn) ?? shown(principalArn)
      principals.set(principalArn, known)
      return known
    }
    const requests = requestsAbout(ctx.trace.requests(), key.keyId).filter(({ about }) => isListed(about.action))
    const matches = requests.filter(
      (request) =>
        (EventName ?? request.about.action) === request.about.action &&
        (RequestId ?? request.id) === request.id &&
        (Result ?? resultOf(request)) === resultOf(request) &&
        (PrincipalArn === undefined || PrincipalArn === principalOf(request)),
    )
    const { page, paging: pages } = pageOf(matches, paging, limits.pageSize.ListKeyActivity.preset)
    return {
      Events: { Event: page.map((request) => eventOf(request, principalOf(request))) },
      ...pages,
      Actions: sorted(requests.map(({ about }) => about.action)),
      Principals: sorted(requests.map(principalOf)),
    }
  },
} satisfies Rules<'ListKeyActivity'>
