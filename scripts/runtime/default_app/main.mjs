// Stands in for the default_app of an official Electron: `electron <app folder or file>` loads that app unpacked.
import { existsSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { app } from 'electron'

const target = process.argv.slice(1).find((argument) => !argument.startsWith('-'))

if (target === undefined) {
  process.stderr.write('usage: electron <app folder or file>\n')
  app.exit(2)
} else {
  const full = path.resolve(target)
  const isFolder = statSync(full).isDirectory()
  const root = isFolder ? full : path.dirname(full)
  const manifest = path.join(root, 'package.json')
  const found = existsSync(manifest) ? JSON.parse(readFileSync(manifest, 'utf8')) : {}
  if (found.productName || found.name) app.setName(found.productName || found.name)
  if (found.version) app.setVersion(found.version)
  app.setAppPath(root)
  try {
    // awaited, as the official one does: the app is not ready before its main module has run
    await import(pathToFileURL(isFolder ? path.join(root, found.main ?? 'index.js') : full).href)
  } catch (error) {
    process.stderr.write(`${error.stack}\n`)
    app.exit(1)
  }
}
