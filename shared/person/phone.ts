import { parsePhoneNumberFromString } from 'libphonenumber-js/min'

export interface Phone {
  /** To match by: the same for 01992 555980, (01992) 555-980 and +44 1992 555980. */
  digits: string
  /** To show: as it is dialled from England. */
  national: string
  /** False for what cannot be a number by its length. Only ever a warning: what was read out is kept (L16). */
  possible: boolean
}

/** A phone number as typed; British where no country is given. Invented numbers (07700 900…) count as possible. */
export function readPhone(text: string): Phone {
  const parsed = parsePhoneNumberFromString(text, 'GB')
  if (!parsed) return { digits: text.replace(/\D/g, ''), national: text.trim(), possible: false }

  const isBritish = parsed.countryCallingCode === '44'
  const shown = isBritish ? parsed.formatNational() : parsed.formatInternational()
  const withoutExtension = parsed.ext ? shown.slice(0, shown.lastIndexOf(' ')) : shown
  return {
    digits: withoutExtension.replace(/\D/g, ''),
    national: parsed.ext ? `${withoutExtension} ext ${parsed.ext}` : shown,
    possible: parsed.isPossible()
  }
}
