import { app, BrowserWindow } from 'electron'

// A window that shows one line: what the runtime costs by itself.
void app.whenReady().then(() => {
  const window = new BrowserWindow({
    width: 1280,
    height: 800,
    show: false,
    webPreferences: { sandbox: true }
  })
  window.once('ready-to-show', () => window.show())
  void window.loadURL('data:text/html,<!doctype html><title>blank</title><h1>Blank</h1>')
})
app.on('window-all-closed', () => app.quit())
