export * from '../../shared/words/assessment.ts'
