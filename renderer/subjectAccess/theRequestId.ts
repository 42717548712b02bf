import { inject, provide, type InjectionKey } from 'vue'
import type { Id } from '../../shared/ids.ts'

const key: InjectionKey<() => Id> = Symbol('the request whose items are gone through')

export const provideTheRequest = (id: () => Id): void => {
  provide(key, id)
}

export function useTheRequest(): () => Id {
  const id = inject(key)
  if (!id) throw new Error('Items are gone through for a request')
  return id
}
