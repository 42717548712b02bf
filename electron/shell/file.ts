import { dialog, type BrowserWindow } from 'electron'

export interface FileQuestion {
  title: string
  name: string
  extensions: string[]
}

/** The system's own dialog, so that no path comes from the page. Undefined: cancelled. */
export async function askForFile(
  window: BrowserWindow | undefined,
  { title, name, extensions }: FileQuestion
): Promise<string | undefined> {
  if (!window) return undefined
  const { canceled, filePaths } = await dialog.showOpenDialog(window, {
    title,
    filters: [{ name, extensions }],
    properties: ['openFile']
  })
  return canceled ? undefined : filePaths[0]
}
