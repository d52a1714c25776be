/** Error codes of RAM API 2015-05-01 and STS API 2015-04-01 (RAM API, Error messages). Messages are the published ones, word for word. */
export const ramErrors = {
  NoPermission: {
    status: 403,
    message: 'You are not authorized to do this action. You should be authorized by RAM. {reason}',
  },
  'EntityNotExist.Role': { status: 404, message: 'The role does not exist.' },
} as const satisfies Record<string, { status: number; message: string }>
