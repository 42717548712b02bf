import { readFileSync, writeFileSync } from 'node:fs'
import type { BrowserWindow } from 'electron'

/** The steps that browsers have taught people, in per cent. */
const steps = [50, 67, 75, 80, 90, 100, 110, 125, 150, 175, 200, 250, 300] as const

export interface Zoom {
  in: () => void
  out: () => void
  reset: () => void
}

export function nextStep(percent: number, direction: 1 | -1): number {
  const further =
    direction === 1 ? steps.find((step) => step > percent) : steps.findLast((step) => step < percent)
  return further ?? percent
}

/** Kept from one start to the next, because who needs large letters needs them every morning. */
export function readZoom(file: string): number {
  try {
    const kept = Number(readFileSync(file, 'utf8'))
    return steps.find((step) => step === kept) ?? 100
  } catch {
    return 100
  }
}

export function keepZoom(window: BrowserWindow, file: string): Zoom {
  let percent = readZoom(file)
  const apply = (): void => window.webContents.setZoomFactor(percent / 100)
  const change = (to: number): void => {
    percent = to
    apply()
    writeFileSync(file, String(percent), { mode: 0o600 })
  }
  const zoom: Zoom = {
    in: () => change(nextStep(percent, 1)),
    out: () => change(nextStep(percent, -1)),
    reset: () => change(100)
  }
  window.webContents.on('did-finish-load', apply)
  // Ctrl with the wheel: Electron tells of it and leaves the rest to us
  window.webContents.on('zoom-changed', (_, direction) => (direction === 'in' ? zoom.in() : zoom.out()))
  return zoom
}
