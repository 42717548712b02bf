import { describe, expect, it } from 'vitest'
import { mayOpenFamily, type Opening } from '../../shared/access/mayOpenFamily.ts'
import { mayRestrict } from '../../shared/access/mayRestrict.ts'
import { roles, type Role } from '../../shared/access/roles.ts'

const HERE = 'hub-here'
const ELSEWHERE = 'hub-elsewhere'
const ME = 'me'

interface Case {
  role: Role
  isOwnHub: boolean
  isOwn: boolean
  restriction: 'none' | 'names others' | 'names me'
}

const yesOrNo = [true, false]
const cases: Case[] = roles.flatMap((role) =>
  yesOrNo.flatMap((isOwnHub) =>
    yesOrNo.flatMap((isOwn) =>
      (['none', 'names others', 'names me'] as const).map((restriction) => ({
        role,
        isOwnHub,
        isOwn,
        restriction
      }))
    )
  )
)

/** The table: whoever reads every family, a coordinator by hub or own or name, and those who read none. */
const opensAs: Record<Role, (of: Case) => Opening> = {
  adviser: ({ restriction }) => (restriction === 'names others' ? 'with-reason' : 'yes'),
  'triage-manager': ({ restriction }) => (restriction === 'names others' ? 'with-reason' : 'yes'),
  auditor: ({ restriction }) => (restriction === 'names others' ? 'with-reason' : 'yes'),
  coordinator: ({ isOwnHub, isOwn, restriction }) => {
    if (restriction === 'names me') return 'yes'
    if (!isOwnHub && !isOwn) return 'no'
    return restriction === 'none' ? 'yes' : 'with-reason'
  },
  helpdesk: () => 'no',
  administrator: () => 'no'
}

describe('who may open a family', () => {
  it.each(cases)('$role, own hub $isOwnHub, registered by them $isOwn, restriction $restriction', (each) => {
    const actor = { id: ME, roles: [each.role], hubIds: each.isOwnHub ? [HERE] : [ELSEWHERE] }
    const named = { none: undefined, 'names others': ['somebody'], 'names me': ['somebody', ME] }[
      each.restriction
    ]
    const writtenBy = each.isOwn ? ME : 'somebody'
    expect(mayOpenFamily(actor, { hubId: HERE, writtenBy, named })).toBe(opensAs[each.role](each))
  })

  it('who holds two roles may what either may', () => {
    const family = { hubId: HERE, writtenBy: 'somebody', named: undefined }
    expect(mayOpenFamily({ id: ME, roles: ['helpdesk', 'adviser'], hubIds: [] }, family)).toBe('yes')
    expect(mayOpenFamily({ id: ME, roles: ['helpdesk', 'coordinator'], hubIds: [ELSEWHERE] }, family)).toBe(
      'no'
    )
  })
})

describe('who may restrict a family or take it to another hub', () => {
  it.each(roles.flatMap((role) => yesOrNo.map((isOwnHub) => ({ role, isOwnHub }))))(
    '$role, own hub $isOwnHub',
    ({ role, isOwnHub }) => {
      const may = role === 'triage-manager' || (role === 'coordinator' && isOwnHub)
      expect(mayRestrict({ roles: [role], hubIds: isOwnHub ? [HERE] : [ELSEWHERE] }, HERE)).toBe(may)
    }
  )
})
