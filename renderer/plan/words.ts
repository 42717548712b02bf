export * from '../../shared/words/plan.ts'
