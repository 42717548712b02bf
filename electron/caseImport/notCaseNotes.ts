import type { CaseImportProblem } from '../../shared/caseImport/caseImport.ts'

/** The file cannot come in. `message` says why, in words for the person who chose it; `problems` where, if that is known. */
export class NotCaseNotes extends Error {
  readonly problems: readonly CaseImportProblem[]
  constructor(reason: string, problems: readonly CaseImportProblem[] = []) {
    super(reason)
    this.name = 'NotCaseNotes'
    this.problems = problems
  }
}
