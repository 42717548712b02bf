export * from '../../shared/time/london.ts'
