import type { ElectronApplication } from '@playwright/test'

/** The next system dialog for a file answers with this one: a test cannot click in a dialog of the system. */
export async function chooseFile(app: ElectronApplication, file: string): Promise<void> {
  await app.evaluate(({ dialog }, chosen) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [chosen] })
  }, file)
}
