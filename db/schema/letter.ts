import { index, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { written } from './columns.ts'

/** A letter to a family as it was made. Append-only: another one is another letter. */
export const letter = sqliteTable(
  'letter',
  {
    ...written(),
    familyId: text('family_id').notNull(),
    episodeId: text('episode_id').notNull(),
    /** The transfer or the part of a cover that it tells of; '' of neither. */
    aboutId: text('about_id').notNull(),
    /** The row of the `letter-template` setting that it was made from. */
    templateId: text('template_id').notNull(),
    templateName: text('template_name').notNull(),
    onDay: text('on_day').notNull(),
    /** The person of the family, and how the letter addresses whoever it is to. */
    toPersonId: text('to_person_id').notNull(),
    toName: text('to_name').notNull(),
    /** '' where it is handed over, or the address is withheld. */
    address: text('address').notNull(),
    subject: text('subject').notNull(),
    body: text('body').notNull()
  },
  (t) => [index('letter_family').on(t.familyId), index('letter_episode').on(t.episodeId)]
)

/** R41: stuck, the Senior Coordinator was asked, and what they said. Append-only. */
export const advice = sqliteTable(
  'advice',
  {
    ...written(),
    familyId: text('family_id').notNull(),
    /** '' where no assessment is open. */
    episodeId: text('episode_id').notNull(),
    askedOn: text('asked_on').notNull(),
    /** Who was asked, as they are called on that day. */
    askedWhom: text('asked_whom').notNull(),
    question: text('question').notNull(),
    /** '' until they answer. */
    answer: text('answer').notNull(),
    /** The question that this is the answer to; '' of a question. */
    answersId: text('answers_id').notNull()
  },
  (t) => [index('advice_family').on(t.familyId)]
)
