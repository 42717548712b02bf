import type { App } from 'electron'
import { isOurPage } from './page.ts'

interface Cancellable {
  preventDefault(): void
}

interface FrameNavigation extends Cancellable {
  url: string
  isMainFrame: boolean
}

/**
 * No page leaves `hub://app`, opens a window, holds another page in a frame or hosts a webview: for every
 * web contents there will ever be, not only the first window.
 * https://www.electronjs.org/docs/latest/tutorial/security#13-disable-or-limit-navigation
 * https://www.electronjs.org/docs/latest/tutorial/security#14-disable-or-limit-creation-of-new-windows
 * https://www.electronjs.org/docs/latest/tutorial/security#12-verify-webview-options-before-creation
 */
export function lockNavigation(
  app: App,
  openLink: (url: string) => Promise<boolean>,
  devServer?: string
): void {
  app.on('web-contents-created', (_, contents) => {
    contents.on('will-navigate', stayOnOurPage(devServer))
    contents.on('will-redirect', stayOnOurPage(devServer))
    contents.on('will-frame-navigate', stayOnOurPage(devServer))
    contents.on('will-attach-webview', refuse)
    contents.setWindowOpenHandler(({ url }) => {
      // a link to one of the few public pages opens in the person's own browser; nothing opens here
      void openLink(url)
      return { action: 'deny' }
    })
  })
}

export function stayOnOurPage(devServer?: string): (event: FrameNavigation) => void {
  return (event) => {
    if (!event.isMainFrame || !isOurPage(event.url, devServer)) event.preventDefault()
  }
}

function refuse(event: Cancellable): void {
  event.preventDefault()
}
