import { reactive } from 'vue'

/** What was looked at in the directory, so that coming back from a school finds it again. Locking replaces it. */
export const directoryView = reactive({
  tab: 'schools',
  schools: { text: '', toCheck: false },
  agencies: { text: '' },
  practitioners: { text: '' }
})
