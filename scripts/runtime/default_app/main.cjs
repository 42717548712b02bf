// Minimal stand-in for the default_app that an official Electron distribution carries:
// `electron [-r module] <app folder or file>` loads that app as if it were unpackaged.
const { app } = require('electron')
const fs = require('node:fs')
const path = require('node:path')
const { pathToFileURL } = require('node:url')

const args = process.argv.slice(1)
let target
for (let i = 0; i < args.length && target === undefined; i++) {
  if (args[i] === '-r' || args[i] === '--require') require(args[++i])
  else if (!args[i].startsWith('-')) target = path.resolve(args[i])
}

if (target === undefined) {
  console.error('usage: electron [-r module] <app folder or file>')
  app.exit(2)
} else {
  const isFolder = fs.statSync(target).isDirectory()
  const root = isFolder ? target : path.dirname(target)
  const manifest = path.join(root, 'package.json')
  const pkg = fs.existsSync(manifest) ? JSON.parse(fs.readFileSync(manifest, 'utf8')) : {}
  if (pkg.productName || pkg.name) app.setName(pkg.productName || pkg.name)
  if (pkg.version) app.setVersion(pkg.version)
  app.setAppPath(root)
  const entry = isFolder ? path.join(root, pkg.main || 'index.js') : target
  import(pathToFileURL(entry).href).catch((error) => {
    console.error(error)
    app.exit(1)
  })
}
