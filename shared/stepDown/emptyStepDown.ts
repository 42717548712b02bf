import type { Id } from '../ids.ts'
import { writeDate } from '../time/civilDate.ts'
import type { StepDownVersion } from './record.ts'
import type { ReturnDraft, StepDownDraft, StepDownPerson } from './stepDown.ts'

export const emptyStepDownPerson = (id: Id, role: StepDownPerson['role'] = ''): StepDownPerson => ({
  ...{ id, role },
  name: '',
  birth: '',
  expected: '',
  sex: '',
  upn: '',
  school: '',
  schoolId: '',
  relation: '',
  phone: '',
  needs: ''
})

/** "Receive a step-down" with room for a first child: nothing of it is stored before the first keystroke (L4). */
export const emptyStepDown = (
  ids: Pick<StepDownDraft, 'id' | 'stepDownId'> & { personId: Id }
): StepDownDraft => ({
  ...{ id: ids.id, stepDownId: ids.stepDownId, basedOn: '' },
  ...{ receivedOn: '', receivedAt: '' },
  source: '',
  sendingTeam: '',
  ...{ workerName: '', workerPhone: '', workerEmail: '', workerAddress: '' },
  workCompletedOn: '',
  people: [emptyStepDownPerson(ids.personId, 'child')],
  ...{ address: '', district: '' },
  areas: '',
  tried: '',
  ...{ agreement: '', agreedById: '', agreedBy: '', agreedRelation: '', agreedOn: '', agreedScope: '' },
  ...{ hadPrevious: '', previousReference: '', previousKeyworker: '' },
  lastPlan: '',
  ...{ risk: '', risks: '', requestedLevel: '' },
  note: ''
})

/** "Send back to the sender" of a version. */
export const emptyReturn = (ids: Pick<ReturnDraft, 'id' | 'stepDownId' | 'versionId'>): ReturnDraft => ({
  ...ids,
  missing: [],
  words: '',
  subject: '',
  body: ''
})

/** What the sender told last, to be added to: every field as it stands there, days as they are typed. */
export const answerTo = (
  version: StepDownVersion,
  ids: Pick<StepDownDraft, 'id' | 'stepDownId'>
): StepDownDraft => {
  const { missing: _missing, recordedAt: _recordedAt, byName: _byName, ...told } = version
  return {
    ...told,
    ...ids,
    basedOn: version.id,
    ...{ receivedOn: '', receivedAt: '' },
    workCompletedOn: writeDate(version.workCompletedOn),
    agreedOn: writeDate(version.agreedOn),
    people: version.people.map((person) => ({
      ...person,
      birth: writeDate(person.birth),
      expected: writeDate(person.expected)
    }))
  }
}
