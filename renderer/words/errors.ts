import type { AppError, FieldError, RefusalReason } from '../../shared/errors.ts'

const refusals: Record<RefusalReason, string> = {
  'already-set-up': 'This computer is set up already. Unlock it instead.',
  'agreement-not-reviewed':
    'Agreement has not been reviewed since the transfer was asked for. Record the review first: the notes do not open without it.',
  'assessment-closed': 'This assessment has closed. It can be read, and changed only once it is reopened.',
  'attachment-busy': 'Another file is being added or saved. Wait until it has finished, or cancel it.',
  'attachment-changed':
    'The file was changed while it was read. Save it in the other program, then add it again.',
  'attachment-damaged':
    'This file was damaged or belongs to another record, so it is not given out. Tell whoever looks after this computer.',
  'attachment-disk-full': 'The disk is full, so the file was not added. Free some space, then add it again.',
  'attachment-empty': 'This file is empty. Choose another one.',
  'attachment-macros':
    'This file has macros, which can harm a computer. Save it without macros or as a PDF, then add that.',
  'attachment-missing':
    'This file is not on this computer any more. Tell whoever looks after it: a backup may have it.',
  'attachment-name':
    'The name of this file ends like another kind of file than it is. Rename it to what it is, then add it again.',
  'attachment-not-read':
    'The file could not be read. It may have been moved, or be open in another program. Choose it again.',
  'attachment-not-stored': 'The file could not be added. Nothing of it was kept. Add it again.',
  'attachment-too-large': 'This file is larger than 25 MB. Make it smaller or split it, then add it again.',
  'attachment-type':
    'This kind of file cannot be added. Choose a PDF, a JPEG, PNG or HEIC picture, a Word or Excel document without macros, or plain text.',
  'answer-not-agreed':
    'Nobody has agreed to this answer as it is decided now. Somebody who decided nothing of it reviews it first.',
  'answer-tells-withheld':
    'The answer still tells an address or phone number that is withheld. Look for it in the items, black it out, and have it reviewed again.',
  'another-assessment-open': 'This family has another assessment open. That one has to be closed first.',
  'call-already-filed': 'This call is filed already. Add an addendum to correct it.',
  'call-in-error': 'This call was entered in error, so there is no advice receipt of it.',
  'clashing-id': 'Something else is recorded under this number. Start again from the list.',
  'desk-code-fixed': 'The desk code cannot change: calls have been filed with it.',
  'export-running': 'Another export is running. Wait until it has finished, or cancel it.',
  'families-hidden':
    'Some of the families are not open to you. Ask a triage manager who may open them all to do this.',
  'family-restricted': 'This family is restricted. Enter why you need to open it.',
  'file-disk-full': 'The disk is full. Free some space or choose another place, and save again.',
  'file-folder-gone': 'The folder is not there any more. Choose another place, and save again.',
  'file-in-use':
    'That file is open in another program. Close it there or choose another name, and save again.',
  'file-not-allowed': 'You may not save in that folder. Choose another place, and save again.',
  'file-not-written': 'The file could not be written. Choose another place, and save again.',
  'form-already-filed': 'This form is filed already.',
  'identity-not-proved':
    'Nobody has recorded yet how whoever asks proved who they are. Record that first: the answer goes to nobody else.',
  'import-gone': 'This import has ended. Choose the file again.',
  'import-running': 'Another import is running. Wait until it has finished.',
  'items-undecided': 'Not everything is decided yet, or something has changed since. Decide it first.',
  'keyworker-gone':
    'Whoever would have the family then has left, or is not trained and registered. Put that right in the directory first, or wait for the changeover and transfer the family to somebody else.',
  'keyworker-not-registered':
    'The keyworker, or whoever is to be it, has left or is no longer trained and registered. Put that right in the directory first, or start a new assessment with another keyworker.',
  'keyworker-named': 'This assessment has a keyworker already. Read it again to see who it is.',
  'letter-withheld':
    'This letter tells an address or a number that is withheld now, so it is not shown or printed again.',
  'last-administrator': 'This is the last administrator. Make someone else an administrator first.',
  'meeting-cancelled': 'This meeting was cancelled while you were typing. What you typed is still here.',
  'merge-too-old':
    'These records were merged more than 30 days ago, so it cannot be undone. Correct what is wrong instead.',
  'migration-failed':
    'The record could not be brought up to date. Nothing in it has changed. Tell whoever looks after this computer.',
  'name-taken': 'Someone at this desk has this name already. Add a middle name or an initial.',
  'network-folder': 'The record is in a folder on another computer. It must be on this one.',
  'newer-file': 'The record was opened by a newer version of the desk. Install that version.',
  'no-agreement': 'No agreement stands, so there is nothing to withdraw. Look at the family again.',
  'no-main-number':
    'The directory has no main number to call back on. Add it from an independent source first.',
  'no-space': 'The disk is too full to copy the record before it is brought up to date. Free some space.',
  'not-a-csv':
    'This file cannot be read as a list of schools. Choose the CSV file from the Department for Education.',
  'not-a-family-list': 'This file cannot be read as a list of families.',
  'not-a-step-down-list': 'This file cannot be read as a list of step-downs.',
  'not-encrypted': 'The record on this computer is not encrypted, so the desk will not open it.',
  'not-printed': 'The page could not be prepared. Save it again.',
  'not-taking-part':
    'The family has not agreed to take part, or no longer does. Record their agreement first.',
  'not-your-draft': 'This belongs to someone else.',
  'open-work': 'This person still has open work. Hand it on first.',
  'person-stopped': 'This person’s access has been stopped.',
  'plan-without-action':
    'The plan has no outcome with an action yet. Add them in the part “Plan”, then record that it was agreed.',
  'proposal-not-possible':
    'Whoever was proposed can no longer take the family from that day on. Propose somebody again.',
  'recovery-key-wrong': 'That name and recovery key do not match.',
  'reviewer-redacted':
    'You decided some of it yourself. Somebody else reviews what goes out and what does not.',
  'setting-in-the-past': 'A change cannot start in the past. Choose today or a later day.',
  'setting-still-used': 'This is still in use. End what uses it first.',
  'step-down-without-family':
    'Nobody has said yet which family this step-down is of. Match it to a family of the record, or register the family, then accept.',
  'step-not-possible': 'This step is recorded already, or another one comes before it. Read it again.',
  'step-up-not-confirmed':
    'A step-up was accepted. First confirm with the allocated social worker what continues, or say why nobody is in doubt: on “Ending” of the assessment.',
  'step-up-waits':
    'A step-up of this assessment was requested and no feedback is recorded yet. Until then the work goes on: nothing is closed, ended or dropped.',
  'stepped-up':
    'This assessment was stepped up, and that is an end. When the family comes back, start a new assessment.',
  'transfer-not-ready':
    'Before somebody is proposed, tell the family, plan or hold a review of the team and, out of the county, speak to the other authority.',
  'transfer-waits': 'A transfer of this assessment waits already. Go on with it, or take it back first.',
  'wrong-key': 'This key does not open the record on this computer.'
}

/** "4 seconds", "2 minutes": how long is left, never less than is true. */
export function waitWords(milliseconds: number): string {
  const seconds = Math.max(1, Math.ceil(milliseconds / 1000))
  const [count, unit] = seconds > 90 ? [Math.ceil(seconds / 60), 'minute'] : [seconds, 'second']
  return `${String(count)} ${unit}${count === 1 ? '' : 's'}`
}

/** What happened and what to do now, in plain English. */
export function errorWords(error: AppError): string {
  switch (error.code) {
    case 'invalid':
      return error.fields.map(({ message }) => message).join('. ')
    case 'not-allowed':
      return 'Your role does not let you do this.'
    case 'locked':
      return 'The desk is locked. Unlock it and try again.'
    case 'not-found':
      return 'This is not here any more.'
    case 'changed-since':
      return 'Someone changed this while you had it open. Look at it again before you change it.'
    case 'wrong-passphrase':
      return 'That name and passphrase do not match.'
    case 'wait':
      return `Too many wrong attempts. Wait ${waitWords(error.waitMs)}.`
    case 'refused':
      return refusals[error.reason]
    case 'fault':
      return `Something went wrong.${error.reference ? ` Reference ${error.reference}.` : ''} Nothing you typed is lost.`
  }
}

/** What is wrong with a form that was refused: each beside its field, and what is of no field in the summary alone (path ''). */
export const fieldErrors = (error: AppError): readonly FieldError[] =>
  error.code === 'invalid' ? error.fields : [{ path: '', message: errorWords(error) }]
