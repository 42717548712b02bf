import { LAST_DAY } from '../shared/keyworker/spans.ts'
import { standingAgreement } from './agreements.ts'
import { episodesAstray, isOpenEpisode } from './episodes.ts'
import { familiesAstray, twoOpenEpisodes } from './families.ts'
import { isGone, isSinceReopened, isUntrained, keyworkersAstray } from './keyworkers.ts'
import { loopsAstray } from './search.ts'
import { stepDownsAstray } from './stepDowns.ts'
import { agendaOfStepUp, isOpenStepUp, stateOfStepUp } from './stepUps.ts'

/** Of a call entered in error nothing waits (L23). */
const counted = (
  callId: string
) => `NOT coalesce((SELECT in_error FROM call_error e WHERE e.call_id = ${callId}
  ORDER BY e.created_at DESC, e.id DESC LIMIT 1), 0)`

/** Tables whose rows are of one assessment: they name its family as well, and by that is asked who may open them. */
const ofAssessments = [
  'episode_keyworker',
  'keyworker_end',
  'transfer',
  'transfer_step',
  'transfer_notes',
  'cover_part',
  'letter',
  'advice',
  'episode_closure',
  'episode_reopening',
  'closure_part',
  'episode_step',
  'episode_level',
  'rule_override',
  'episode_date',
  'assessment',
  'assessment_entry',
  'plan_outcome',
  'plan_action',
  'plan_change',
  'plan_progress',
  'plan_score',
  'team_member',
  'meeting',
  'meeting_invitation',
  'meeting_record',
  'meeting_attendance',
  'meeting_copy',
  'case_note',
  'step_up',
  'step_up_event'
]

/**
 * What is always true of the record, as queries that must return no row. The operations hold these rules inside
 * their transactions; this restates them once, and is run after migrations, imports, restores and every property
 * test (decisions 3).
 */
export const invariants: Record<string, string> = {
  'L3: no draft is left of a filed call':
    'SELECT call_id FROM call_draft WHERE call_id IN (SELECT id FROM call)',
  'R13: a school’s call names a school':
    "SELECT id FROM call WHERE caller_kind = 'school' AND school_id = '' AND gate <> 'turned-away'",
  'R13: a school that called is in the directory':
    "SELECT id FROM call WHERE school_id <> '' AND school_id NOT IN (SELECT school_id FROM school)",
  'R14: a caller turned away was read a signpost':
    "SELECT id FROM call WHERE gate = 'turned-away' AND signpost = ''",
  'R11: a call records the profession of its adviser': "SELECT id FROM call WHERE adviser_profession = ''",
  'R10: a level of need discussed with a caller has its reason':
    "SELECT id FROM call WHERE gate <> 'turned-away' AND level <> '' AND level_why = ''",
  'L22: every action has an owner': "SELECT id FROM call_action WHERE owner_id = ''",
  'R15: a call that was let through has its caller and concern':
    "SELECT id FROM call WHERE gate <> 'turned-away' AND (concern = '' OR caller_name = '')",
  'Every filed call can be found': 'SELECT id FROM call WHERE id NOT IN (SELECT call_id FROM call_search)',
  'L30: what is open is what the record says is open': loopsAstray,
  'L21: a flag has one person': "SELECT id FROM call_flag WHERE owner_id = ''",
  'L3: no draft is left of a form that was filed':
    'SELECT id FROM form_draft WHERE id IN (SELECT id FROM family UNION SELECT id FROM agreement UNION SELECT id FROM assessment_check UNION SELECT id FROM assessment UNION SELECT id FROM case_note UNION SELECT id FROM meeting_record UNION SELECT id FROM episode_closure UNION SELECT id FROM sharing UNION SELECT id FROM transfer UNION SELECT id FROM cover UNION SELECT id FROM reassignment UNION SELECT id FROM letter UNION SELECT id FROM advice UNION SELECT id FROM step_down_version UNION SELECT id FROM step_down_return UNION SELECT id FROM step_down_decision UNION SELECT id FROM step_down_letter UNION SELECT id FROM step_up UNION SELECT id FROM impact_meeting_record UNION SELECT id FROM case_export UNION SELECT id FROM subject_request)',
  'L18: a subject access request is about somebody, and somebody prepares the answer':
    "SELECT id FROM subject_request WHERE owner_id = '' OR person_id NOT IN (SELECT id FROM person) UNION ALL SELECT id FROM subject_request_event WHERE event = 'assign' AND to_id = ''",
  'C14: an answer that was saved is of a request': `SELECT id FROM case_export
     WHERE scope = 'subject-access' AND subject_id NOT IN (SELECT id FROM subject_request)`,
  'Everything of families can be found': familiesAstray,
  'How an assessment stands is what the record says': episodesAstray,
  'How a step-down stands is what the record says': stepDownsAstray,
  'Every case note can be found': `SELECT id FROM case_note
     WHERE adds_to = '' AND id NOT IN (SELECT note_id FROM note_search)`,
  'R54: a case note that the family may not see says why': `SELECT id FROM case_note
     WHERE adds_to = '' AND NOT family_may_see AND restricted_why = ''`,
  'L25: what is recorded of an assessment is of its family': ofAssessments
    .map(
      (table) =>
        `SELECT r.id FROM ${table} r JOIN episode e ON e.id = r.episode_id WHERE r.family_id <> e.family_id`
    )
    .join(' UNION ALL '),
  'R54: what is added to a note is of its assessment': `SELECT a.id FROM case_note a JOIN case_note n ON n.id = a.adds_to
     WHERE a.adds_to > '' AND (n.episode_id <> a.episode_id OR n.adds_to <> '')`,
  'What was brought in came with an import of its family': `SELECT o.id FROM imported_origin o
     JOIN case_note n ON n.id = o.id LEFT JOIN case_import m ON m.id = o.import_id WHERE m.family_id IS NOT n.family_id
     UNION ALL SELECT i.id FROM imported_item i LEFT JOIN case_import m ON m.id = i.import_id
     WHERE m.family_id IS NOT i.family_id`,
  'L25: a file is of the family of what it is put on': `SELECT f.id FROM attachment f JOIN case_note n ON n.id = f.attached_id
     WHERE f.attached_to = 'note' AND n.family_id <> f.family_id
     UNION ALL SELECT f.id FROM attachment f JOIN agreement g ON g.id = f.attached_id
     WHERE f.attached_to = 'agreement' AND g.family_id <> f.family_id`,
  'R32: a plan that was agreed has somebody who does something for it': `SELECT s.id FROM episode_step s
     WHERE s.step = 'agree-plan' AND NOT EXISTS (SELECT 1 FROM plan_action a WHERE a.episode_id = s.episode_id)`,
  'L29: a meeting that was recorded is not waited for':
    "SELECT id FROM episode_date WHERE ending = '' AND id IN (SELECT meeting_id FROM meeting_record)",
  'R34: who came to a meeting, and who was given a copy, is told of one that was recorded': `SELECT meeting_id FROM (
     SELECT meeting_id FROM meeting_copy UNION SELECT meeting_id FROM meeting_attendance)
     WHERE meeting_id NOT IN (SELECT meeting_id FROM meeting_record)`,
  'R20: at most one assessment of a family is open': twoOpenEpisodes,
  'C12: a rule that was overridden has its reason': "SELECT id FROM rule_override WHERE reason = ''",
  'Who is the keyworker is what the record says': keyworkersAstray,
  'L19, R33: an open assessment has one keyworker from its first one on': `SELECT s.span_id FROM keyworker_span s
     WHERE s.from_day > s.to_day OR (s.to_day < '${LAST_DAY}' AND NOT EXISTS (
       SELECT 1 FROM keyworker_span n WHERE n.span_id = s.episode_id || ' ' || date(s.to_day, '+1 day')))
     UNION ALL SELECT a.span_id FROM keyworker_span a JOIN keyworker_span b ON b.episode_id = a.episode_id
       AND b.span_id > a.span_id AND b.from_day <= a.to_day`,
  'R23: nobody holds a family before they are trained and registered': `SELECT s.span_id FROM keyworker_span s
     JOIN practitioner p ON p.id = s.practitioner_id
     JOIN episode_now n ON n.episode_id = s.episode_id AND n.closed_on = ''
     WHERE ${isUntrained} AND ${isSinceReopened}`,
  'Whoever left holds no open assessment': `SELECT s.span_id FROM keyworker_span s
     JOIN practitioner p ON p.id = s.practitioner_id
     JOIN episode_now n ON n.episode_id = s.episode_id AND n.closed_on = ''
     WHERE ${isGone} AND ${isSinceReopened}`,
  'C9: nobody is booked away twice on one day': `SELECT a.id FROM absence a JOIN absence b
     ON b.practitioner_id = a.practitioner_id AND b.id > a.id AND b.from_day <= a.to_day AND b.to_day >= a.from_day
     WHERE a.cancelled_why = '' AND b.cancelled_why = '' AND a.deleted_at IS NULL AND b.deleted_at IS NULL`,
  'L29: no transfer waits in an assessment that has ended': `SELECT t.id FROM transfer t
     WHERE NOT (${isOpenEpisode('t.episode_id')}) AND NOT EXISTS (
       SELECT 1 FROM transfer_step s WHERE s.transfer_id = t.id AND s.step IN ('accept', 'hand-over', 'cancel'))`,
  'C9: a cover has its part, and a part its cover': `SELECT r.id FROM episode_keyworker r
     WHERE r.kind = 'cover' AND r.id NOT IN (SELECT row_id FROM cover_part)
     UNION ALL SELECT id FROM cover_part WHERE row_id <> '' AND row_id NOT IN (SELECT id FROM episode_keyworker)`,
  'R41: an answer has its question': `SELECT a.id FROM advice a WHERE a.answers_id > '' AND NOT EXISTS (
     SELECT 1 FROM advice q WHERE q.id = a.answers_id AND q.answers_id = '' AND q.family_id = a.family_id)`,
  'C8: whoever is asked to take a family was proposed, and a proposal is of a decision': `SELECT step_down_id FROM step_down_now
     WHERE state = 'allocated' AND practitioner_id = ''
     UNION ALL SELECT a.id FROM step_down_allocation a WHERE NOT EXISTS (
       SELECT 1 FROM step_down_decision d WHERE d.id = a.decision_id AND d.step_down_id = a.step_down_id)`,
  'C8: somebody above what they can hold was chosen for a reason':
    "SELECT id FROM step_down_allocation WHERE load_after > max(100, load_before) AND over_reason = ''",
  'C8: a step-down that was accepted has its assessment, with whoever accepted it': `SELECT n.step_down_id
     FROM step_down_now n WHERE n.ending = 'accepted' AND NOT EXISTS (SELECT 1 FROM step_down_event x
       JOIN episode e ON e.id = x.to_id AND e.family_id = n.family_id
       JOIN episode_keyworker k ON k.episode_id = e.id AND k.practitioner_id = n.practitioner_id
       WHERE x.step_down_id = n.step_down_id AND x.event = 'accept')`,
  'A letter has no field left in it':
    "SELECT id FROM letter WHERE subject LIKE '%{{%}}%' OR body LIKE '%{{%}}%' UNION ALL SELECT id FROM step_down_letter WHERE subject LIKE '%{{%}}%' OR body LIKE '%{{%}}%'",
  'R48: a letter of triage tells of a return or a decision of its step-down': `SELECT l.id FROM step_down_letter l
     WHERE NOT EXISTS (SELECT 1 FROM step_down_decision d WHERE d.id = l.about_id AND d.step_down_id = l.step_down_id)
       AND NOT EXISTS (SELECT 1 FROM step_down_return r WHERE r.id = l.about_id AND r.step_down_id = l.step_down_id)`,
  'R40: who was not told of a cover before has the reason':
    "SELECT id FROM cover_part WHERE told_on = '' AND not_told_why = ''",
  'L29: nothing is planned in an assessment that has ended': `SELECT d.id FROM episode_date d
     WHERE d.ending = '' AND NOT (${isOpenEpisode('d.episode_id')})`,
  'L29: nothing of the plan is to be done in an assessment that has ended': `SELECT a.id FROM plan_action a
     WHERE a.ended_on = '' AND a.deleted_at IS NULL AND NOT (${isOpenEpisode('a.episode_id')})
     UNION ALL SELECT o.id FROM plan_outcome o
     WHERE o.ending = '' AND o.deleted_at IS NULL AND NOT (${isOpenEpisode('o.episode_id')})`,
  'R35: whoever closed an assessment has said whether it could be transferred': `SELECT id FROM episode_closure
     WHERE kind = 'closed' AND step_out_advice <> '' AND (could_transfer = '' OR transfer_note = '')`,
  'R45: a step-up lists the work that goes on, or says why none does': `SELECT c.id FROM episode_closure c
     WHERE c.kind = 'stepped-up' AND c.note = ''
       AND NOT EXISTS (SELECT 1 FROM closure_part p WHERE p.closure_id = c.id AND p.kind = 'goes-on')`,
  'R45: no assessment has ended while a step-up was without feedback, but by a withdrawal of agreement': `SELECT s.id FROM step_up s
     WHERE ${isOpenStepUp('s.id')} AND ${stateOfStepUp('s.id')} <> 'without-agreement'
       AND NOT (${isOpenEpisode('s.episode_id')})`,
  'C10: an assessment has one step-up without feedback at most': `SELECT s.episode_id FROM step_up s
     WHERE ${isOpenStepUp('s.id')} GROUP BY s.episode_id HAVING count(*) > 1`,
  'C10: a step-up that is on an agenda is on that of a meeting to come': `SELECT s.id FROM step_up s
     WHERE ${stateOfStepUp('s.id')} = 'planned' AND NOT EXISTS (SELECT 1 FROM impact_meeting m
       WHERE m.id = ${agendaOfStepUp('s.id')} AND m.ending = '' AND m.deleted_at IS NULL)`,
  'R43: a step-up answers the six questions': `SELECT id FROM step_up
     WHERE '' IN (unmet_needs, tried, within_resources, impact, evidence, advice)`,
  'R42: a meeting that was held has its record':
    "SELECT id FROM impact_meeting WHERE (ending = 'held') <> (id IN (SELECT meeting_id FROM impact_meeting_record))",
  'R28: an assessment that was closed by a withdrawal has its three reasons': `SELECT c.id FROM episode_closure c
     JOIN agreement a ON a.id = c.agreement_id
     WHERE c.closure_reason = '' OR c.withdrawal_reason = '' OR a.denied_note = ''`,
  'R29: where a withdrawal closed an assessment, advice was sought and the family was told where to turn':
    "SELECT id FROM episode_closure WHERE agreement_id <> '' AND NOT (advice_sought AND signposted)",
  'R24: an assessment that is open has agreement to take part': `SELECT e.id FROM episode e
     WHERE ${isOpenEpisode('e.id')}
       AND NOT EXISTS (SELECT 1 FROM agreement a WHERE a.id = ${standingAgreement('e.family_id')}
         AND a.decision = 'given' AND a.take_part)`,
  'Domain 0.4: what was shared without agreement has its reason':
    "SELECT id FROM sharing WHERE NOT is_agreed AND (ground = '' OR reason = '')",
  'L29: what was planned and ended says when':
    "SELECT id FROM episode_date WHERE (ending = '') <> (ended_at = '')",
  'L15: nobody is merged into two people at once': `SELECT m.merged_id FROM person_merge m
     WHERE NOT EXISTS (SELECT 1 FROM person_unmerge u WHERE u.merge_id = m.id) GROUP BY m.merged_id HAVING count(*) > 1`,
  'R19: nothing was disclosed before it was sure who was calling': `SELECT d.id FROM check_disclosure d
     WHERE NOT EXISTS (SELECT 1 FROM check_try t WHERE t.check_id = d.check_id AND t.result = 'passed' AND t.created_at <= d.created_at)`,
  'R19: the record answers nobody before it is sure who is calling': `SELECT a.id FROM check_answer a
     WHERE NOT EXISTS (SELECT 1 FROM check_try t WHERE t.check_id = a.check_id AND t.result = 'passed' AND t.created_at <= a.created_at)`,
  'C3: nothing is disclosed but a plain answer': `SELECT d.id FROM check_disclosure d
     WHERE NOT EXISTS (SELECT 1 FROM check_answer a WHERE a.check_id = d.check_id AND a.answer <> 'unclear' AND a.created_at <= d.created_at)`,
  'R19: a call back has the number that was dialled':
    "SELECT id FROM check_try WHERE (method = 'call-back') <> (number <> '')",
  'R19: another way than calling back has its reason':
    "SELECT id FROM check_try WHERE method <> 'call-back' AND reason = ''",
  'L11: a family that came in from a file is in the record, with its people': `SELECT id FROM imported_family
     WHERE id NOT IN (SELECT id FROM family) OR id NOT IN (SELECT family_id FROM family_member)`,
  'Every known school can be found':
    'SELECT id FROM school WHERE id NOT IN (SELECT version_id FROM school_search)',
  'L18: someone can always let people in': `SELECT 1 FROM account WHERE NOT EXISTS (
       SELECT 1 FROM account a JOIN account_role r ON r.account_id = a.id
       WHERE a.status = 'active' AND r.role = 'administrator' AND r.deleted_at IS NULL) LIMIT 1`,
  // a promise may open again for someone who has gone, when rows of another desk arrive: "Nobody owns it" lists it then
  'A closed account holds no open work': `SELECT a.id FROM account a WHERE a.status = 'closed' AND (
       EXISTS (SELECT 1 FROM call_action x WHERE x.owner_id = a.id AND x.done_at = '' AND x.deleted_at IS NULL
         AND ${counted('x.call_id')}) OR
       EXISTS (SELECT 1 FROM call_flag f WHERE f.owner_id = a.id AND f.answered_at = '' AND f.deleted_at IS NULL
         AND ${counted('f.call_id')}) OR
       EXISTS (SELECT 1 FROM plan_action p WHERE p.owner = 'account' AND p.owner_id = a.id AND p.ended_on = '' AND p.deleted_at IS NULL) OR
       EXISTS (SELECT 1 FROM impact_meeting m WHERE m.chair_id = a.id AND m.ending = '' AND m.deleted_at IS NULL) OR
       EXISTS (SELECT 1 FROM step_down_now n WHERE n.owner_id = a.id AND n.is_open) OR
      EXISTS (SELECT 1 FROM form_draft d WHERE d.owner_id = a.id AND d.set_aside_at = '') OR
       EXISTS (SELECT 1 FROM call_draft d WHERE d.owner_id = a.id AND d.set_aside_at = ''))`,
  'The audit trail has no gap': `SELECT device_id FROM audit GROUP BY device_id HAVING count(*) <> max(sequence) OR min(sequence) <> 1`
}

interface Queries {
  prepare(sql: string): { all(): unknown[] }
}

/** Names of the rules that do not hold. */
export function brokenInvariants(connection: Queries): string[] {
  return Object.entries(invariants)
    .filter(([, sql]) => connection.prepare(sql).all().length > 0)
    .map(([name]) => name)
}
