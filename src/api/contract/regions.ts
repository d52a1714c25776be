/** DescribeRegions answers IDs only, so the console holds the names (KMS API 2016-01-20, Request syntax). */
export interface Region {
  readonly id: string
  readonly zh: string
  readonly en: string
}

export const regions: readonly Region[] = [
  { id: 'cn-qingdao', zh: '华北1（青岛）', en: 'China (Qingdao)' },
  { id: 'cn-beijing', zh: '华北2（北京）', en: 'China (Beijing)' },
  { id: 'cn-zhangjiakou', zh: '华北3（张家口）', en: 'China (Zhangjiakou)' },
  { id: 'cn-huhehaote', zh: '华北5（呼和浩特）', en: 'China (Hohhot)' },
  { id: 'cn-wulanchabu', zh: '华北6（乌兰察布）', en: 'China (Ulanqab)' },
  { id: 'cn-hangzhou', zh: '华东1（杭州）', en: 'China (Hangzhou)' },
  { id: 'cn-shanghai', zh: '华东2（上海）', en: 'China (Shanghai)' },
  { id: 'cn-shenzhen', zh: '华南1（深圳）', en: 'China (Shenzhen)' },
  { id: 'cn-heyuan', zh: '华南2（河源）', en: 'China (Heyuan)' },
  { id: 'cn-guangzhou', zh: '华南3（广州）', en: 'China (Guangzhou)' },
  { id: 'cn-chengdu', zh: '西南1（成都）', en: 'China (Chengdu)' },
  { id: 'cn-hongkong', zh: '中国香港', en: 'China (Hong Kong)' },
  { id: 'ap-northeast-1', zh: '日本（东京）', en: 'Japan (Tokyo)' },
  { id: 'ap-northeast-2', zh: '韩国（首尔）', en: 'South Korea (Seoul)' },
  { id: 'ap-southeast-1', zh: '新加坡', en: 'Singapore' },
  { id: 'ap-southeast-2', zh: '澳大利亚（悉尼）', en: 'Australia (Sydney)' },
  { id: 'ap-southeast-3', zh: '马来西亚（吉隆坡）', en: 'Malaysia (Kuala Lumpur)' },
  { id: 'ap-southeast-5', zh: '印度尼西亚（雅加达）', en: 'Indonesia (Jakarta)' },
  { id: 'ap-southeast-6', zh: '菲律宾（马尼拉）', en: 'Philippines (Manila)' },
  { id: 'ap-southeast-7', zh: '泰国（曼谷）', en: 'Thailand (Bangkok)' },
  { id: 'ap-south-1', zh: '印度（孟买）', en: 'India (Mumbai)' },
  { id: 'eu-central-1', zh: '德国（法兰克福）', en: 'Germany (Frankfurt)' },
  { id: 'eu-west-1', zh: '英国（伦敦）', en: 'UK (London)' },
  { id: 'us-east-1', zh: '美国（弗吉尼亚）', en: 'US (Virginia)' },
  { id: 'us-west-1', zh: '美国（硅谷）', en: 'US (Silicon Valley)' },
  { id: 'me-east-1', zh: '阿联酋（迪拜）', en: 'UAE (Dubai)' },
]

export const defaultRegion = 'cn-hangzhou'
const regionIds: ReadonlySet<string> = new Set(regions.map(({ id }) => id))
export const isRegion = (id: string): boolean => regionIds.has(id)
