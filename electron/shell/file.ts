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

export interface SaveQuestion {
  title: string
  /** The name that is offered. Nothing personal: it may stay in the system's list of recent files. */
  suggested: string
  name: string
  extension: string
}

/** Where a file is to go; whoever names one that is there is asked first. Undefined: cancelled. */
export async function askWhereToSave(
  window: BrowserWindow | undefined,
  { title, suggested, name, extension }: SaveQuestion
): Promise<string | undefined> {
  if (!window) return undefined
  const { canceled, filePath } = await dialog.showSaveDialog(window, {
    title,
    defaultPath: suggested,
    filters: [{ name, extensions: [extension] }],
    properties: ['createDirectory', 'showOverwriteConfirmation']
  })
  return canceled || filePath === '' ? undefined : filePath
}
