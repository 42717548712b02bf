import { nextTick, ref } from 'vue'
import { useRules } from '../desk/useRules.ts'
import { useCommand } from './commands.ts'

/**
 * Prints a list of which the screen has read the beginning, also by Ctrl+P: the paper holds all that it finds.
 *
 * @param readOn reads it to its end; false where that did not come about
 */
export function usePrintWhole(readOn: () => Promise<boolean>) {
  const rules = useRules()
  const printing = ref(false)
  const printedAt = ref('')

  async function print() {
    if (printing.value) return
    printing.value = true
    const isWhole = await readOn()
    printing.value = false
    // a list that stops somewhere for no reason would be taken for the whole
    if (!isWhole) return
    printedAt.value = rules.now()
    await nextTick()
    window.print()
  }
  useCommand({ id: 'print', label: 'Print this page', shortcut: 'Ctrl+P', run: () => void print() })

  return { printing, printedAt, print }
}
