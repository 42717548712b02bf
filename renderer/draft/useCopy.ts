import { ref } from 'vue'

/** Copies what was typed, so that it can be kept elsewhere when it cannot be saved (L5). */
export function useCopy() {
  const copied = ref('')

  async function copy(text: string): Promise<void> {
    copied.value = (await copyText(text)) ? 'Copied. Paste it somewhere safe.' : 'This could not be copied.'
  }

  return { copied, copy }
}

/** The clipboard's own interface needs a permission, and the desk grants none: the copy command is answered instead. */
async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    return copyByCommand(text)
  }
}

function copyByCommand(text: string): boolean {
  let done = false
  const answer = (event: ClipboardEvent) => {
    event.clipboardData?.setData('text/plain', text)
    event.preventDefault()
    event.stopImmediatePropagation()
    done = true
  }
  document.addEventListener('copy', answer, { capture: true, once: true })
  try {
    document.execCommand('copy')
  } catch {
    done = false
  }
  document.removeEventListener('copy', answer, { capture: true })
  return done
}
