export { passphraseErrors } from '../../shared/account/passphraseErrors.ts'
