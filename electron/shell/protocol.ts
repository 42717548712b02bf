import { realpathSync, statSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { extname, isAbsolute, join, relative, sep } from 'node:path'
import type { Protocol, Session } from 'electron'
import { contentSecurityPolicy } from './policy.ts'
import { isOurPage, scheme } from './page.ts'

/**
 * The page comes from `hub://app` instead of `file://`, which may read the whole disk.
 * https://www.electronjs.org/docs/latest/tutorial/security#18-avoid-usage-of-the-file-protocol-and-prefer-usage-of-custom-protocols
 */
export function registerScheme(protocol: Protocol): void {
  protocol.registerSchemesAsPrivileged([
    { scheme, privileges: { standard: true, secure: true, supportFetchAPI: true } }
  ])
}

/** What a build of the page consists of; anything else is not served. */
const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2'
}

/** The file under `root` that `url` names, or undefined. A link that leads out of `root` is followed first, then judged. */
export function resolveAsset(root: string, url: string): string | undefined {
  if (!isOurPage(url)) return undefined
  const path = decodeOnce(new URL(url).pathname || '/')
  if (path === undefined || hasForeignCharacters(path)) return undefined
  const segments = path.split('/').slice(1)
  if (segments.at(-1) === '') segments[segments.length - 1] = 'index.html'
  if (segments.some((segment) => segment === '' || segment.startsWith('.'))) return undefined
  if (contentTypes[extname(segments.join('/'))] === undefined) return undefined
  return fileWithin(root, join(root, ...segments))
}

function decodeOnce(path: string): string | undefined {
  try {
    return decodeURIComponent(path)
  } catch {
    return undefined
  }
}

/** Control characters, a backslash, a drive letter or stream, or a second layer of encoding: no asset has them. */
function hasForeignCharacters(path: string): boolean {
  return [...path].some((character) => character < ' ' || '\\:%\u007f'.includes(character))
}

function fileWithin(root: string, path: string): string | undefined {
  try {
    const real = realpathSync(path)
    const way = relative(realpathSync(root), real)
    const isInside = way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way)
    return isInside && statSync(real).isFile() ? real : undefined
  } catch {
    return undefined
  }
}

/** Serves the built page to one session. Read by `fs`, which sees inside the asar archive (decision 12). */
export function servePage(session: Session, root: string): void {
  session.protocol.handle(scheme, (request) => answer(root, request))
}

export async function answer(root: string, request: Pick<Request, 'method' | 'url'>): Promise<Response> {
  const file = request.method === 'GET' ? resolveAsset(root, request.url) : undefined
  const headers = {
    'Content-Security-Policy': contentSecurityPolicy(),
    'X-Content-Type-Options': 'nosniff',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Referrer-Policy': 'no-referrer',
    'Cache-Control': 'no-store'
  }
  if (file === undefined) return new Response(null, { status: 404, headers })
  const contentType = contentTypes[extname(file)] ?? 'application/octet-stream'
  return new Response(await readFile(file), { headers: { ...headers, 'Content-Type': contentType } })
}
