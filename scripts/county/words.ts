import type { Chance } from './chance.ts'

/** What is said in a call, put together out of sentences: long enough and varied enough to be searched. */
const opening = [
  '{child} came in this morning tearful and would not take off a coat.',
  'The class teacher noticed a change in {child} over the last fortnight.',
  '{child} told a teaching assistant that there had been shouting at night and that the police came.',
  'A lunchtime supervisor heard {child} say that there was no food in the house.',
  'Another parent rang the office and said that {child} had been seen out alone after dark.',
  '{child} has a bruise on the upper arm. The account of how it happened changed during the day.',
  'Staff are worried about what {child} wrote in a story about home.',
  'The family moved here in the summer and {child} has hardly spoken since.',
  'Mum rang the school herself and said that she is finding it hard to cope.',
  'Grandmother collects {child} most days and has told the office that she is worn out.',
  '{child} fell asleep in two lessons and said that the baby cries all night.',
  'The school nurse saw {child} on Tuesday about weight and tooth pain.',
  '{child} disclosed to a friend that an older cousin frightens them.',
  'Dad was released last week and {child} is anxious about who will be at the gate.',
  'Housing have served notice and the family may be in a hotel by the weekend.'
]
const detail = [
  'There are two younger brothers at the infant school and a baby at home.',
  'An older sister left care last year and is staying on the sofa.',
  'The family have had support before, and it was closed when things were better.',
  'Mum has said that she would welcome help with routines and with bedtimes.',
  'Dad does not live at the address and is said to visit at weekends.',
  'A neighbour has twice complained about noise.',
  'English is an additional language at home and an uncle interpreted.',
  'There is a diagnosis of autism and the plan was reviewed in the spring.',
  'The GP has referred to the mental health service and there is a waiting list.',
  'Nobody answered the door at the home visit on {day}.',
  'The uniform is often unwashed and the shoes are too small.',
  'A sibling was on a child protection plan in another county.',
  'Money is short since the shifts at the warehouse were cut.',
  'There was a fall on the stairs in {month} that was seen at the hospital.',
  'Online messages from somebody much older were found on the tablet.',
  'The headteacher spoke to both parents and they disagreed about what happened.',
  'A food parcel went home with them on {day}.',
  'Cannabis was smelt at the door when the tutor called.'
]
const attendance = [
  'Attendance has fallen to {number} per cent since {month}.',
  'Attendance was good until {month} and is now {number} per cent.'
]
const advice = [
  'Talk with the family and record what they say in their own words.',
  'Complete the contact form today and send it with the body map.',
  'Start an assessment with the parents’ agreement and invite the school nurse.',
  'Keep a dated log of what is seen and who saw it.',
  'Ring back if anything more is said before the end of the day.',
  'Speak to the designated lead about a plan in school and review it in two weeks.',
  'Ask the parents what would help and tell them about the family centre.',
  'Consider the Continuum of Need together with the class teacher.',
  'Do not ask leading questions. Write down the words that were used.',
  'Invite the health visitor and the housing officer to the first meeting.'
]
const levelWhys = [
  'More than one need, and help so far has not been enough.',
  'Needs in school and at home that one service cannot meet.',
  'The parents ask for help and have few people to turn to.',
  'What was seen and what was said do not fit together.',
  'Needs are met in school with a little more attention.'
]
const disagreements = [
  'The caller thought that a referral was needed today.',
  'The caller would rather wait until after the meeting with the parents.',
  'The caller did not agree that the parents should be told first.'
]
const things = [
  'Ring the school to hear what happened',
  'Send the link to the contact form',
  'Ask the helpdesk whether there is an assessment already',
  'Tell the coordinator of the local hub',
  'Send the leaflet about the family centre',
  'Look up the earlier call and tell the lead',
  'Talk with the parents',
  'Send the form'
]
const notes = [
  '',
  'Spoke to the office.',
  'Will try again after lunch.',
  'Voicemail only.',
  'She was glad of the call.'
]
const addenda = [
  'The caller rang again with the correct spelling of the name.',
  'The date of birth is as on the school’s register.',
  'The school has since spoken to the parents, who agree.',
  'The caller’s direct number is the same as the office.'
]
const reasons = [
  'The parents did not agree and the threshold was not met',
  'The school is doing an assessment instead',
  'The family has moved out of the county'
]
const weekdaySaid = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday']
const monthSaid = ['September', 'October', 'January', 'February', 'March', 'May', 'June']

/** What the concern is, two to seven sentences; three in ten speak of attendance. */
export function concernAbout(chance: Chance, child: string): string {
  const sentences = [chance.pick(opening)]
  for (let more = chance.between(1, 5); more > 0; more -= 1) sentences.push(chance.pick(detail))
  if (chance.yes(0.3)) sentences.push(chance.pick(attendance))
  return said(chance, sentences.join(' '), child)
}

export function adviceGiven(chance: Chance): string {
  return Array.from({ length: chance.between(1, 4) }, () => chance.pick(advice)).join(' ')
}

const said = (chance: Chance, text: string, child: string): string =>
  text
    .replaceAll('{child}', child)
    .replaceAll('{day}', () => chance.pick(weekdaySaid))
    .replaceAll('{month}', () => chance.pick(monthSaid))
    .replaceAll('{number}', () => String(chance.between(41, 89)))

export const whyThisLevel = (chance: Chance): string => chance.pick(levelWhys)
export const disagreement = (chance: Chance): string => chance.pick(disagreements)
export const somethingToDo = (chance: Chance): string => chance.pick(things)
export const noteOf = (chance: Chance): string => chance.pick(notes)
export const addendumText = (chance: Chance): string => chance.pick(addenda)
export const whyNotReferred = (chance: Chance): string => chance.pick(reasons)
