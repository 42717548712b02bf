import { readFileSync, statSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'
import { sql } from 'drizzle-orm'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { rowReader } from '../../db/rowReader.ts'
import { call, counter, setting } from '../../db/schema/index.ts'
import { openTestDesk, type TestDesk } from '../fixtures/desk.ts'

let desk: TestDesk
beforeEach(async () => {
  desk = await openTestDesk()
})
afterEach(() => desk.close())

const count = () =>
  desk.store.read(async (db) => (await db.get<{ n: number }>(sql`SELECT count(*) AS n FROM counter`)).n)

it('undoes all of a write that throws', async () => {
  const work = desk.store.write(async (tx) => {
    await tx.insert(counter).values({ name: 'a', value: 1 })
    throw new Error('no')
  })
  await expect(work).rejects.toThrow('no')
  expect(await count()).toBe(0)
  await desk.store.write((tx) => tx.insert(counter).values({ name: 'b', value: 1 }))
  expect(await count()).toBe(1)
})

it('refuses a write that waits for anything but the database', async () => {
  const work = desk.store.write(async (tx) => {
    await tx.insert(counter).values({ name: 'a', value: 1 })
    await wait(1)
  })
  await expect(work).rejects.toThrow('awaited inside a transaction')
  expect(await count()).toBe(0)
})

it('runs one write at a time, in the order they came', async () => {
  const order: number[] = []
  await Promise.all(
    [1, 2, 3].map((n) =>
      desk.store.write(async (tx) => {
        order.push(n)
        await tx.insert(counter).values({ name: String(n), value: n })
        order.push(n)
      })
    )
  )
  expect(order).toEqual([1, 1, 2, 2, 3, 3])
})

it('cannot write through the reading connection', async () => {
  await expect(desk.store.read(async (db) => db.all(sql`DELETE FROM setting RETURNING id`))).rejects.toThrow()
})

it('reads the values of a row as Drizzle does, and leaves what stands behind them', async () => {
  const columns = {
    name: counter.name,
    value: counter.value,
    toCheck: call.schoolToCheck,
    isOdd: sql<boolean>`${counter.value} % 2`.mapWith(Boolean),
    deletedAt: setting.deletedAt
  }
  await desk.store.write(async (tx) => {
    await tx.insert(counter).values([
      { name: 'a', value: 1 },
      { name: 'b', value: 2 }
    ])
    const selected = tx
      .select({ ...columns, toCheck: sql`1`, deletedAt: sql`NULL`, behind: sql`7` })
      .from(counter)
      .prepare()
    expect(selected.values().map(rowReader(columns))).toEqual([
      { name: 'a', value: 1, toCheck: true, isOdd: true, deletedAt: null },
      { name: 'b', value: 2, toCheck: true, isOdd: false, deletedAt: null }
    ])
  })
})

it('gives as many rows as are asked for, though the statement is kept from when that was another number', async () => {
  const first = (limit: number) =>
    desk.store.read(async (db) => (await db.select().from(setting).limit(limit)).length)
  expect(await first(2)).toBe(2)
  expect(await first(3)).toBe(3)
})

it('gives rows in the form that is asked for, though the statement is kept from when another was', async () => {
  const rows = sql`SELECT name, value FROM counter`
  await desk.store.write(async (tx) => {
    await tx.insert(counter).values({ name: 'a', value: 1 })
    expect(await tx.all(rows)).toEqual([{ name: 'a', value: 1 }])
    expect(await tx.values(rows)).toEqual([['a', 1]])
    await tx.insert(counter).values({ name: 'b', value: 2 })
    expect(await tx.all(rows)).toEqual([
      { name: 'a', value: 1 },
      { name: 'b', value: 2 }
    ])
  })
})

it('can be read by its owner alone, and by nobody without the key', async () => {
  await desk.store.write((tx) => tx.insert(counter).values({ name: 'PLAINMARK', value: 1 }))
  for (const suffix of ['', '-wal']) {
    const file = `${desk.file}${suffix}`
    const bytes = readFileSync(file)
    expect(bytes.length).toBeGreaterThan(0)
    expect(bytes.subarray(0, 15).toString('latin1')).not.toBe('SQLite format 3')
    expect(bytes.includes('PLAINMARK')).toBe(false)
    expect(bytes.includes('CREATE TABLE')).toBe(false)
    expect(statSync(file).mode & 0o777).toBe(0o600)
  }
})

it('is durable and keeps nothing in plain temporary files', () => {
  const pragma = (name: string) => desk.store.reader.pragma(name, { simple: true })
  expect(pragma('journal_mode')).toBe('wal')
  expect(pragma('temp_store')).toBe(2)
  expect(pragma('foreign_keys')).toBe(1)
})
