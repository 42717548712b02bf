import type { EpisodePerson } from '../episode/episode.ts'

/** What somebody of a family is called; a baby that is not born yet has no name. */
export const nameOfPerson = ({ name, role }: Pick<EpisodePerson, 'name' | 'role'>): string =>
  name || (role === 'unborn' ? 'Unborn child' : 'Not named')
