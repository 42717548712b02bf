import type { OtherKind, Outcome } from '../call/call.ts'
import { CHILDRENS_SERVICES, DANGER_ENDING, POLICE } from '../call/danger.ts'
import { naturalId } from '../ids.ts'
import type { NoteKind } from '../note/note.ts'
import type { Setting, SettingKind, SettingValue } from './setting.ts'

/** The month of S0, the oldest document that the values come from. */
const SINCE = '2019-12-01'
const PROCEDURES = 'Hertfordshire child protection procedures 1.4, December 2019'
const COMMISSIONING = 'Families First and Early Help Module guidance'
const REFERENCE = 'Public reference data'
const UNCONFIRMED = 'Provisional: not found in any document'

/** One row with the same id on every computer, so that two that meet hold it once. */
function seed<K extends SettingKind>(
  kind: K,
  key: string,
  value: SettingValue<K>,
  source: string,
  provisional = false
): Setting<K> {
  return {
    id: naturalId(kind, key, SINCE),
    kind,
    key,
    value,
    validFrom: SINCE,
    validTo: '',
    provisional,
    source,
    recordedAt: `${SINCE}T00:00:00.000Z`
  }
}

const hubId = (name: string) => naturalId('local-hub', name)

/** The hub of a family or a call whose district is not known. */
export const COUNTY_HUB_ID = hubId('County')

/** Domain E: three double districts are written down, how the other four districts pair up is inferred. */
const doubleDistricts: { name: string; confirmed: boolean; districts: District[] }[] = [
  {
    name: 'Watford and Three Rivers',
    confirmed: true,
    districts: [
      ['E07000103', 'Watford'],
      ['E07000102', 'Three Rivers']
    ]
  },
  {
    name: 'Stevenage and North Herts',
    confirmed: true,
    districts: [
      ['E07000243', 'Stevenage'],
      ['E07000099', 'North Hertfordshire', 'North Herts']
    ]
  },
  {
    name: 'Welwyn Hatfield and Hertsmere',
    confirmed: true,
    districts: [
      ['E07000241', 'Welwyn Hatfield'],
      ['E07000098', 'Hertsmere']
    ]
  },
  {
    name: 'Broxbourne and East Herts',
    confirmed: false,
    districts: [
      ['E07000095', 'Broxbourne'],
      ['E07000242', 'East Hertfordshire', 'East Herts']
    ]
  },
  {
    name: 'Dacorum and St Albans',
    confirmed: false,
    districts: [
      ['E07000096', 'Dacorum'],
      ['E07000240', 'St Albans']
    ]
  }
]
type District = [onsCode: string, name: string, shortName?: string]

/** Each by where most of it lies. What crosses a border is put right in the form, or here. */
const postcodeAreas: [onsCode: string, areas: string[]][] = [
  ['E07000240', ['AL1', 'AL2', 'AL3', 'AL4', 'AL5']],
  ['E07000241', ['AL6', 'AL7', 'AL8', 'AL9', 'AL10']],
  ['E07000242', ['CM21', 'CM23', 'SG9', 'SG10', 'SG11', 'SG12', 'SG13', 'SG14']],
  ['E07000098', ['EN6', 'WD6', 'WD7', 'WD23']],
  ['E07000095', ['EN7', 'EN8', 'EN10', 'EN11']],
  ['E07000096', ['HP1', 'HP2', 'HP3', 'HP4', 'HP23']],
  ['E07000243', ['SG1', 'SG2']],
  ['E07000099', ['SG3', 'SG4', 'SG5', 'SG6', 'SG7', 'SG8']],
  ['E07000102', ['WD3', 'WD4', 'WD5', 'WD19']],
  ['E07000103', ['WD17', 'WD18', 'WD24', 'WD25']]
]
const POSTCODE_SOURCE = 'Provisional: postcodes cross the borders of districts'

const vacant = { seniorCoordinator: '', coordinator: '' }

const bankHolidays: [date: string, name: string][] = [
  ['2025-01-01', 'New Year’s Day'],
  ['2025-04-18', 'Good Friday'],
  ['2025-04-21', 'Easter Monday'],
  ['2025-05-05', 'Early May bank holiday'],
  ['2025-05-26', 'Spring bank holiday'],
  ['2025-08-25', 'Summer bank holiday'],
  ['2025-12-25', 'Christmas Day'],
  ['2025-12-26', 'Boxing Day'],
  ['2026-01-01', 'New Year’s Day'],
  ['2026-04-03', 'Good Friday'],
  ['2026-04-06', 'Easter Monday'],
  ['2026-05-04', 'Early May bank holiday'],
  ['2026-05-25', 'Spring bank holiday'],
  ['2026-08-31', 'Summer bank holiday'],
  ['2026-12-25', 'Christmas Day'],
  ['2026-12-28', 'Boxing Day (substitute day)'],
  ['2027-01-01', 'New Year’s Day'],
  ['2027-03-26', 'Good Friday'],
  ['2027-03-29', 'Easter Monday'],
  ['2027-05-03', 'Early May bank holiday'],
  ['2027-05-31', 'Spring bank holiday'],
  ['2027-08-30', 'Summer bank holiday'],
  ['2027-12-27', 'Christmas Day (substitute day)'],
  ['2027-12-28', 'Boxing Day (substitute day)'],
  ['2028-01-03', 'New Year’s Day (substitute day)'],
  ['2028-04-14', 'Good Friday'],
  ['2028-04-17', 'Easter Monday'],
  ['2028-05-01', 'Early May bank holiday'],
  ['2028-05-29', 'Spring bank holiday'],
  ['2028-08-28', 'Summer bank holiday'],
  ['2028-12-25', 'Christmas Day'],
  ['2028-12-26', 'Boxing Day']
]

/** R14, S0: whoever is neither a school nor a keyworker with an open assessment goes by these. */
const SIGNPOST =
  'Please read the Continuum of Need and speak to the designated safeguarding lead of your own agency.'
const signposts: Record<OtherKind, string> = {
  'early-years': `The Consultation Hub is for schools and for keyworkers with an open Families First Assessment. ${SIGNPOST}`,
  health: `The Consultation Hub is for schools and for keyworkers with an open Families First Assessment. ${SIGNPOST}`,
  'school-outside-county':
    'The Consultation Hub is for schools in Hertfordshire. Please speak to your designated safeguarding lead, and to the children’s services of the area where the child lives.',
  'keyworker-without-assessment': `The Consultation Hub is for keyworkers with an open Families First Assessment, and this family has none open. ${SIGNPOST}`,
  public:
    'The Consultation Hub gives advice to schools and keyworkers. If you are worried about a child, Children’s Services will listen to you, day and night.',
  other: `The Consultation Hub is for schools and for keyworkers with an open Families First Assessment. ${SIGNPOST}`
}

/** R15, R16, S0, in the words of the call form. */
const outcomes: Record<Outcome, string> = {
  'advice-only': 'Advice only',
  'contact-form': 'Complete the Child Protection Contact Form',
  'urgent-referral': 'Urgent referral by telephone',
  'families-first-assessment': 'Start or continue a Families First Assessment',
  signposted: 'Signposted',
  'turned-away': 'Turned away',
  'call-back': 'Call back promised'
}

/** R10, domain E: names only. The county's own names and numbers are not confirmed, so no number is shown. */
const levels: [key: string, name: string, description: string][] = [
  ['universal', 'Universal', 'Needs met by services that every child has'],
  ['targeted', 'Targeted', 'Additional needs, met by early help'],
  ['intensive', 'Intensive', 'Multiple or complex needs'],
  ['specialist', 'Specialist or statutory', 'Needs a statutory or specialist service']
]

/** What a new computer starts from: the documents' values, every one of them a row that can be changed later. */
export function seedSettings(): Setting[] {
  const longDay = { opens: '09:00', closes: '17:00' }
  const friday = { opens: '09:00', closes: '16:00' }
  return [
    seed(
      'opening-hours',
      'hub',
      {
        monday: longDay,
        tuesday: longDay,
        wednesday: longDay,
        thursday: longDay,
        friday,
        saturday: null,
        sunday: null
      },
      PROCEDURES
    ),
    ...bankHolidays.map(([date, name]) =>
      seed('closed-day', date, { name, bankHoliday: true }, 'gov.uk bank holidays')
    ),
    seed('hub-callers', 'hub', { callers: ['school', 'keyworker'], others: [] }, PROCEDURES),
    seed('line', 'consultation-hub', { name: 'Consultation Hub', anyone: false }, PROCEDURES),
    seed('line', 'advice-line', { name: 'Advice line', anyone: true }, UNCONFIRMED, true),
    seed('line', 'coordinator', { name: 'Coordinator', anyone: true }, UNCONFIRMED, true),
    ...seedNumbers(),
    ...Object.entries(signposts).map(([kind, text]) =>
      seed('signpost', kind, { text: `${text} ${DANGER_ENDING}` }, `${PROCEDURES}; the words are ours`)
    ),
    ...levels.map(([key, name, description], order) =>
      seed('level-of-need', key, { name, description, order }, `${REFERENCE}: names not confirmed`, true)
    ),
    ...Object.entries(outcomes).map(([key, name], order) =>
      seed('outcome', key, { name, order }, PROCEDURES)
    ),
    ...doubleDistricts.flatMap((pair) => seedDoubleDistrict(pair)),
    seed(
      'local-hub',
      COUNTY_HUB_ID,
      { name: 'County', ...vacant },
      'Takes what belongs to no known district'
    ),
    seed(
      'follow-up',
      'hub',
      { earlierCallsDays: 90, twoConcernsDays: 14, callBackWorkingDays: 1, referralWorkingDays: 10 },
      'Product decision; a call-back within one working day is from the 2016 procedures',
      true
    ),
    ...postcodeAreas.flatMap(([district, areas]) =>
      areas.map((area) => seed('postcode-area', area, { district }, POSTCODE_SOURCE, true))
    ),
    seed('agreement', 'hub', { reviewDays: 42 }, UNCONFIRMED, true),
    seed(
      'assessment',
      'hub',
      { finaliseDays: 21, firstMeetingDays: 42, reviewDays: 42, recordWorkingDays: 3, copyWorkingDays: 5 },
      'Hertfordshire: before you start a Families First Assessment (3 weeks to finalise); timescales for completing one',
      true
    ),
    ...noteTemplates.map(([key, name, noteKind, text]) =>
      seed('note-template', key, { name, noteKind, text }, 'Product decision')
    ),
    ...neighbours.map(([key, name]) =>
      seed('neighbour', key, { name, phone: '', contact: '' }, `${REFERENCE}; no number is known`, true)
    ),
    seed('caseload', 'hub', { fullTimeFamilies: 12 }, UNCONFIRMED, true),
    seed(
      'triage',
      'hub',
      {
        triageWorkingDays: 2,
        allocationWorkingDays: 5,
        acceptanceWorkingDays: 2,
        senderWorkingDays: 5,
        noteDays: 14
      },
      UNCONFIRMED,
      true
    ),
    ...triageLetters.map(([key, name, subject, text]) =>
      seed('triage-letter', key, { name, subject, text }, 'Product decision')
    ),
    ...letterTemplates.map(([key, name, subject, text]) =>
      seed('letter-template', key, { name, subject, text }, 'Product decision')
    ),
    seed('locking', 'desk', { idleMinutes: 10, callMinutes: 30 }, 'Product decision'),
    seed('screen', 'desk', { hideFromRecordings: true }, 'Product decision')
  ]
}

/** What a worker is asked for of each kind of contact; the child's voice has a field of its own. */
const noteTemplates: [key: string, name: string, kind: NoteKind, text: string][] = [
  [
    'home-visit',
    'Home visit',
    'visit',
    'Why I visited:\nWho I saw, and who I did not see:\nWhat I saw of the home:\nWhat was said:\nWhat we agreed, by whom and by when:'
  ],
  ['phone-call', 'Phone call', 'call', 'Who called whom, and why:\nWhat was said:\nWhat we agreed:'],
  ['professionals-meeting', 'Meeting', 'meeting', 'Purpose:\nWhat was said:\nWhat was decided:'],
  ['e-mail', 'E-mail', 'e-mail', 'From and to:\nWhat it said:\nWhat I did about it:'],
  [
    'decision',
    'Decision',
    'decision',
    'What was decided:\nWhy, and what else was considered:\nWhat the family thinks:\nWhat happens next:'
  ],
  [
    'supervision',
    'Supervision',
    'management-oversight',
    'What I looked at:\nWhat goes well:\nWhat worries me:\nWhat I ask for, by whom and by when:'
  ]
]

/** R39, domain E: who borders on the county. */
const neighbours: [key: string, name: string][] = [
  ['barnet', 'London Borough of Barnet'],
  ['buckinghamshire', 'Buckinghamshire'],
  ['cambridgeshire', 'Cambridgeshire'],
  ['central-bedfordshire', 'Central Bedfordshire'],
  ['enfield', 'London Borough of Enfield'],
  ['essex', 'Essex'],
  ['harrow', 'London Borough of Harrow'],
  ['hillingdon', 'London Borough of Hillingdon'],
  ['luton', 'Luton']
]

/** Letters to families, in plain words. */
const letterTemplates: [key: string, name: string, subject: string, text: string][] = [
  [
    'new-keyworker',
    'Your new keyworker',
    'Your family has a new keyworker',
    `Dear {{to}}

Your family has a new keyworker from {{changeoverDate}}.

Until then your keyworker is {{keyworker}}. From {{changeoverDate}} it is {{newKeyworker}} of {{newKeyworkerAgency}}. You can call them on {{newKeyworkerPhone}}.

The plan that we made together goes on. {{newKeyworker}} would like to meet you at the next meeting of the team.

If you are not happy with this, or would like to talk about it first, please tell {{keyworker}} on {{keyworkerPhone}}. You can say no to what we share with {{newKeyworker}}, and you can stop at any time.

{{sender}}
Families First, {{hub}}`
  ],
  [
    'keyworker-away',
    'Your keyworker is away',
    'Somebody else helps you while your keyworker is away',
    `Dear {{to}}

{{keyworker}} is away from {{coverFrom}} to {{coverTo}}.

In that time {{newKeyworker}} of {{newKeyworkerAgency}} is there for you. You can call them on {{newKeyworkerPhone}}. After that {{keyworker}} is back.

The plan that we made together goes on. If something in it cannot wait, please tell {{newKeyworker}}.

{{sender}}
Families First, {{hub}}`
  ],
  [
    'appointment',
    'A meeting of your team',
    'The next meeting of the team around your family',
    `Dear {{to}}

We would like to meet you and everybody who helps your family, to talk about how things are going and what comes next.

The meeting is on {{meetingDate}} at {{meetingTime}}. It is here: {{meetingPlace}}

Please tell {{keyworker}} on {{keyworkerPhone}} whether the day suits you, whom you would like to bring, and what would make it easier for you to come.

{{sender}}
Families First, {{hub}}`
  ],
  [
    'closure',
    'Our work with your family ends',
    'Your Families First Assessment has closed',
    `Dear {{to}}

Our work with your family has come to its end. The assessment {{reference}} closed on {{closedDate}}.

Why it closed: {{closedWhy}}

Thank you for working with us. If you have a question about this, please call {{keyworker}} on {{keyworkerPhone}}. If you would like help again, please tell any worker or school that you trust.

{{sender}}
Families First, {{hub}}`
  ]
]

/** Letters of triage; a family's is in plain words (R48 to R50, C7). */
const triageLetters: [key: string, name: string, subject: string, text: string][] = [
  [
    'return',
    'Step-down sent back',
    'Step-down {{reference}}: more is needed before triage',
    `Dear {{worker}}

Thank you for the step-down {{reference}} that we received from {{sendingTeam}} on {{receivedDate}}. We cannot triage it yet. Please send us:

{{missing}}

{{reason}}

Please answer by {{replyBy}}. Until then the family stays with {{sendingTeam}}. If there is an immediate concern for a child, do not wait for us: call Children’s Services on {{childrensServices}}.

{{sender}}
Families First triage`
  ],
  [
    'decision-sender',
    'Decision, to the social worker',
    'Step-down {{reference}}: our decision',
    `Dear {{worker}}

We have considered the step-down {{reference}} that we received from {{sendingTeam}} on {{receivedDate}}.

Level of need: {{level}}. {{rationale}}

Decision: {{route}}. {{routeReason}}

What happens next: {{next}}

If anything in this is not right, or if something has changed for the children, please tell us. If there is an immediate concern for a child, call Children’s Services on {{childrensServices}}.

{{sender}}
Families First triage`
  ],
  [
    'decision-family',
    'Decision, to the family',
    'What happens next for your family',
    `Dear {{to}}

Your social worker asked us to think about what help your family needs now that their work has ended.

{{next}}

If you would like to talk about this, or if you think that we have got something wrong, please call us on {{helpdesk}}.

{{sender}}
Families First`
  ]
]

function seedNumbers(): Setting[] {
  const number = (key: string, value: SettingValue<'contact-number'>, source: string) =>
    seed('contact-number', key, value, source)
  return [
    number('police', { name: 'Police', number: POLICE, note: 'A child may be in danger now' }, COMMISSIONING),
    number(
      'childrens-services',
      {
        name: 'Children’s Services',
        number: CHILDRENS_SERVICES,
        note: 'Day and night, including out of hours'
      },
      'S1 and S2, against S3: two documents and two public pages agree'
    ),
    number(
      'child-abuse-investigation-unit',
      { name: 'Child Abuse Investigation Unit', number: '101', note: 'Ask for the unit by its name' },
      COMMISSIONING
    ),
    number(
      'consultation-hub',
      {
        name: 'Consultation Hub',
        number: '01438 737511',
        note: 'Schools, and keyworkers with an open Families First Assessment'
      },
      PROCEDURES
    ),
    number(
      'helpdesk',
      { name: 'Families First Helpdesk', number: '01438 737575', note: 'Is there an assessment already?' },
      COMMISSIONING
    ),
    seed(
      'contact-number',
      'early-help-advice-line',
      { name: 'Early Help Advice Line for Professionals', number: '', note: 'The number is not known yet' },
      'S1 names the line and gives no number',
      true
    )
  ]
}

/** R41, R56, S2: a local hub covers a double district. */
function seedDoubleDistrict(pair: (typeof doubleDistricts)[number]): Setting[] {
  const source = pair.confirmed
    ? `${REFERENCE}: verified pair`
    : 'Provisional: the pair is inferred (domain E)'
  return [
    seed('local-hub', hubId(pair.name), { name: pair.name, ...vacant }, source, !pair.confirmed),
    ...pair.districts.map(([onsCode, name, shortName = '']) =>
      seed(
        'district',
        onsCode,
        { name, shortName, hubId: hubId(pair.name) },
        pair.confirmed ? REFERENCE : `${REFERENCE}; its hub is inferred`,
        !pair.confirmed
      )
    )
  ]
}
