import type { WhoToAsk } from '../../shared/advice/whoToAsk.ts'

const hubWords = (hubName: string): string => hubName || 'this local hub'

/** R41: whom to ask, or that nobody is named yet and whose that is. */
export function whoWords({ hubName, name, post }: WhoToAsk): string {
  const hub = hubWords(hubName)
  if (name === '')
    return `The Senior Coordinator of ${hub} is not named yet: ask an administrator to name one in Settings.`
  if (post === 'Senior Coordinator') return `Ask ${name}, Senior Coordinator of ${hub}.`
  return `Ask ${name}, Coordinator of ${hub}. Its Senior Coordinator is not named yet: ask an administrator.`
}
