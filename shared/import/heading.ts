/** The name of a column as it is compared: without capitals, and without the mark that a spreadsheet puts before the first. */
export const plainHeading = (heading: string): string =>
  heading
    .replace(/^\uFEFF/, '')
    .trim()
    .toLowerCase()
