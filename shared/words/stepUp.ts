import type { ChronologyBodies } from '../family/chronology.ts'
import type { ImpactMeetingRow } from '../stepUp/record.ts'
import type { NextOfStepUp } from '../stepUp/state.ts'
import type { StepUpOutcome, StepUpQuestion, StepUpState } from '../stepUp/stepUp.ts'

/** R43, S3: the six questions, as the submission asks them. */
export const questionLabels: Record<StepUpQuestion, string> = {
  unmetNeeds: 'Which needs are not met?',
  tried: 'What has been tried?',
  withinResources: 'What more can be done with the resources that there are?',
  impact: 'What is the impact on the children?',
  evidence: 'What is the evidence?',
  advice: 'Which advice is needed?'
}

export const stepUpStateLabels: Record<StepUpState, string> = {
  submitted: 'Waits for a meeting',
  planned: 'On an agenda',
  'needs-information': 'More information asked for',
  'without-agreement': 'Agreement was withdrawn',
  accepted: 'Accepted by statutory services',
  'not-accepted': 'Not accepted, with direction',
  withdrawn: 'Withdrawn',
  referred: 'Referred without agreement'
}

export const stepUpOutcomeLabels: Record<StepUpOutcome, string> = {
  accept: 'Accepted by statutory services',
  'not-accept': 'Not accepted, with direction',
  'more-information': 'More information is needed',
  'take-off': 'Not reached: it waits for another meeting'
}

/** What is next, as its owner is told. */
export const nextLabels: Record<NextOfStepUp['act'], string> = {
  'plan-meeting': 'Put it on the agenda of a meeting',
  'record-outcome': 'Hold the meeting and record the outcome',
  inform: 'Answer what the meeting asked for',
  'decide-without-agreement': 'Record that it is withdrawn, or referred without agreement',
  confirm: 'Confirm with the allocated social worker what continues',
  'end-assessment': 'Step up the assessment'
}

/** Whose a request is where no one person has it. */
export const TRIAGE = 'The triage managers'

export const meetingStandings: Record<ImpactMeetingRow['ending'], string> = {
  '': 'To come',
  held: 'Held',
  cancelled: 'Cancelled'
}

/** R45, where something is not offered because of it. */
export const STEP_UP_WAITS =
  'A step-up was requested and no feedback is recorded yet. Do not stop working until then: the assessment cannot be closed, no outcome ended and no action dropped.'

/** One entry of the chronology about a step-up. */
export function stepUpSaid(body: ChronologyBodies['step-up']): { what: string; details: string[] } {
  if (body.of === 'request')
    return {
      what: `Step-up requested as ${body.reference}`,
      details: [
        `${questionLabels.unmetNeeds} ${body.unmetNeeds}`,
        body.oldNotesReason && `Why the case notes were not up to date: ${body.oldNotesReason}`
      ]
    }
  return { what: eventSaid(body), details: [body.words] }
}

type Event = Extract<ChronologyBodies['step-up'], { of: 'event' }>

/** What happened to a request, as a sentence. */
export function eventSaid({ event, who }: Pick<Event, 'event' | 'who'>): string {
  switch (event) {
    case 'plan':
      return 'Step-up put on the agenda of an Action and Impact Meeting'
    case 'take-off':
      return 'Step-up taken off the agenda of an Action and Impact Meeting'
    case 'more-information':
      return 'Step-up: the Action and Impact Meeting asked for more information'
    case 'inform':
      return 'Step-up: what was asked for was answered'
    case 'accept':
      return `Step-up accepted by statutory services: ${who}`
    case 'not-accept':
      return 'Step-up not accepted, with direction'
    case 'agreement-withdrawn':
      return 'Step-up: agreement was withdrawn. Its chair decides what becomes of it'
    case 'withdraw':
      return 'Step-up withdrawn'
    case 'refer':
      return `Referred without agreement: ${who} has it now`
    case 'confirm':
      return who === ''
        ? 'What continues after the step-up: nobody is in doubt'
        : `What continues after the step-up was confirmed with ${who}`
  }
}
