import type { Output, Parsed } from '../../shared/ipc/contract.ts'
import { endingOf, endings, offeredName } from '../../shared/attachment/fileName.ts'
import { record, sameSession, type Desk } from '../account/session.ts'

/**
 * Main asks which file: the page never names a path. Cancelled: nothing happens.
 *
 * @throws Refusal locked, and what storing it refuses
 */
export async function attach(
  desk: Desk,
  attached: Parsed<'attachment.attach'>
): Promise<Output<'attachment.attach'>> {
  const staysOpen = sameSession(desk)
  const path = await desk.surroundings.chooseFile({
    title: 'Choose a file to add',
    name: 'Documents and pictures',
    extensions: Object.values(endings).flat()
  })
  if (path === undefined) return { added: null }
  staysOpen()
  return record(desk, 'attachment.attach', { ...attached, path })
}

/**
 * Main asks where to, and offers the name that the file came with. Cancelled: ''. The desk never opens what it saved.
 *
 * @throws Refusal locked, and what reading or writing it refuses
 */
export async function saveCopy(
  desk: Desk,
  wanted: Parsed<'attachment.saveCopy'>
): Promise<Output<'attachment.saveCopy'>> {
  const { name } = await record<{ name: string }>(desk, 'attachment.nameOf', wanted)
  const staysOpen = sameSession(desk)
  const path = await desk.surroundings.chooseSavePath({
    title: 'Save a copy',
    suggested: offeredName(name),
    name: 'This kind of file',
    extension: endingOf(name)
  })
  if (path === undefined) return { fileName: '' }
  staysOpen()
  return record(desk, 'attachment.saveCopy', { ...wanted, path })
}
