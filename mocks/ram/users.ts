/** RAM users, their access keys, and the groups that they are in: RAM API 2015-05-01. */
import { userArn } from '#src/api/contract/arn.ts'
import { wireTime } from '#mocks/kms/time.ts'
import type { Context, Rules } from '#mocks/kms/context.ts'
import { ServiceError } from '#mocks/service-error.ts'
import type { AccessKeyRow, GroupRow, PrincipalRow } from '#mocks/store/rows.ts'
import { drawPrincipalId, groupNamed, ownRows, pageBy, userNamed } from './directory.ts'

const describeUser = ({ id, name, displayName, createdAt }: PrincipalRow) => ({
  UserId: id,
  UserName: name,
  DisplayName: displayName,
  CreateDate: wireTime(createdAt),
})

const accessKeysOf = ({ db }: Context, { arn }: PrincipalRow): readonly AccessKeyRow[] =>
  [...db.read.accessKeys.values()].filter(({ principalArn }) => principalArn === arn)

const groupsOf = (ctx: Context, { arn }: PrincipalRow): readonly GroupRow[] =>
  ownRows(ctx, ctx.db.read.groups.values()).filter(({ members }) => members.some((member) => member.arn === arn))

const describeGroup = ({ name, comments }: GroupRow) => ({ GroupName: name, Comments: comments })

const byName = (a: GroupRow, b: GroupRow): number => (a.name < b.name ? -1 : 1)

export const userRules = {
  ListUsers: (ctx, input) => {
    const all = ownRows(ctx, ctx.db.read.principals.values()).filter(({ kind }) => kind === 'user')
    const { rows, rest } = pageBy(all, ({ name }) => name, input)
    return { Users: { User: rows.map(describeUser) }, ...rest }
  },
  GetUser: (ctx, { UserName }) => ({ User: describeUser(userNamed(ctx, UserName)) }),
  CreateUser: (ctx, { UserName, DisplayName = '' }) => {
    const { accountId } = ctx.caller
    const arn = userArn(accountId, UserName)
    if (ctx.db.read.principals.get(arn)) throw new ServiceError('EntityAlreadyExists.User')
    const user = ctx.db.write((tx) => {
      const row: PrincipalRow = {
        arn,
        accountId,
        kind: 'user',
        name: UserName,
        id: drawPrincipalId(tx),
        displayName: DisplayName,
        policies: [],
        createdAt: ctx.now,
        role: null,
      }
      tx.principals.put(row)
      return row
    })
    return { User: describeUser(user) }
  },
  DeleteUser: (ctx, { UserName }) => {
    const user = userNamed(ctx, UserName)
    if (groupsOf(ctx, user).length > 0) throw new ServiceError('DeleteConflict.User.Group')
    if (accessKeysOf(ctx, user).length > 0) throw new ServiceError('DeleteConflict.User.AccessKey')
    if (user.policies.length > 0) throw new ServiceError('DeleteConflict.User.Policy')
    ctx.db.write((tx) => tx.principals.delete(user.arn))
    return {}
  },
  ListAccessKeys: (ctx, { UserName }) => ({
    AccessKeys: {
      AccessKey: accessKeysOf(ctx, userNamed(ctx, UserName)).map(({ accessKeyId, active }) => ({
        AccessKeyId: accessKeyId,
        Status: active ? 'Active' : 'Inactive',
      })),
    },
  }),
  DeleteAccessKey: (ctx, { UserName, UserAccessKeyId }) => {
    const key = accessKeysOf(ctx, userNamed(ctx, UserName)).find(({ accessKeyId }) => accessKeyId === UserAccessKeyId)
    if (!key) throw new ServiceError('EntityNotExist.User.AccessKey')
    ctx.db.write((tx) => tx.accessKeys.delete(key.accessKeyId))
    return {}
  },

  ListGroups: (ctx, input) => {
    const { rows, rest } = pageBy(ownRows(ctx, ctx.db.read.groups.values()), ({ name }) => name, input)
    const groups = rows.map((row) => ({ ...describeGroup(row), CreateDate: wireTime(row.createdAt) }))
    return { Groups: { Group: groups }, ...rest }
  },
  ListGroupsForUser: (ctx, { UserName }) => {
    const user = userNamed(ctx, UserName)
    const joined = groupsOf(ctx, user).toSorted(byName)
    return {
      Groups: {
        Group: joined.map((group) => ({
          ...describeGroup(group),
          JoinDate: wireTime(group.members.find(({ arn }) => arn === user.arn)!.joinedAt),
        })),
      },
    }
  },
  ListUsersForGroup: (ctx, { GroupName, ...paging }) => {
    const members = groupNamed(ctx, GroupName).members.flatMap(({ arn, joinedAt }) => {
      const user = ctx.db.read.principals.get(arn)
      return user ? [{ user, joinedAt }] : []
    })
    const { rows, rest } = pageBy(members, ({ user }) => user.name, paging)
    const users = rows.map(({ user, joinedAt }) => ({
      UserName: user.name,
      DisplayName: user.displayName,
      JoinDate: wireTime(joinedAt),
    }))
    return { Users: { User: users }, ...rest }
  },
  AddUserToGroup: (ctx, { UserName, GroupName }) => {
    const [user, group] = [userNamed(ctx, UserName), groupNamed(ctx, GroupName)]
    if (group.members.some(({ arn }) => arn === user.arn)) throw new ServiceError('EntityAlreadyExists.User.Group')
    const members = [...group.members, { arn: user.arn, joinedAt: ctx.now }]
    ctx.db.write((tx) => tx.groups.put({ ...group, members }))
    return {}
  },
  RemoveUserFromGroup: (ctx, { UserName, GroupName }) => {
    const [user, group] = [userNamed(ctx, UserName), groupNamed(ctx, GroupName)]
    const members = group.members.filter(({ arn }) => arn !== user.arn)
    if (members.length === group.members.length) throw new ServiceError('EntityNotExist.User.Group')
    ctx.db.write((tx) => tx.groups.put({ ...group, members }))
    return {}
  },
} satisfies Rules<
  | 'ListUsers'
  | 'GetUser'
  | 'CreateUser'
  | 'DeleteUser'
  | 'ListAccessKeys'
  | 'DeleteAccessKey'
  | 'ListGroups'
  | 'ListGroupsForUser'
  | 'ListUsersForGroup'
  | 'AddUserToGroup'
  | 'RemoveUserFromGroup'
>
