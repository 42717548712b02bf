import { computed, onScopeDispose, shallowReactive } from 'vue'

/** Something that can be done now: listed in the palette, and by `?` when it has a shortcut. */
export interface Command {
  id: string
  label: string
  /** As shown: 'Ctrl+K', 'F2', '?'. */
  shortcut?: string
  /** Left out while false. */
  when?: () => boolean
  run(): void
}

const registered = shallowReactive<Command[]>([])

/** What can be done now. Of two with one id the one registered last counts: a page overrides the desk. */
export const commands = computed(() =>
  registered.filter(
    (command, index) =>
      (command.when?.() ?? true) && registered.findLastIndex(({ id }) => id === command.id) === index
  )
)

/** Registers a command for as long as the component lives. */
export function useCommand(command: Command) {
  registered.push(command)
  onScopeDispose(() => {
    registered.splice(registered.indexOf(command), 1)
  })
}

export function runCommand(id: string) {
  commands.value.find((command) => command.id === id)?.run()
}

const typesText = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && target.matches('input, textarea, select, [contenteditable]')

/** 'Ctrl+Shift+K' for that key press. Command on a Mac counts as Ctrl. */
function shortcutOf(event: KeyboardEvent): string {
  const key = event.key.length === 1 ? event.key.toUpperCase() : event.key
  const modifiers = [
    (event.ctrlKey || event.metaKey) && 'Ctrl',
    event.altKey && 'Alt',
    // a sign like ? has Shift in it already
    event.shiftKey && (event.key.length > 1 || /[a-z]/i.test(event.key)) && 'Shift'
  ]
  return [...modifiers.filter(Boolean), key].join('+')
}

/** Runs the command that a key press is the shortcut of. Plain characters stay with the field that is typed in. */
export function runShortcut(event: KeyboardEvent) {
  const pressed = shortcutOf(event)
  if (pressed.length === 1 && typesText(event.target)) return
  const command = commands.value.findLast(({ shortcut }) => shortcut === pressed)
  if (!command) return
  event.preventDefault()
  if (!event.repeat) command.run()
}
