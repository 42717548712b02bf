import type { MenuItemConstructorOptions } from 'electron'
import type { Zoom } from './zoom.ts'

/**
 * Our own menu instead of Electron's, which offers the developer tools, a reload that throws away what is typed, and
 * links to the web.
 */
export function menuTemplate(zoom: Zoom, platform: NodeJS.Platform): MenuItemConstructorOptions[] {
  const mac: MenuItemConstructorOptions[] = platform === 'darwin' ? [{ role: 'appMenu' }] : []
  return [
    ...mac,
    {
      label: 'Edit',
      submenu: [
        { role: 'undo' },
        { role: 'redo' },
        { type: 'separator' },
        { role: 'cut' },
        { role: 'copy' },
        { role: 'paste' },
        { role: 'selectAll', label: 'Select all' }
      ]
    },
    {
      label: 'View',
      submenu: [
        { label: 'Zoom in', accelerator: 'CommandOrControl+Plus', click: zoom.in },
        ...alsoBy(zoom.in, 'CommandOrControl+=', 'CommandOrControl+numadd'),
        { label: 'Zoom out', accelerator: 'CommandOrControl+-', click: zoom.out },
        ...alsoBy(zoom.out, 'CommandOrControl+numsub'),
        { label: 'Actual size', accelerator: 'CommandOrControl+0', click: zoom.reset },
        ...alsoBy(zoom.reset, 'CommandOrControl+num0')
      ]
    }
  ]
}

/** The same by other keys: "+" wants Shift on a British keyboard, and number pads have their own. */
function alsoBy(click: () => void, ...accelerators: string[]): MenuItemConstructorOptions[] {
  return accelerators.map((accelerator) => ({ label: accelerator, accelerator, click, visible: false }))
}
