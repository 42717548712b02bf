export * from '../../shared/words/facts.ts'
