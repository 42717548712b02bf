import type { App, CommandLine, Session } from 'electron'
import { isOurPage } from './page.ts'
import { contentSecurityPolicy } from './policy.ts'

/**
 * The desk makes no network request at all: neither its page, which `onBeforeRequest` cancels, nor Chromium
 * on its own account, which these switches stop. They are read before `ready`.
 * https://www.electronjs.org/docs/latest/tutorial/security#1-only-load-secure-content
 */
export function silenceChromium(commandLine: CommandLine, devServer?: string): void {
  for (const name of quiet) commandLine.appendSwitch(name)
  commandLine.appendSwitch('disable-features', joined(commandLine, 'disable-features', unwantedFeatures))
  commandLine.appendSwitch('force-webrtc-ip-handling-policy', 'disable_non_proxied_udp')
  // no host has an address, so that even a request that we have not thought of ends here
  const except = devServer === undefined ? '' : `, EXCLUDE ${new URL(devServer).hostname}`
  commandLine.appendSwitch('host-resolver-rules', `MAP * ~NOTFOUND${except}`)
}

const quiet = [
  'disable-background-networking',
  'disable-breakpad',
  'disable-client-side-phishing-detection',
  'disable-component-update',
  'disable-crash-reporter',
  'disable-default-apps',
  'disable-domain-reliability',
  'disable-sync',
  'dns-prefetch-disable',
  'no-pings',
  'no-proxy-server',
  'no-service-autorun'
]

const unwantedFeatures = [
  'AutofillServerCommunication',
  'CertificateTransparencyComponentUpdater',
  'DialMediaRouteProvider',
  'MediaRouter',
  'NetworkTimeServiceQuerying',
  'OptimizationHints',
  'Translate'
]

function joined(commandLine: CommandLine, name: string, values: readonly string[]): string {
  const given = commandLine.getSwitchValue(name)
  return [...(given === '' ? [] : [given]), ...values].join(',')
}

/** For every session there will ever be, the default one included. */
export function blockNetwork(app: App, devServer?: string): void {
  app.on('session-created', (session) => blockInSession(session, devServer))
  app.on('web-contents-created', (_, contents) => {
    contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp')
  })
}

function blockInSession(session: Session, devServer?: string): void {
  session.setSpellCheckerEnabled(false)
  session.setSpellCheckerLanguages([])
  void session.setProxy({ mode: 'direct' })
  session.webRequest.onBeforeRequest(({ url }, answer) => answer({ cancel: !mayRequest(url, devServer) }))
  if (devServer === undefined) return
  session.webRequest.onHeadersReceived(({ responseHeaders }, answer) =>
    answer({
      responseHeaders: { ...responseHeaders, 'Content-Security-Policy': [contentSecurityPolicy(devServer)] }
    })
  )
}

/** Our own page; while developing also the developer tools and the socket of hot reload. */
export function mayRequest(url: string, devServer?: string): boolean {
  if (devServer === undefined) return isOurPage(url)
  if (!URL.canParse(url)) return false
  const { protocol, host } = new URL(url)
  const socket = protocol === 'ws:' && host === new URL(devServer).host
  return protocol === 'devtools:' || socket || isOurPage(url, devServer)
}
