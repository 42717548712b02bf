import { contextBridge, ipcRenderer } from 'electron'
import { flushChannels } from '../shared/ipc/bridge.ts'
import { operations } from '../shared/ipc/operations.ts'

/**
 * The whole bridge: a function for each operation, and no way to name a channel.
 * https://www.electronjs.org/docs/latest/tutorial/security#20-do-not-expose-electron-apis-to-untrusted-web-content
 */
const calls = operations.map((name) => [name, (input: unknown) => ipcRenderer.invoke(name, input)] as const)

let save = (): Promise<void> => Promise.resolve()

ipcRenderer.on(flushChannels.ask, () => {
  void save().then(
    () => ipcRenderer.send(flushChannels.done, true),
    // shown to the person as "Not saved": locking goes on, closing waits for what they decide
    () => ipcRenderer.send(flushChannels.done, false)
  )
})

contextBridge.exposeInMainWorld('hub', {
  ...Object.fromEntries(calls),
  onFlush: (callback: () => Promise<void>) => {
    save = callback
  }
})
