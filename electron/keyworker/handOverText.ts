import type { EpisodeRecord } from '../../shared/episode/episode.ts'
import { factOn, factsOn, type FactKind } from '../../shared/family/fact.ts'
import type { CivilDate } from '../../shared/ids.ts'
import { heldBackOf, notesHeldBack, type HeldBack } from '../../shared/keyworker/handOver.ts'
import { teamOn } from '../../shared/meeting/team.ts'
import type { NoteRow } from '../../shared/note/note.ts'
import { readPhone } from '../../shared/person/phone.ts'
import type { PlanAction, PlanOutcome } from '../../shared/plan/plan.ts'
import { isOverdue, openActions, progressNow } from '../../shared/plan/standing.ts'
import { isOpen } from '../../shared/stepUp/state.ts'
import { ageOn, showDate, showDateTime } from '../../shared/time/london.ts'
import { byWords, decidedWords, scopeLines } from '../../shared/words/agreement.ts'
import { valueWords, type Names } from '../../shared/words/facts.ts'
import { heldBackLabels } from '../../shared/words/handOver.ts'
import {
  episodeStateLabels,
  factKindLabels,
  memberRoleLabels,
  noteKindLabels
} from '../../shared/words/labels.ts'
import { nameOfPerson } from '../../shared/words/person.ts'
import { progressLabels } from '../../shared/words/plan.ts'
import { dueLabels } from '../../shared/words/steps.ts'
import { stepUpStateLabels } from '../../shared/words/stepUp.ts'
import { transferStateLabels, transferWords } from '../../shared/words/transfer.ts'
import { cell, heading, line, mark, marked, type Block, type Line } from '../export/blocks.ts'
import type { FamilyToHandOver, HandOver } from './gatherHandOver.ts'

/** What a hand-over is, but for the hash of what it includes, which is known last. */
export interface HandOverSummary {
  reference: string
  exportedAt: string
  byName: string
  /** `Priya Shah, Lantern Trust`, or the name of a team. */
  forWhom: string
  purpose: string
}

/** The first page: whose families, for whom and what for, which they are, and what was left out and why (L26). */
export function handOverCover(
  { keyworker, families }: HandOver,
  summary: HandOverSummary,
  today: CivilDate,
  itemsSha256: string
): Block[] {
  const { reference, exportedAt, byName, forWhom, purpose } = summary
  const facts: [label: string, words: string][] = [
    ['Reference', reference],
    ['Families of', `${keyworker.name}, ${keyworker.employerName}`],
    ['Held on', showDate(today)],
    ['For', forWhom],
    ['Purpose', purpose],
    ['Families', String(families.length)],
    ['Exported', `${showDateTime(exportedAt)}, by ${byName}`]
  ]
  return [
    heading(1, 'Hand-over of families'),
    { is: 'table', of: 'facts', head: [], rows: facts.map((row) => row.map(cell)) },
    heading(2, 'The families'),
    {
      is: 'table',
      of: 'entries',
      head: ['Assessment', 'Children', 'Level of need', 'Next day'],
      rows: families.map((each) =>
        [each.held.reference, each.held.childNames, levelOf(each.episode), nextDay(each, today)].map(cell)
      )
    },
    heading(2, 'What was left out, and why'),
    list([...leftOut(families), 'Families that are not open to whoever made this are not in it.']),
    heading(3, 'How to check this hand-over'),
    line(`SHA-256 of what is included, as canonical JSON: ${itemsSha256}`, 'hash')
  ]
}

const levelOf = ({ levels }: EpisodeRecord): string => levels[0]?.levelName ?? 'Not set'

/** The first day that something of the assessment is due, planned or to be done; '' for none. */
function nextDay({ episode, held, family, outcomes, meetings }: FamilyToHandOver, today: CivilDate): string {
  const planned = family.episodes.find(({ id }) => id === held.episodeId)?.planned ?? []
  const days = [
    ...episode.due.filter(({ doneOn }) => doneOn === '').map(({ dueOn }) => dueOn),
    ...planned.filter(({ ending }) => ending === '').map(({ dueOn }) => dueOn),
    ...meetings.filter(({ ending, on }) => ending === '' && on >= today).map(({ on }) => on),
    ...outcomes.flatMap(openActions).map(({ dueOn }) => dueOn)
  ]
  const [first] = days.sort()
  return first === undefined ? 'None' : `${showDate(first)}${first < today ? ', overdue' : ''}`
}

function leftOut(families: readonly FamilyToHandOver[]): string[] {
  const sum = (why: keyof HeldBack) => families.reduce((all, { heldBack }) => all + (heldBack[why] ?? 0), 0)
  return notesHeldBack
    .filter((why) => sum(why) > 0)
    .map((why) => `Case notes: ${String(sum(why))}. ${heldBackLabels[why]}.`)
}

/** Everything that whoever takes a family has to know today. A section that is empty is printed too. */
export function familyText(each: FamilyToHandOver, today: CivilDate): Block[] {
  const { held, family } = each
  const said = sayer(each)
  return [
    heading(2, `${held.reference}: ${held.childNames || 'no child named'}`),
    line(`Family ${family.reference}, ${held.hubName}. ${heldWords(held)}`, 'by'),
    ...section('Warnings for visits', warnings(each, today), said),
    ...people(each, today),
    ...section('How they are reached', reached(each, today), said),
    ...section('Agreement', agreement(each), said),
    ...section('Where the assessment stands', standing(each, today), said),
    ...section('Team Around the Family', team(each, today), said),
    ...plan(each, today, said),
    ...section('What waits', waits(each, today), said),
    ...notes(each)
  ]
}

type Said = (text: string) => string

/** What tells an address or a number that is withheld is not said, whoever wrote it where. */
const sayer =
  ({ tells }: FamilyToHandOver): Said =>
  (text) =>
    tells(text) ? 'Left out: it tells an address or phone number that is withheld.' : text

const list = (lines: readonly string[]): Block => ({
  is: 'list',
  lines: lines.map((text) => [{ text }])
})

const section = (title: string, lines: readonly string[], said: Said): Block[] => [
  heading(3, title),
  lines.length === 0 ? line('There is none.') : list(lines.map(said))
]

const heldWords = ({ from, to, isCover, coveredName }: FamilyToHandOver['held']): string =>
  [
    isCover ? `Held by standing in${coveredName && ` for ${coveredName}`}` : 'Held',
    ` since ${showDate(from)}`,
    to && `, until ${showDate(to)}`,
    '.'
  ].join('')

const namesIn = ({ episode: { people: known, hubName } }: FamilyToHandOver): Names => ({
  person: (id) => {
    const found = known.find(({ personIds, keptId }) => keptId === id || personIds.includes(id))
    return found ? nameOfPerson(found) : 'Not known'
  },
  hub: () => hubName,
  account: () => 'somebody at the desk'
})

/** Of the family and of everybody in it. */
function warnings({ family, episode }: FamilyToHandOver, today: CivilDate): string[] {
  const about = [
    { id: family.id, who: 'The family' },
    ...episode.people
      .filter(({ isHere }) => isHere)
      .map((person) => ({ id: person.keptId, who: nameOfPerson(person) }))
  ]
  return about.flatMap(({ id, who }) =>
    factsOn(family.facts, id, 'warning', today).map(
      ({ value }) => `${who}: ${value.text} (to be looked at again on ${showDate(value.reviewOn)})`
    )
  )
}

function people({ family: { facts }, episode }: FamilyToHandOver, today: CivilDate): Block[] {
  const here = episode.people.filter(({ isHere }) => isHere)
  const born = (id: string): string => {
    const date = factOn(facts, id, 'birth', today)?.value.date
    const expected = factOn(facts, id, 'expected-birth', today)?.value.date
    if (date !== undefined) return `${String(ageOn(date, today))}, born ${showDate(date)}`
    return expected === undefined ? 'Not known' : `Expected on ${showDate(expected)}`
  }
  const schools = (id: string) => factsOn(facts, id, 'school', today).map(({ value }) => value.name)
  return [
    heading(3, 'Children, and who is at home'),
    here.length === 0
      ? line('There is none.')
      : {
          is: 'table',
          of: 'people',
          head: ['Name', 'In the family', 'Age', 'School'],
          rows: here.map((person) =>
            [
              nameOfPerson(person),
              memberRoleLabels[person.role],
              born(person.keptId),
              schools(person.keptId).join(', ')
            ].map(cell)
          )
        }
  ]
}

/** Addresses, numbers and languages, but for what is withheld. */
function reached(each: FamilyToHandOver, today: CivilDate): string[] {
  const { family, episode } = each
  const kinds = ['address', 'phone', 'language'] as const satisfies FactKind[]
  return episode.people
    .filter(({ isHere }) => isHere)
    .flatMap((person) =>
      kinds.flatMap((kind) =>
        factsOn(family.facts, person.keptId, kind, today).map(({ id, value }) => {
          const isWithheld = family.facts.some((fact) => fact.id === id && fact.withheld)
          const words = isWithheld ? 'withheld, and left out' : valueWords(kind, value, namesIn(each))
          return `${nameOfPerson(person)}, ${factKindLabels[kind].toLowerCase()}: ${words}`
        })
      )
    )
}

function agreement(each: FamilyToHandOver): string[] {
  const { agreement: now, agencies } = each
  if (!now) return ['Nobody has asked the family yet']
  const by = byWords(now, namesIn(each).person)
  return [
    `${decidedWords(now)} on ${showDate(now.decidedOn)}${by && `, by ${by}`}`,
    ...scopeLines(now, (id) => agencies.get(id) ?? 'an agency that is not in the directory any more'),
    ...(now.reviewOn === '' ? [] : [`To be reviewed on ${showDate(now.reviewOn)}`]),
    ...(now.reason === '' ? [] : [`Why: ${now.reason}`])
  ]
}

function standing({ episode }: FamilyToHandOver, today: CivilDate): string[] {
  const [level] = episode.levels
  return [
    `Registered on ${showDate(episode.registeredOn)}. How far it is: ${episodeStateLabels[episode.state].toLowerCase()}`,
    level
      ? `Level of need: ${level.levelName}, since ${showDate(level.on)}. ${level.rationale}`
      : 'Level of need: not set',
    `What the family needs: ${episode.needs}`,
    ...episode.due
      .filter(({ doneOn }) => doneOn === '')
      .map(
        ({ rule, dueOn }) =>
          `${dueLabels[rule]}: due on ${showDate(dueOn)}${dueOn < today ? ', overdue' : ''}`
      )
  ]
}

function team({ members }: FamilyToHandOver, today: CivilDate): string[] {
  return teamOn(members, today).here.map(({ name, role, agencyName, phone, email, isKeyworker }) =>
    [
      name || 'Not named',
      isKeyworker ? 'keyworker' : role,
      agencyName,
      phone && readPhone(phone).national,
      email
    ]
      .filter(Boolean)
      .join(', ')
  )
}

function plan({ outcomes, episode }: FamilyToHandOver, today: CivilDate, said: Said): Block[] {
  const open = outcomes.filter(({ ending }) => ending === '')
  const whose = ({ personId }: PlanOutcome) => {
    const person = episode.people.find(({ keptId }) => keptId === personId)
    return person ? ` (for ${nameOfPerson(person)})` : ''
  }
  return [
    heading(3, 'Open outcomes and actions'),
    ...(open.length === 0 ? [line('There is none.')] : []),
    ...open.flatMap((outcome): Block[] => {
      const actions = openActions(outcome)
      return [
        line([mark(`${said(outcome.words)}${whose(outcome)}`)], 'begin'),
        actions.length === 0
          ? line('No action is open.')
          : list(actions.map((action) => said(actionWords(action, today))))
      ]
    })
  ]
}

const actionWords = (action: PlanAction, today: CivilDate): string =>
  `${action.words}. ${action.ownerName}, by ${showDate(action.dueOn)}${isOverdue(action, today) ? ', overdue' : ''}. ${progressLabels[progressNow(action)]}`

/** Meetings to come, planned dates, transfers, the end of a cover and step-ups. */
function waits(each: FamilyToHandOver, today: CivilDate): string[] {
  const { held, family, meetings, transfers, stepUps } = each
  const planned = family.episodes.find(({ id }) => id === held.episodeId)?.planned ?? []
  return [
    ...meetings
      .filter(({ ending, on }) => ending === '' && on >= today)
      .toSorted((a, b) => (a.on < b.on ? -1 : 1))
      .map(({ on, startsAt, place }) =>
        [`Meeting of the team on ${showDate(on)}`, startsAt && `at ${startsAt}`, place]
          .filter(Boolean)
          .join(', ')
      ),
    ...planned
      .filter(({ ending, kind }) => ending === '' && kind !== 'meeting')
      .map(({ kind, dueOn, note }) =>
        [`${kind === 'funding' ? 'Funding request' : 'Transfer'} planned for ${showDate(dueOn)}`, note]
          .filter(Boolean)
          .join('. ')
      ),
    ...transfers
      .filter(({ isWaiting }) => isWaiting)
      .map((transfer) =>
        [
          `Transfer of keyworker: ${transferWords(transfer)}`,
          `${transferStateLabels[transfer.state]}${transfer.toName && `: ${transfer.toName}`}`,
          transfer.changeoverOn && `Changeover on ${showDate(transfer.changeoverOn)}`
        ]
          .filter(Boolean)
          .join('. ')
      ),
    ...(held.isCover && held.to !== '' ? [`Cover ends on ${showDate(held.to)}`] : []),
    ...stepUps
      .filter(({ state }) => isOpen(state))
      .map(
        ({ reference, state, meetingOn }) =>
          `Step-up ${reference}: ${stepUpStateLabels[state].toLowerCase()}${meetingOn && `, meeting on ${showDate(meetingOn)}`}`
      )
  ]
}

/** As much of a note as is told in brief; the record has the rest. */
const BRIEF = 600

function notes(each: FamilyToHandOver): Block[] {
  const { notes: last, heldBack } = each
  const left = heldBackOf(heldBack)
  return [
    heading(3, 'Last case notes'),
    ...(last.length === 0 ? [line('There is none.')] : []),
    ...last.flatMap((note) => noteBrief(note, namesIn(each))),
    ...(left === 0
      ? []
      : [line(`Of the last case notes left out: ${String(left)}. The first page says why.`, 'by')])
  ]
}

function noteBrief(note: NoteRow, names: Names): Block[] {
  const about = note.aboutIds.map((id) => names.person(id)).join(', ')
  const words: Line[] = [
    [{ text: inBrief(note.words) }],
    ...(note.childsVoice === '' ? [] : [marked('The child’s voice', inBrief(note.childsVoice))])
  ]
  return [
    heading(4, `${noteKindLabels[note.kind]}, ${showDateTime(note.happenedAt)}`),
    line(`About ${about}. Recorded by ${note.byName}.`, 'by'),
    ...(note.familyMaySee ? [] : [line([mark(`The family may not see this note. ${note.restrictedWhy}`)])]),
    ...words.map((each) => line(each)),
    ...note.addenda.map(({ words: added }) => line(marked('Added later', inBrief(added))))
  ]
}

const inBrief = (text: string): string =>
  text.length <= BRIEF
    ? text
    : `${text.slice(0, BRIEF).trimEnd()} … (${(text.length - BRIEF).toLocaleString('en-GB')} more characters in the record)`
