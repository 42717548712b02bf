import { isOurPage } from '../shell/page.ts'

interface Frame {
  url: string
  parent: unknown
}

/** What is asked of Electron's event, so that it can be tested without Electron. */
export interface Sent {
  senderFrame: Frame | null
  sender: { id: number }
}

/**
 * Only the main frame of the desk's own window, showing our own page, is answered. A frame that has navigated away or
 * is gone has a null `senderFrame`.
 * https://www.electronjs.org/docs/latest/tutorial/security#17-validate-the-sender-of-all-ipc-messages
 */
export function isTrustedSender(event: Sent, windowId: number, devServer?: string): boolean {
  const frame = event.senderFrame
  return (
    frame !== null && frame.parent === null && event.sender.id === windowId && isOurPage(frame.url, devServer)
  )
}
