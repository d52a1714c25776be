/** Identifiers of keys and instances, drawn from the world's seed: the same seed and the same requests give the same ones. */
import { seededText } from '#mocks/runtime.ts'
import type { CloudTables } from '#mocks/store/rows.ts'
import type { WriteTransaction } from '#mocks/store/store.ts'

/** The part of an identifier that names its region. Hangzhou's and Beijing's stand in published samples; the others are assumed. */
const siteTags: Readonly<Record<string, string>> = {
  'cn-qingdao': 'qdd',
  'cn-beijing': 'bjj',
  'cn-zhangjiakou': 'zjk',
  'cn-huhehaote': 'hhh',
  'cn-wulanchabu': 'wlc',
  'cn-hangzhou': 'hzz',
  'cn-shanghai': 'shh',
  'cn-shenzhen': 'szz',
  'cn-heyuan': 'hyy',
  'cn-guangzhou': 'gzz',
  'cn-chengdu': 'cdd',
  'cn-hongkong': 'hkk',
  'ap-northeast-1': 'tkk',
  'ap-northeast-2': 'sll',
  'ap-southeast-1': 'sgg',
  'ap-southeast-2': 'syy',
  'ap-southeast-3': 'kll',
  'ap-southeast-5': 'jkk',
  'ap-southeast-6': 'mnn',
  'ap-southeast-7': 'bkk',
  'ap-south-1': 'mbb',
  'eu-central-1': 'fff',
  'eu-west-1': 'ldd',
  'us-east-1': 'vaa',
  'us-west-1': 'svv',
  'me-east-1': 'dbb',
}

/** `key-` or `kst-`, site tag, creation time in epoch seconds as 8 hex digits, 10 base-36 characters. `createdAt`: ms since the epoch. */
export function identifier(prefix: 'key' | 'kst', region: string, createdAt: number, random: string): string {
  const seconds = Math.floor(createdAt / 1000)
    .toString(16)
    .padStart(8, '0')
  return `${prefix}-${siteTags[region]}${seconds}${random}`
}

export const randomLength = 10
/** Of a resource share's identifier, after its `rs-` (read from published samples). */
export const shareIdLength = 12

/** Draws base-36 text; the position in the seed's stream moves on with the transaction. */
export function drawText(tx: Pick<WriteTransaction<CloudTables>, 'world'>, length: number): string {
  const world = tx.world.get('world')!
  tx.world.put({ ...world, drawn: world.drawn + 1 })
  return seededText(world.seed, world.drawn, length)
}

/** An identifier of the older form, lower-case hex: default keys and their versions have it. `random`: 32 base-36 characters. */
export const uuidOf = (random: string): string =>
  Array.from(random, (character) => (Number.parseInt(character, 36) % 16).toString(16))
    .join('')
    .replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')

export const drawUuid = (tx: Pick<WriteTransaction<CloudTables>, 'world'>): string => uuidOf(drawText(tx, 32))

export const drawKeyId = (
  tx: Pick<WriteTransaction<CloudTables>, 'world'>,
  region: string,
  createdAt: number,
): string => identifier('key', region, createdAt, drawText(tx, randomLength))
