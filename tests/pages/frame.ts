import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { nextTick, type Component } from 'vue'
import { useSession } from '../../renderer/session/useSession.ts'
import type { Session } from '../../shared/account/account.ts'

/** Mounts in the document, so that focus and labels work. */
export async function show(component: Component, session?: Session, plugins: object[] = []) {
  const pinia = createPinia()
  setActivePinia(pinia)
  const store = useSession()
  store.session = session
  const wrapper = mount(component, {
    attachTo: document.body,
    global: { plugins: [pinia, ...(plugins as [])], stubs: { RouterLink: { template: '<a><slot /></a>' } } }
  })
  await settled()
  return { wrapper, store }
}

export async function settled() {
  await flushPromises()
  await nextTick()
}

/** The control with exactly this label. */
export function field(wrapper: VueWrapper, label: string) {
  const found = wrapper.findAll('label').find((each) => each.text() === label)
  if (!found) throw new Error(`No label "${label}"`)
  return wrapper.get(`[id="${found.attributes('for') ?? ''}"]`)
}

export function button(wrapper: VueWrapper, name: string) {
  const found = wrapper.findAll('button').find((each) => each.text() === name)
  if (!found) throw new Error(`No button "${name}"`)
  return found
}

export const submit = async (wrapper: VueWrapper) => {
  await wrapper.get('form').trigger('submit')
  await settled()
}
