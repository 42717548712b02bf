import { inject, provide, type ComputedRef, type InjectionKey } from 'vue'
import type { RegistrationDraft } from '../../shared/family/family.ts'
import type { CivilDate } from '../../shared/ids.ts'
import type { Practitioner } from '../../shared/practitioner/practitioner.ts'
import type { Rules } from '../../shared/setting/inForce.ts'

/** The registration form that is on the screen, as its parts know it. */
export interface TheRegistration {
  draft: RegistrationDraft
  today: ComputedRef<CivilDate>
  rules: ComputedRef<Rules>
  /** The chosen keyworker; undefined while nobody is chosen. */
  practitioner: ComputedRef<Practitioner | undefined>
  errorFor: (path: string) => string | undefined
}

const key: InjectionKey<TheRegistration> = Symbol('the registration')

export function provideRegistration(registration: TheRegistration): void {
  provide(key, registration)
}

export function useRegistration(): TheRegistration {
  const registration = inject(key)
  if (!registration) throw new Error('This is part of a registration form')
  return registration
}
