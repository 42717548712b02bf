import { shell } from 'electron'

/** The public pages that the desk's wording refers to. They open in the person's own browser. */
const hosts: ReadonlySet<string> = new Set([
  'www.gov.uk',
  'www.hertfordshire.gov.uk',
  'www.thegrid.org.uk',
  'hertfordshirescp.trixonline.co.uk'
])

export function mayOpen(url: string): boolean {
  if (!URL.canParse(url)) return false
  const { protocol, host, username, password } = new URL(url)
  return protocol === 'https:' && hosts.has(host) && username === '' && password === ''
}

/**
 * The only way out of the desk, and the only file that imports Electron's `shell`. Says whether it opened. What
 * follows a question mark or a hash is left off: none of the pages needs it, and it could carry something away.
 * https://www.electronjs.org/docs/latest/tutorial/security#15-do-not-use-shellopenexternal-with-untrusted-content
 */
export async function openLink(url: string): Promise<boolean> {
  if (!mayOpen(url)) return false
  const { origin, pathname } = new URL(url)
  await shell.openExternal(origin + pathname)
  return true
}
