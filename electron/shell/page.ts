/** The one page of the desk. https://www.electronjs.org/docs/latest/tutorial/security#17-validate-the-sender-of-all-ipc-messages */
export const scheme = 'hub'
const host = 'app'
export const startPage = `${scheme}://${host}/`

/** Where `electron-vite dev` serves the page with hot reload; never in a build, whatever the environment says. */
export function devServerAddress(isPackaged: boolean, env: NodeJS.ProcessEnv): string | undefined {
  return isPackaged ? undefined : env['ELECTRON_RENDERER_URL']
}

/**
 * Parsed, then protocol AND host compared. Not `.origin`, which is the string 'null' for `hub://evil` as for
 * `data:`, and not a prefix, which `hub://app.evil/` shares.
 */
export function isOurPage(url: string, devServer?: string): boolean {
  if (!URL.canParse(url)) return false
  const address = new URL(url)
  if (address.username !== '' || address.password !== '') return false
  const ours = new URL(devServer ?? startPage)
  return address.protocol === ours.protocol && address.host === ours.host
}
