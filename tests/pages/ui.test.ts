import { mount } from '@vue/test-utils'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { defineComponent, h, ref } from 'vue'
import { z } from 'zod'
import ComboField from '../../renderer/ui/ComboField.vue'
import DataTable from '../../renderer/ui/DataTable.vue'
import ErrorSummary from '../../renderer/ui/ErrorSummary.vue'
import RadioGroup from '../../renderer/ui/RadioGroup.vue'
import TextArea from '../../renderer/ui/TextArea.vue'
import TextField from '../../renderer/ui/TextField.vue'
import { useForm } from '../../renderer/ui/useForm.ts'
import { errorWords, fieldErrors, waitWords } from '../../renderer/words/errors.ts'
import type { AppError } from '../../shared/errors.ts'
import { settled } from './frame.ts'

afterEach(() => {
  document.body.innerHTML = ''
  vi.useRealTimers()
})

describe('fields', () => {
  it('ties a field to its label, hint and error, and the summary to the field', async () => {
    const page = defineComponent(() => () => [
      h(ErrorSummary, { errors: [{ path: 'children.0.name', message: 'Enter a name' }] }),
      h(TextField, {
        modelValue: '',
        label: 'Child’s name',
        hint: 'As the school spells it',
        error: 'Enter a name',
        path: 'children.0.name'
      })
    ])
    const wrapper = mount(page, { attachTo: document.body })
    await settled()
    const input = wrapper.get('input')
    expect(input.attributes('aria-invalid')).toBe('true')
    const described = (input.attributes('aria-describedby') ?? '').split(' ')
    expect(described.map((id) => document.getElementById(id)?.textContent)).toEqual([
      'As the school spells it',
      'Error: Enter a name'
    ])
    await wrapper.get('.error-summary a').trigger('click')
    expect(document.activeElement).toBe(input.element)
  })

  it('counts down in a text area near its limit, and says how much is too much', async () => {
    const wrapper = mount(TextArea, { props: { modelValue: 'x'.repeat(80), label: 'Concern', limit: 100 } })
    expect(wrapper.get('[aria-live]').text()).toBe('')
    await wrapper.setProps({ modelValue: 'x'.repeat(99) })
    expect(wrapper.get('[aria-live]').text()).toBe('1 character left')
    await wrapper.setProps({ modelValue: 'x'.repeat(1_200) })
    expect(wrapper.get('[aria-live]').text()).toBe('1,100 characters too many')
  })

  it('gives the first choice of a group the id that an error links to', () => {
    const wrapper = mount(RadioGroup, {
      props: {
        modelValue: '',
        label: 'Who is calling?',
        path: 'callerKind',
        options: [
          { value: 'a', label: 'A school' },
          { value: 'b', label: 'Someone else' }
        ]
      }
    })
    expect(wrapper.get('legend').text()).toBe('Who is calling?')
    expect(wrapper.findAll('input').map((each) => each.attributes('id'))).toEqual([
      'field-callerKind',
      'field-callerKind-1'
    ])
  })
})

describe('a combobox', () => {
  interface Asked {
    text: string
    answer(names: string[]): void
  }

  async function aCombo() {
    vi.useFakeTimers()
    const asked: Asked[] = []
    const chosen = ref('')
    const text = ref('')
    const search = (wanted: string) =>
      new Promise<{ value: string; label: string }[]>((resolve) => {
        asked.push({
          text: wanted,
          answer: (names) => {
            resolve(names.map((name) => ({ value: name.toLowerCase(), label: name })))
          }
        })
      })
    const wrapper = mount(
      defineComponent(
        () => () =>
          h(
            ComboField,
            {
              label: 'School',
              path: 'schoolId',
              search,
              modelValue: chosen.value,
              'onUpdate:modelValue': (value: string) => (chosen.value = value),
              text: text.value,
              'onUpdate:text': (value: string) => (text.value = value)
            },
            { empty: ({ text: typed }: { text: string }) => h('button', `Add “${typed}” now`) }
          )
      ),
      { attachTo: document.body }
    )
    await settled()
    const type = async (value: string) => {
      await wrapper.get('input').setValue(value)
      await vi.advanceTimersByTimeAsync(130)
    }
    const answered = async (index: number, names: string[]) => {
      asked[index]?.answer(names)
      await vi.advanceTimersByTimeAsync(10)
      await settled()
    }
    const options = () => wrapper.findAll('[role=option]').map((each) => each.text())
    return { wrapper, asked, chosen, text, type, answered, options }
  }

  it('asks once the typing pauses, and shows only the answer to what stands there now', async () => {
    const { wrapper, asked, type, answered, options } = await aCombo()
    await wrapper.get('input').setValue('oa')
    await type('oak')
    expect(asked.map(({ text }) => text)).toEqual(['oak'])
    await type('oakf')
    await answered(1, ['Oakfield'])
    await answered(0, ['Oaklands', 'Oakfield'])
    expect(options()).toEqual(['Oakfield'])
  })

  it('chooses, and lets go of the choice when the text changes', async () => {
    const { wrapper, chosen, text, type, answered } = await aCombo()
    await type('oak')
    await answered(0, ['Oakfield'])
    await wrapper.get('input').trigger('keydown', { key: 'Enter' })
    await settled()
    expect([chosen.value, text.value]).toEqual(['oakfield', 'Oakfield'])
    await type('Oakfiel')
    expect([chosen.value, text.value]).toEqual(['', 'Oakfiel'])
  })

  it('does not choose from a list that is about to change', async () => {
    const { wrapper, chosen, type, answered } = await aCombo()
    await type('oak')
    await answered(0, ['Oakfield'])
    await type('oakl')
    await wrapper.get('input').trigger('keydown', { key: 'Enter' })
    await settled()
    expect(chosen.value).toBe('')
  })

  it('offers what to do where nothing is found, outside the list', async () => {
    const { wrapper, type, answered } = await aCombo()
    await type('zzz')
    await answered(0, [])
    expect(wrapper.get('button').text()).toBe('Add “zzz” now')
    expect(wrapper.find('[role=listbox] button').exists()).toBe(false)
    expect(wrapper.get('label').text()).toBe('School')
  })
})

describe('a table', () => {
  const columns = [
    { key: 'name', label: 'Name' },
    { key: 'count', label: 'Calls', align: 'end' as const }
  ]

  it('leads from the first cell of each row, and names its columns', () => {
    const wrapper = mount(DataTable, {
      props: {
        caption: 'Schools',
        columns,
        rows: [{ id: '1', name: 'Oakfield', count: 3 }],
        rowLink: (row: object) => `/directory/${String(Reflect.get(row, 'id'))}`
      },
      global: { stubs: { RouterLink: { props: ['to'], template: '<a :href="to"><slot /></a>' } } }
    })
    expect(wrapper.get('caption').text()).toBe('Schools')
    expect(wrapper.findAll('th[scope=col]').map((each) => each.text())).toEqual(['Name', 'Calls'])
    expect(wrapper.findAll('a').map((each) => [each.attributes('href'), each.text()])).toEqual([
      ['/directory/1', 'Oakfield']
    ])
    expect(wrapper.findAll('td')[1]?.text()).toBe('3')
  })

  it('shows what to do where it is empty', () => {
    const wrapper = mount(DataTable, {
      props: { caption: 'Schools', columns, rows: [] },
      slots: { empty: 'No schools yet' }
    })
    expect(wrapper.text()).toBe('No schools yet')
  })
})

describe('a form', () => {
  const schema = z.strictObject({
    name: z.string().min(1, 'Enter a name'),
    age: z.string().min(1, 'Enter an age')
  })
  const blank = { name: '', age: '' }
  const answer = (error: AppError) => () => Promise.resolve({ ok: false as const, error })

  it('lists what is wrong in the order of the form, and sends nothing', async () => {
    const form = useForm(schema, blank, () => [{ path: 'name', message: 'Another name' }])
    const send = vi.fn()
    await form.submit(send)
    expect(send).not.toHaveBeenCalled()
    expect(form.errors.value.map(({ path }) => path)).toEqual(['name', 'age'])
    expect(form.errorFor('name')).toBe('Enter a name')
  })

  it('puts field errors from the other side at their fields, and keeps any other refusal apart', async () => {
    const form = useForm(schema, { name: 'Priya', age: '7' })
    await form.submit(answer({ code: 'invalid', fields: [{ path: 'age', message: 'Too young' }] }))
    expect(form.errorFor('age')).toBe('Too young')
    await form.submit(answer({ code: 'refused', reason: 'name-taken' }))
    expect(form.errors.value).toEqual([])
    expect(form.refusal.value).toEqual({ code: 'refused', reason: 'name-taken' })
  })

  it('sends once for two presses', async () => {
    const form = useForm(schema, { name: 'Priya', age: '7' })
    const send = vi.fn(() => Promise.resolve({ ok: true as const, value: null }))
    await Promise.all([form.submit(send), form.submit(send)])
    expect(send).toHaveBeenCalledOnce()
  })
})

describe('words', () => {
  it('never tells a shorter wait than is true', () => {
    expect([1, 1_000, 1_001, 90_000, 90_001, 300_000].map(waitWords)).toEqual([
      '1 second',
      '1 second',
      '2 seconds',
      '90 seconds',
      '2 minutes',
      '5 minutes'
    ])
  })

  it('gives a fault its reference, where there is one', () => {
    expect(errorWords({ code: 'fault', reference: '7F3A' })).toContain('Reference 7F3A.')
    expect(errorWords({ code: 'fault', reference: '' })).not.toContain('Reference')
  })

  it('puts what is of no field in the summary alone', () => {
    const fields = [{ path: 'words', message: 'Enter it' }]
    expect(fieldErrors({ code: 'invalid', fields })).toEqual(fields)
    expect(fieldErrors({ code: 'locked' })).toEqual([
      { path: '', message: 'The desk is locked. Unlock it and try again.' }
    ])
  })
})
