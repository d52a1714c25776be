/** The people of a large account: as many users as are asked for, each name once. */

const families = (
  'wang:王 li:李 zhang:张 liu:刘 chen:陈 yang:杨 huang:黄 zhao:赵 wu:吴 zhou:周 xu:徐 sun:孙 ma:马 zhu:朱 hu:胡 guo:郭 he:何 ' +
  'lin:林 gao:高 luo:罗 zheng:郑 liang:梁 xie:谢 song:宋 tang:唐'
).split(' ')
const given = (
  'fang:芳 wei:伟 na:娜 min:敏 jing:静 qiang:强 lei:磊 yan:艳 jun:军 yong:勇 jie:杰 juan:娟 tao:涛 ming:明 chao:超 ' +
  'xiuying:秀英 xia:霞 ping:平 gang:刚 guiying:桂英'
).split(' ')

const parts = (word: string): readonly [latin: string, chinese: string] => word.split(':') as [string, string]

/** `fang.wang`, and with a number where the name comes again. */
export const staffNames = (count: number): readonly (readonly [name: string, displayName: string])[] =>
  Array.from({ length: count }, (_, index) => {
    const [family, familyName] = parts(families[index % families.length]!)
    const turn = Math.floor(index / families.length)
    const [first, firstName] = parts(given[turn % given.length]!)
    const again = Math.floor(turn / given.length)
    return [`${first}.${family}${again === 0 ? '' : again + 1}`, familyName + firstName]
  })
