// Generates the next migration from db/schema and adds what drizzle-kit cannot say: STRICT tables and foreign keys
// checked at commit (sync.md, schema rule 3). A person then reads it, above all any DROP TABLE.
//
//   npm run migration -- <name>
import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const folder = join(import.meta.dirname, '../db/migrations')
const sqlFiles = () => readdirSync(folder).filter((file) => file.endsWith('.sql'))

const before = new Set(sqlFiles())
const name = process.argv[2]
if (!name) throw new Error('Give the migration a name: npm run migration -- <name>')
execFileSync(process.execPath, ['node_modules/drizzle-kit/bin.cjs', 'generate', '--name', name], {
  cwd: join(import.meta.dirname, '..'),
  stdio: 'inherit'
})
for (const file of sqlFiles().filter((each) => !before.has(each))) {
  const path = join(folder, file)
  const sql = readFileSync(path, 'utf8')
  const strict = sql.replace(/^\);$/gm, ') STRICT;').replace(/^\)$/gm, ') STRICT')
  const deferred = strict.replace(/ON UPDATE no action ON DELETE no action/g, 'DEFERRABLE INITIALLY DEFERRED')
  writeFileSync(path, deferred)
  process.stdout.write(`Read it before it is committed: ${path}\n`)
}
