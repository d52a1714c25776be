/**
 * Error codes of RAM API 2015-05-01 and STS API 2015-04-01. Those without a comment, and their messages, stand word for word in RAM API,
 * Error messages.
 */
type Errors = Readonly<Record<string, { readonly status: number; readonly message: string }>>

export const ramErrors = {
  NoPermission: {
    status: 403,
    message: 'You are not authorized to do this action. You should be authorized by RAM. {reason}',
  },
  'EntityNotExist.Role': { status: 404, message: 'The role does not exist.' },
} as const satisfies Errors

/** Of the administration of users, roles and policies. */
export const administrationErrors = {
  MalformedPolicyDocument: { status: 400, message: '{reason}' },
  'EntityNotExist.User': { status: 404, message: 'The user does not exist.' },
  'EntityNotExist.User.AccessKey': { status: 404, message: 'The user access key does not exist.' },
  'EntityNotExist.User.Group': { status: 404, message: 'The user has not joined the group.' },
  'EntityNotExist.Group': { status: 404, message: 'The group does not exist.' },
  'EntityNotExist.Policy': { status: 404, message: 'The policy does not exist.' },
  'EntityNotExist.Policy.Version': { status: 404, message: 'The policy version does not exist.' },
  'EntityNotExist.User.Policy': { status: 404, message: 'The indicate policy of the user does not exist.' },
  'EntityNotExist.Group.Policy': {
    status: 404,
    message: 'The indicate policy attached to the group does not exist.',
  },
  /** The message is assumed. */
  'EntityNotExist.Role.Policy': { status: 404, message: 'The indicate policy of the role does not exist.' },
  'EntityAlreadyExists.User': { status: 409, message: 'The user does already EXIST.' },
  /** The message is assumed. */
  'EntityAlreadyExists.Role': { status: 409, message: 'The role does already EXIST.' },
  /** Its published message speaks of a group. */
  'EntityAlreadyExists.Policy': { status: 409, message: 'The policy does already EXIST.' },
  'EntityAlreadyExists.User.Group': { status: 409, message: 'The user has already joined the group.' },
  'EntityAlreadyExists.User.Policy': { status: 409, message: 'The user has already been attached this policy.' },
  'EntityAlreadyExists.Group.Policy': { status: 409, message: 'The group has already been attached this policy.' },
  /** The message is assumed. */
  'EntityAlreadyExists.Role.Policy': { status: 409, message: 'The role has already been attached this policy.' },
  'DeleteConflict.User.Group': {
    status: 409,
    message: 'The user CAN NOT be in any group while deleting the user.',
  },
  'DeleteConflict.User.AccessKey': {
    status: 409,
    message: 'The user CAN NOT has any access key while deleting the user.',
  },
  'DeleteConflict.User.Policy': {
    status: 409,
    message: 'The user CAN NOT has any attached policy while deleting the user.',
  },
  'DeleteConflict.Role.Policy': {
    status: 409,
    message: 'The role CAN NOT has any attached policy while deleting the role.',
  },
  'DeleteConflict.Policy.User': {
    status: 409,
    message: 'The policy CAN NOT been attached to any user while deleting the policy.',
  },
  'DeleteConflict.Policy.Group': {
    status: 409,
    message: 'The policy CAN NOT been attached to any group while deleting the policy.',
  },
  /** Assumed. */
  'DeleteConflict.Policy.Role': {
    status: 409,
    message: 'The policy CAN NOT been attached to any role while deleting the policy.',
  },
  'DeleteConflict.Policy.Version': {
    status: 409,
    message: 'The policy CAN NOT has any version except the default version.',
  },
  'DeleteConflict.Policy.Version.Default': {
    status: 409,
    message: 'The default policy version CAN NOT been deleted directly.',
  },
  'LimitExceeded.Policy.Version': { status: 409, message: 'The count of policy version beyond the current limits.' },
} as const satisfies Errors
