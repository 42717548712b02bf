import { ref } from 'vue'
import type { Id } from '../../shared/ids.ts'

/** What was done on a page before, for the page of the meeting to say. */
export const toldOfMeeting = ref<{ meetingId: Id; words: string }>()
