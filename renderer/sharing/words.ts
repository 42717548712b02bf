export * from '../../shared/words/sharing.ts'
