import { describe, expect, it } from 'vitest'
import { districtOf, districtOfAddress } from '../../shared/setting/district.ts'
import { rulesOn } from '../../shared/setting/inForce.ts'
import { seedSettings } from '../../shared/setting/seeds.ts'
import type { Setting } from '../../shared/setting/setting.ts'
import { newId } from '../../shared/ids.ts'

const EAST_HERTS = 'E07000242'
const BROXBOURNE = 'E07000095'
const TODAY = '2026-11-23'
const seeds = seedSettings()
const rules = (on = TODAY, extra: Setting[] = []) => rulesOn([...seeds, ...extra], on)
const row = (kind: 'postcode-area' | 'district', key: string, changes: Partial<Setting>): Setting => {
  const seed = seeds.find((each) => each.kind === kind && each.key === key)
  if (!seed) throw new Error(`No ${kind}/${key}`)
  return { ...seed, id: newId(), recordedAt: `${TODAY}T10:00:00.000Z`, ...changes }
}

describe('the district that a postcode proposes', () => {
  it('goes by its first half, wherever it stands in the address', () => {
    expect(districtOf('SG14 1AB', rules())).toBe(EAST_HERTS)
    expect(districtOfAddress('4 Mill Lane, Hertford sg141ab', rules())).toBe(EAST_HERTS)
    expect(districtOfAddress('SG1 1AA, then moved to EN10 6AA', rules())).toBe(BROXBOURNE)
  })

  it('is none without a postcode, or where nobody has said', () => {
    for (const address of ['4 Mill Lane, Hertford', '', 'SW1A 1AA', 'SG14']) {
      expect(districtOfAddress(address, rules())).toBe('')
    }
  })

  it('takes the whole first half: SG1 is not SG14', () => {
    expect(districtOf('SG1 4AB', rules())).toBe('E07000243')
    expect(districtOf('SG11 4AB', rules())).toBe(EAST_HERTS)
  })

  it('goes by the day, both ends included', () => {
    const moved = row('postcode-area', 'SG14', {
      value: { district: BROXBOURNE },
      validFrom: '2027-04-01',
      validTo: '2027-04-30'
    })
    const on = (day: string) => districtOf('SG14 1AB', rules(day, [moved]))
    expect([on('2027-03-31'), on('2027-04-01'), on('2027-04-30'), on('2027-05-01')]).toEqual([
      EAST_HERTS,
      BROXBOURNE,
      BROXBOURNE,
      EAST_HERTS
    ])
  })

  it('is none once its district has ended', () => {
    const withoutDistrict = seeds.filter(({ kind, key }) => kind !== 'district' || key !== EAST_HERTS)
    expect(districtOf('SG14 1AB', rulesOn(withoutDistrict, TODAY))).toBe('')
  })

  it('is seeded as provisional, each in a district of the county', () => {
    const areas = seeds.filter(({ kind }) => kind === 'postcode-area')
    expect(areas).toHaveLength(47)
    expect(areas.every(({ provisional }) => provisional)).toBe(true)
    expect(areas.filter(({ key }) => districtOf(`${key} 1AA`, rules()) === '')).toEqual([])
  })
})
