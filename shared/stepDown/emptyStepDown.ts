import type { Id } from '../ids.ts'
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
