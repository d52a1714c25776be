import { describe, expect, it } from 'vitest'
import { readScenarioLink, scenarioLinkProblem } from './scenario-link.ts'

const page = 'https://console.example/base/keys?region=cn-hangzhou&tag=a%3Ab'

describe('a scenario link', () => {
  it.each([
    ['&scenario=large', { name: 'large', seed: 1 }],
    ['&scenario=large&seed=42', { name: 'large', seed: 42 }],
    ['&seed=0&scenario=proxy-down', { name: 'proxy-down', seed: 0 }],
  ])('%s names a cloud, and the rest of the address stays', (search, choice) => {
    expect(readScenarioLink(`${page}${search}#top`)).toEqual({ choice, problem: null, href: `${page}#top` })
  })

  it('is none without a name', () => {
    expect(readScenarioLink(page)).toEqual({ choice: null, problem: null, href: page })
    expect(readScenarioLink('https://console.example/?seed=3').href).toBe('https://console.example/?seed=3')
  })

  it.each(['', '-1', '1.5', '1e3', 'x', '9999999999'])('refuses the seed "%s"', (seed) => {
    const link = readScenarioLink(`${page}&scenario=large&seed=${seed}`)
    expect(link).toEqual({ choice: null, problem: { code: 'badSeed', seed }, href: page })
    expect(scenarioLinkProblem(link, ['large'])).toEqual({ code: 'badSeed', seed })
  })

  it('knows a name only from the cloud', () => {
    expect(scenarioLinkProblem(readScenarioLink(`${page}&scenario=large`), ['default', 'large'])).toBeNull()
    expect(scenarioLinkProblem(readScenarioLink(page), [])).toBeNull()
    expect(scenarioLinkProblem(readScenarioLink(`${page}&scenario=lagre`), ['default', 'large'])).toEqual({
      code: 'unknownScenario',
      name: 'lagre',
    })
  })
})
