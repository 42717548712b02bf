import { defineStore } from 'pinia'
import { computed, ref } from 'vue'
import type { Session } from '../../shared/account/account.ts'
import { hub } from '../hub.ts'

/** Who is at the desk, as main says. */
export const useSession = defineStore('session', () => {
  const session = ref<Session>()
  const account = computed(() => (session.value?.stage === 'open' ? session.value.account : undefined))

  async function refresh() {
    const result = await hub['account.session']({})
    if (result.ok) session.value = result.value
  }

  async function lock() {
    const result = await hub['account.lock']({})
    if (result.ok) session.value = result.value
  }

  return { session, account, refresh, lock }
})
