import type { ElectronApplication, Page } from '@playwright/test'
import { callForm, logCall } from '../tests/e2e/screens/call.ts'

const NANO_TO_MILLI = 1e-6

/** The 99th of a hundred of main's delays while something goes on, in milliseconds. */
export async function delayWhile(
  application: ElectronApplication,
  work: () => Promise<unknown>
): Promise<number> {
  await application.evaluate(() => {
    const { monitorEventLoopDelay } = process.getBuiltinModule('node:perf_hooks')
    const delays = monitorEventLoopDelay({ resolution: 1 })
    delays.enable()
    Object.assign(globalThis, { delays })
  })
  await work()
  const p99 = await application.evaluate(() => {
    const { delays } = globalThis as unknown as {
      delays: { disable(): void; percentile(of: number): number }
    }
    delays.disable()
    return delays.percentile(99)
  })
  return p99 * NANO_TO_MILLI
}

/** Goes on while `work` is under way. */
export async function again(work: Promise<unknown>, act: () => Promise<unknown>): Promise<void> {
  let isOver = false
  const end = work.finally(() => {
    isOver = true
  })
  while (!isOver) await act()
  await end
}

/** As somebody does while something else goes on. */
export async function typeACall(on: Page): Promise<void> {
  const form = await logCall(on)
  await form.aKeyworker.check()
  await form.callerName.pressSequentially('Robin Achebe', { delay: 40 })
  await form.concern.pressSequentially('Heard at the gate that nobody was at home. '.repeat(6), { delay: 40 })
  await callForm(on).leaveForLater.click()
}
