/** As the Department for Education writes them, so that one that was imported is found among them. */
export const typeGroups = [
  'Academies',
  "Children's Centres",
  'Colleges',
  'Free Schools',
  'Independent schools',
  'Local authority maintained schools',
  'Online provider',
  'Special schools',
  'Universities',
  'Other types'
]

export const counted = (count: number): string => count.toLocaleString('en-GB')

/** "1 school", "1,500 schools" */
export const some = (count: number, one: string, many = `${one}s`): string =>
  `${counted(count)} ${count === 1 ? one : many}`
