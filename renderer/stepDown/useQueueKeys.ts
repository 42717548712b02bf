import { useEventListener } from '@vueuse/core'
import { nextTick, type Ref } from 'vue'
import type { Id } from '../../shared/ids.ts'
import { useCommand } from '../session/commands.ts'

const links = (root: HTMLElement | null) => [...(root?.querySelectorAll<HTMLElement>('.row-link') ?? [])]
/** The step-down that a link of the queue leads to. */
const idOf = (link: HTMLElement | undefined): Id => link?.getAttribute('href')?.split('/').at(-1) ?? ''

/**
 * The queue by keys: J and K, and the arrows within it, go from one step-down to the next; left and right to the next
 * column of the board. Enter is the link's own. `onHere` is told which one has the focus, and its place.
 */
export function useQueueKeys(root: Ref<HTMLElement | null>, onHere: (id: Id, place: number) => void) {
  const here = () => links(root.value).findIndex((link) => link === document.activeElement)

  function go(to: number) {
    const all = links(root.value)
    all[Math.max(0, Math.min(all.length - 1, to))]?.focus()
  }

  function goBeside(by: 1 | -1) {
    const columns = [...(root.value?.querySelectorAll<HTMLElement>('.column') ?? [])].filter(
      (column) => links(column).length > 0
    )
    const at = columns.findIndex((column) => column.contains(document.activeElement))
    const beside = links(columns[at + by] ?? null)
    const place = links(columns[at] ?? null).findIndex((link) => link === document.activeElement)
    beside[Math.min(place, beside.length - 1)]?.focus()
  }

  function pressed(event: KeyboardEvent) {
    if (here() === -1) return
    if (event.key === 'ArrowDown') go(here() + 1)
    else if (event.key === 'ArrowUp') go(here() - 1)
    else if (event.key === 'ArrowRight') goBeside(1)
    else if (event.key === 'ArrowLeft') goBeside(-1)
    else return
    event.preventDefault()
  }

  useCommand({
    id: 'queue-next',
    label: 'The next step-down',
    shortcut: 'J',
    run: () => {
      go(here() + 1)
    }
  })
  useCommand({
    id: 'queue-back',
    label: 'The step-down before',
    shortcut: 'K',
    run: () => {
      go(here() - 1)
    }
  })

  useEventListener(root, 'keydown', pressed)
  useEventListener(root, 'focusin', () => {
    onHere(idOf(links(root.value)[here()]), here())
  })

  return {
    /** The step-down that has the focus; '' for none. */
    focusedId: (): Id => idOf(links(root.value)[here()]),
    /** Puts the focus on a step-down, or on the one that stands in its place now. */
    async focus(id: Id, place = 0): Promise<void> {
      await nextTick()
      const all = links(root.value)
      ;(all.find((link) => idOf(link) === id) ?? all[Math.min(place, all.length - 1)])?.focus()
    },
    place: here
  }
}
