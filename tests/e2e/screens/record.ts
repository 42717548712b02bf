import type { ElectronApplication } from '@playwright/test'

/** A record that takes no draft, as with a full disk: main answers the page's save with a fault until it is mended. */
export async function refuseDrafts(app: ElectronApplication) {
  const real = await app.evaluateHandle(({ ipcMain }) => {
    // Electron tells nobody what it has registered, and the real answer is to come back
    const handlers = Reflect.get(ipcMain, '_invokeHandlers') as Map<string, () => unknown>
    const found = handlers.get('call.saveDraft')
    if (!found) throw new Error('nothing answers call.saveDraft')
    return found
  })
  const refuse = () =>
    app.evaluate(({ ipcMain }) => {
      ipcMain.removeHandler('call.saveDraft')
      ipcMain.handle('call.saveDraft', () => ({ ok: false, error: { code: 'fault', reference: 'A1B2C3' } }))
    })
  await refuse()
  return {
    refuse,
    mend: () =>
      app.evaluate(({ ipcMain }, answer) => {
        Reflect.get(ipcMain, '_invokeHandlers').set('call.saveDraft', answer)
      }, real)
  }
}
