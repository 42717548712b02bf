import { z } from 'zod'
import { professions, roles, type Profession, type Role } from '../access/roles.ts'
import type { OpenItemKind } from '../call/loop.ts'
import { id } from '../ids.ts'

export const personName = z.string().trim().min(1, 'Enter your name').max(120, 'Use 120 characters or fewer')
const passphrase = z.string().max(500, 'Use 500 characters or fewer')

export const setUpInput = z.strictObject({
  name: personName,
  role: z.enum(roles, 'Choose your role'),
  profession: z.enum(professions, 'Choose your profession'),
  hubIds: z.array(id).max(20),
  passphrase,
  passphraseAgain: passphrase,
  deskCode: z.string().max(10)
})
export type SetUpInput = z.output<typeof setUpInput>

export const typedGroups = z.strictObject({
  groups: z
    .array(z.strictObject({ number: z.int().min(1).max(8), typed: z.string().max(20) }))
    .min(1)
    .max(8)
})

export const unlockInput = z.strictObject({ name: z.string().max(200), passphrase })

export const newPassphraseInput = z.strictObject({ passphrase, passphraseAgain: passphrase })

export const changePassphraseInput = newPassphraseInput.extend({ current: passphrase })

export const recoverInput = newPassphraseInput.extend({
  name: z.string().max(200),
  recoveryKey: z.string().max(200)
})

/** Roles and hubs that a person holds. A coordinator has at least one local hub. */
export const accountRoles = {
  roles: z.array(z.enum(roles)).min(1, 'Choose at least one role').max(roles.length),
  profession: z.enum(professions, 'Choose a profession'),
  hubIds: z.array(id).max(20)
}

export const newAccount = z.strictObject({ id, name: personName, ...accountRoles })
export const changedRoles = z.strictObject({ id, rowVersion: z.int(), ...accountRoles })

export interface Account {
  id: string
  name: string
  roles: Role[]
  profession: Profession
  hubIds: string[]
  /** 'stopped': access taken away, work still to be handed on. 'closed': nothing left open. */
  status: 'active' | 'stopped' | 'closed'
  rowVersion: number
  unfinishedCalls: number
  unfinishedForms: number
  /** Promised call-backs, "Did they refer?", actions and flags that wait for them. */
  openItems: number
}

/** Someone who has or had an account, and whether they are at work and take calls: to whom things can be handed. */
export interface AccountName {
  id: string
  name: string
  takesCalls: boolean
}

/** One thing that a stopped person left open: "nobody owns it". */
export interface OpenWork {
  kind: 'draft' | 'form' | 'plan-action' | 'impact-meeting' | 'step-down' | 'subject-request' | OpenItemKind
  /** The draft; the form; the action of a plan; the meeting that they chair; the step-down; the request; the call of a call-back or referral; the action; the flag. */
  id: string
  /** What names it without case content: a call's reference, or when it was begun. */
  label: string
  since: string
}

/** Bringing the record to a newer version of the desk: a copy, the change, the check. */
export type OpeningStep = 'copying' | 'changing' | 'checking'

/** What the page shows first, before and after unlocking. Holds nothing of any case. */
export type Session =
  | { stage: 'set-up'; deskCode: string; trial: boolean }
  | {
      stage: 'locked'
      trial: boolean
      waitMs: number
      /** What is being done to the record before it opens; '' where nothing takes long. */
      step: OpeningStep | ''
    }
  | { stage: 'new-passphrase'; trial: boolean }
  | { stage: 'recovery-key'; trial: boolean; recoveryKey: string; ask: number[] }
  | {
      stage: 'open'
      trial: boolean
      account: { id: string; name: string; roles: Role[]; profession: Profession; hubIds: string[] }
      deskCode: string
      /** The actor's clock when this was answered, so that the page's clock agrees with it. */
      now: string
    }
