import { useRoute, useRouter } from 'vue-router'
import { newId, type Id } from '../../shared/ids.ts'
import { useCommand } from '../session/commands.ts'
import { useMay } from '../session/useMay.ts'

export const ASK_ADVICE_KEY = 'F10'

/** Of which family, and of which assessment; '' of none. */
interface AskedAbout {
  familyId: Id
  episodeId: Id
}

/** Where a new question about a family is written. */
export const askAdvicePath = ({ familyId, episodeId }: AskedAbout): string =>
  `/families/${familyId}/advice/${newId()}${episodeId && `?episode=${episodeId}`}`

/** R41: "Ask for advice" from the page of a family and of an assessment, by its key. */
export function useAskAdvice(about: () => AskedAbout) {
  const route = useRoute()
  const router = useRouter()
  const may = useMay()
  useCommand({
    id: 'ask-for-advice',
    label: 'Ask for advice (stuck)',
    shortcut: ASK_ADVICE_KEY,
    // whoever types a question already has pressed a wrong key
    when: () => may('advice.record') && !route.path.includes('/advice/'),
    run: () => void router.push(askAdvicePath(about()))
  })
}
