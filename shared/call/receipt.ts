import type { CivilDate, Instant } from '../ids.ts'
import { TEXT_WITHHELD } from '../family/tellsWithheld.ts'
import type { Rules } from '../setting/inForce.ts'
import { showDate, showDateTime } from '../time/london.ts'
import { addendumFieldLabels, professionLabels } from '../words/labels.ts'
import type { FiledCall } from './call.ts'
import { CHILDRENS_SERVICES, POLICE } from './danger.ts'

export interface Section {
  heading: string
  text: string
}

/** C6: what a caller is given of their own call, in the words that they read. Empty parts are left out. */
export interface Receipt {
  reference: string
  /** To whom, about whom and when: a label and what stands beside it, one line for each. */
  facts: { label: string; lines: string[] }[]
  sections: Section[]
  actions: { what: string; who: string; byWhen: string }[]
  addenda: (Section & { by: string })[]
  numbers: { name: string; number: string; note: string }[]
  /** Who made this copy and when. */
  printed: string
}

export interface Printing {
  /** In force when the call took place: they name its outcome and its line. */
  rulesThen: Rules
  /** In force today: whom to ring from now on. */
  rulesNow: Rules
  printedBy: string
  printedAt: Instant
}

/**
 * The receipt of one call (C6). Nothing of earlier or linked calls is in it, nothing of what became of the call, and
 * nothing that is the desk's own: attempts, flags, whether the school is to be checked.
 */
export function receiptOf(call: FiledCall, { rulesThen, rulesNow, printedBy, printedAt }: Printing): Receipt {
  return {
    reference: call.reference,
    facts: [
      {
        label: 'To',
        lines: [listed(call.callerName, call.callerRole), listed(call.schoolName, call.schoolTown)]
      },
      { label: 'Date of the call', lines: [showDateTime(call.tookPlaceAt)] },
      { label: 'Line', lines: [rulesThen.lines[call.line].name] },
      { label: 'Adviser', lines: [listed(call.adviserName, professionOf(call))] },
      { label: 'About', lines: call.children.map(childWords) },
      { label: 'Outcome', lines: [outcomeOf(call, rulesThen)] }
    ]
      .map(({ label, lines }) => ({ label, lines: lines.filter((line) => line !== '') }))
      .filter(({ lines }) => lines.length > 0),
    sections: given([
      { heading: 'What was described', text: call.concern },
      { heading: 'Level of need discussed', text: call.levelName },
      { heading: 'Why this level', text: call.levelWhy },
      { heading: 'Advice given', text: call.advice },
      { heading: 'Read out to the caller', text: call.signpost },
      { heading: 'Where the caller disagreed', text: call.disagreement }
    ]),
    actions: call.actions.map(({ what, who, byWhen }) => ({
      what,
      who,
      byWhen: byWhen === '' ? '' : showDate(byWhen)
    })),
    addenda: call.addenda.map(({ field, text, byName, at }) => ({
      heading: addendumFieldLabels[field],
      text,
      by: listed(byName, showDateTime(at))
    })),
    numbers: numbersToRing(rulesNow),
    printed: `Printed by ${printedBy} on ${showDateTime(printedAt)}`
  }
}

/** The receipt with `TEXT_WITHHELD` in the place of whatever tells an address or number that is withheld from somebody. */
export function withoutWithheld(receipt: Receipt, tells: (text: string) => boolean): Receipt {
  const told = (text: string) => (tells(text) ? TEXT_WITHHELD : text)
  return {
    ...receipt,
    facts: receipt.facts.map((fact) => ({ ...fact, lines: fact.lines.map(told) })),
    sections: receipt.sections.map((section) => ({ ...section, text: told(section.text) })),
    actions: receipt.actions.map((action) => ({ ...action, what: told(action.what), who: told(action.who) })),
    addenda: receipt.addenda.map((addendum) => ({ ...addendum, text: told(addendum.text) }))
  }
}

const given = (sections: Section[]): Section[] => sections.filter(({ text }) => text.trim() !== '')
const listed = (...parts: string[]): string => parts.filter((part) => part !== '').join(', ')

/** "Other" says nothing to a caller. */
const professionOf = ({ adviserProfession }: FiledCall): string =>
  Object.entries(professionLabels).find(([key]) => key === adviserProfession && key !== 'other')?.[1] ?? ''

const outcomeOf = ({ outcome }: FiledCall, { outcomes }: Rules): string =>
  outcomes.find(({ key }) => key === outcome)?.name ?? outcome

/** Enough to know a child by; addresses and pupil numbers stay in the record. */
function childWords({ name, birthDate, ageYears, relation }: FiledCall['children'][number]): string {
  return listed(
    name === '' ? 'A child who was not named' : name,
    bornWords(birthDate),
    ageWords(ageYears),
    relation
  )
}

const bornWords = (birthDate: CivilDate): string => (birthDate === '' ? '' : `born ${showDate(birthDate)}`)
const ageWords = (years: number | null): string =>
  years === null ? '' : `${String(years)} ${years === 1 ? 'year' : 'years'} old`

/** R8, S2: the numbers that are always read out, as the settings of today have them. */
function numbersToRing({ numbers }: Rules): Receipt['numbers'] {
  const services = numbers['childrens-services']
  const police = numbers['police']
  return [
    {
      name: 'Children’s Services',
      number: services?.number ?? CHILDRENS_SERVICES,
      note: 'If you think a child may be at risk, day and night'
    },
    { name: 'Police', number: police?.number ?? POLICE, note: 'If a child may be in danger now' }
  ]
}
