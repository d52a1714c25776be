/**
 * Published actions that this build never carries out: key import, asymmetric keys and MACs. They are known so that an external key
 * answers with its own code (KMS user guide, Manage external keys); for every other key they are refused by name and listed as missing.
 */
import * as shape from './shapes.ts'
import { action } from './action.ts'
import type { ErrorCode } from './errors.ts'
import { required, text } from './params.ts'

const absent = <const N extends string, const E extends ErrorCode>(name: N, external: E) =>
  action({
    product: 'kms',
    kind: 'crypto',
    permission: `kms:${name}`,
    subject: 'key',
    params: { KeyId: required(text()) },
    refused: [],
    output: shape.object({}),
    absent: { external },
  })

/** The codes marked (assumed) are published for their neighbours only. */
export const absentActions = {
  GetParametersForImport: absent('GetParametersForImport', 'Unsupported.Origin'),
  ImportKeyMaterial: absent('ImportKeyMaterial', 'Unsupported.Origin'),
  DeleteKeyMaterial: absent('DeleteKeyMaterial', 'Unsupported.Origin'), // (assumed)
  GetPublicKey: absent('GetPublicKey', 'Rejected.UnsupportedOperation'), // (assumed)
  AsymmetricEncrypt: absent('AsymmetricEncrypt', 'Rejected.UnsupportedOperation'),
  AsymmetricDecrypt: absent('AsymmetricDecrypt', 'Rejected.UnsupportedOperation'),
  AsymmetricSign: absent('AsymmetricSign', 'Rejected.UnsupportedOperation'), // (assumed)
  AsymmetricVerify: absent('AsymmetricVerify', 'Rejected.UnsupportedOperation'), // (assumed)
  GenerateMac: absent('GenerateMac', 'UnsupportedOperation'), // (assumed)
  VerifyMac: absent('VerifyMac', 'UnsupportedOperation'), // (assumed)
} as const

export type AbsentAction = keyof typeof absentActions
