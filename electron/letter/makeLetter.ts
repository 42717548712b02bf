import { eq } from 'drizzle-orm'
import type { Tx } from '../../db/open.ts'
import { letter, setting } from '../../db/schema/index.ts'
import type { Actor } from '../../shared/access/roles.ts'
import { invalid, notFound, refuse } from '../../shared/errors.ts'
import { membersOn } from '../../shared/family/members.ts'
import type { Output, Parsed } from '../../shared/ipc/contract.ts'
import { problemsWithLetter } from '../../shared/letter/problems.ts'
import { inForce } from '../../shared/setting/inForce.ts'
import { londonDate } from '../../shared/time/london.ts'
import { endDraft } from '../draft/endDraft.ts'
import { knownFamily, tellsWithheldOf } from '../family/peopleOf.ts'
import { mustOpen } from '../family/readableFamily.ts'
import { writtenBy } from '../family/written.ts'
import { alreadyDone, type AlreadyDone } from '../ipc/operation.ts'
import { settingsInRecord } from '../setting/listSettings.ts'
import { addressOf } from './fillLetter.ts'
import { readTold } from './readTold.ts'

type Draft = Parsed<'letter.make'>
type Made = Output<'letter.make'>

/**
 * A letter to a family as it was typed; refused while a field is left in it. The address is the record's of today and never
 * the page's, and stands in no letter while it is withheld. The form's draft goes in the same act (L3); the same again
 * answers with the first result (L6).
 *
 * @throws Refusal not-found, family-restricted, invalid (by field), clashing-id, not-your-draft
 */
export async function makeLetter(tx: Tx, draft: Draft, actor: Actor): Promise<Made | AlreadyDone<Made>> {
  const { hubId } = await mustOpen(tx, draft.familyId, actor)
  const [before] = await tx
    .select({ row: letter, template: setting.key })
    .from(letter)
    .leftJoin(setting, eq(setting.id, letter.templateId))
    .where(eq(letter.id, draft.id))
  if (before) {
    if (before.row.createdBy !== actor.id || !isMade(draft, before)) refuse('clashing-id')
    return alreadyDone({ id: draft.id })
  }
  await endDraft(tx, draft.id, actor)

  const today = londonDate(actor.now)
  const family = knownFamily(tx, draft.familyId)
  const templates = inForce(await settingsInRecord(tx), 'letter-template', today)
  const problems = problemsWithLetter(draft, {
    templates: templates.map(({ key }) => key),
    people: membersOn(family.members, today).here.map(({ keptId }) => keptId)
  })
  const { address, isWithheld } = addressOf(family, draft.toPersonId, today)
  if (draft.withAddress && address === '') {
    const message = isWithheld
      ? 'Where they live is withheld. Hand the letter over.'
      : 'No address of theirs is known'
    problems.push({ path: 'withAddress', message })
  }
  // it could not be read again: who typed it is told while the words still stand there
  const tells = tellsWithheldOf(family)
  const telling = (['toName', 'subject', 'body'] as const).filter((path) => tells(draft[path]))
  const message = 'This tells an address or a phone number that is withheld. Take it out'
  problems.push(...telling.map((path) => ({ path, message })))
  if (problems.length > 0) invalid(...problems)

  const template = templates.find(({ key }) => key === draft.template) ?? notFound()
  await readTold(tx, draft, today)
  await tx.insert(letter).values({
    ...writtenBy(actor, hubId),
    ...typed(draft),
    id: draft.id,
    templateId: template.id,
    templateName: template.value.name,
    onDay: today,
    address: draft.withAddress ? address : ''
  })
  return { id: draft.id }
}

/** What of a form is kept as it was typed. */
const typed = ({ familyId, episodeId, aboutId, toPersonId, toName, subject, body }: Draft) => ({
  ...{ familyId, episodeId, aboutId, toPersonId },
  toName: toName.trim(),
  subject: subject.trim(),
  body: body.trim()
})

/** Is this form the letter that was made, word for word (L6)? */
function isMade(
  draft: Draft,
  { row, template }: { row: typeof letter.$inferSelect; template: string | null }
) {
  const again = typed(draft)
  return (
    template === draft.template &&
    (row.address !== '') === draft.withAddress &&
    (Object.keys(again) as (keyof typeof again)[]).every((key) => row[key] === again[key])
  )
}
