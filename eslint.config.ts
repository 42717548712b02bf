import { defineConfigWithVueTs, vueTsConfigs } from '@vue/eslint-config-typescript'
import prettier from 'eslint-config-prettier/flat'
import vue from 'eslint-plugin-vue'
import a11y from 'eslint-plugin-vuejs-accessibility'
import tseslint from 'typescript-eslint'
import { builtinModules } from 'node:module'
import { pageScripts } from './scripts/pageScripts.ts'
import type { Linter } from 'eslint'

type Ban = { group?: string[]; regex?: string; importNames?: string[]; message: string }

const packages = (...names: string[]) => String.raw`^(?:${names.join('|')})(?:/|$)`
const node = ['node:.*', ...builtinModules.filter((name) => !name.startsWith('_'))]
const page = ['vue', 'vue-router', 'pinia', 'reka-ui', '@vueuse/core', '@lucide/vue']
const sql = ['drizzle-orm', 'better-sqlite3']
const electron = packages('electron')

const withExtension: Ban = {
  regex: String.raw`^\.{1,2}/(?!.*\.(?:ts|mjs|vue|json|css|svg)(?:\?\w+)?$)`,
  message: 'A relative import carries its extension: Node runs our files as they are.'
}
const noElectron: Ban = {
  regex: electron,
  message: "Only main.ts, preload.ts, shell/ and ipc/listen.ts import 'electron'."
}
const noIpcMain: Ban = {
  regex: electron,
  importNames: ['ipcMain'],
  message: 'Messages from the page come in through ipc/listen.ts, which checks the sender.'
}
const noShell: Ban = {
  regex: electron,
  importNames: ['shell'],
  message: 'Links are opened by shell/links.ts, which holds the list of hosts.'
}
const noAbove = (message: string, ...names: string[]): Ban => ({
  group: names.map((name) => `**/${name}/**`),
  message
})

const imports = (files: string[], ...bans: Ban[]): Linter.Config => ({
  files,
  rules: {
    '@typescript-eslint/no-restricted-imports': ['error', { patterns: [withExtension, ...bans] }]
  }
})

const desk = defineConfigWithVueTs(
  {
    ignores: [
      'out/**',
      'dist/**',
      'tour/**',
      'test-results/**',
      'coverage/**',
      'db/migrations/**',
      'scripts/runtime/**'
    ]
  },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  vue.configs['flat/recommended'],
  a11y.configs['flat/recommended'],
  vueTsConfigs.recommendedTypeChecked,
  {
    rules: {
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-empty-pattern': ['error', { allowObjectPatternsAsParameters: true }],
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/ban-ts-comment': ['error', { 'ts-expect-error': 'allow-with-description' }],
      // an operation is async whether or not this driver awaits anything (decision 2)
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/await-thenable': 'off',
      // functions, not classes: there is hardly a `this` to lose
      '@typescript-eslint/unbound-method': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { ignoreRestSiblings: true }]
    }
  },
  {
    files: ['**/*.vue'],
    rules: {
      'vue/no-v-html': 'error',
      'vue/block-lang': ['error', { script: { lang: 'ts' } }],
      'vue/block-order': ['error', { order: ['script', 'template', 'style'] }],
      // the names are the product's own words: Field, Table
      'vue/multi-word-component-names': 'off',
      // an optional prop is undefined when left out, and its type says so
      'vue/require-default-prop': 'off',
      'vuejs-accessibility/label-has-for': ['error', { required: { some: ['nesting', 'id'] } }]
    }
  },
  {
    files: ['shared/**', 'db/**', 'electron/**', 'renderer/**'],
    rules: { 'no-console': 'error' }
  },

  imports(['tests/**', 'bench/**', '*.config.ts']),
  imports(
    ['shared/**'],
    noElectron,
    noAbove('shared/ knows nothing above it.', 'db', 'electron', 'renderer', 'tests'),
    {
      regex: packages(...page, ...sql, ...node),
      message: 'shared/ is pure: it runs in the page, in main and in the database thread alike.'
    }
  ),
  imports(['db/**'], noElectron, noAbove('db/ knows shared/ only.', 'electron', 'renderer', 'tests'), {
    regex: packages(...page),
    message: 'db/ knows nothing of the page.'
  }),
  imports(
    ['renderer/**'],
    noElectron,
    noAbove('The page reaches the rest through window.hub.', 'db', 'electron', 'tests'),
    {
      regex: packages(...sql, ...node),
      message: 'The page is sandboxed: there is no Node and no database in it.'
    }
  ),
  imports(['electron/**'], noElectron, noAbove('electron/ knows shared/ and db/.', 'renderer', 'tests'), {
    regex: packages(...page),
    message: 'electron/ knows nothing of the page.'
  }),
  imports(
    ['electron/main.ts', 'electron/preload.ts', 'electron/shell/**'],
    noIpcMain,
    noShell,
    noAbove('electron/ knows shared/ and db/.', 'renderer', 'tests')
  ),
  imports(
    ['electron/shell/links.ts'],
    noIpcMain,
    noAbove('electron/ knows shared/ and db/.', 'renderer', 'tests')
  ),
  // the page's answer to "save what is typed", which is no operation
  imports(
    ['electron/shell/flush.ts'],
    noShell,
    noAbove('electron/ knows shared/ and db/.', 'renderer', 'tests')
  ),
  imports(
    ['electron/ipc/listen.ts'],
    noShell,
    noAbove('electron/ knows shared/ and db/.', 'renderer', 'tests')
  ),
  prettier
)

// Vue's set leaves plain JavaScript untyped; our scripts are typed by their comments
const scripts = { files: ['scripts/*.mjs'] }

export default [
  ...desk,
  { files: ['**/*.vue'], languageOptions: { parserOptions: { parser: pageScripts } } },
  { files: ['renderer/**/*.ts', 'tests/pages/**/*.ts'], languageOptions: { parser: pageScripts } },
  ...tseslint.configs.recommendedTypeChecked.map((config) => ({ ...config, ...scripts })),
  {
    ...scripts,
    languageOptions: {
      // the extensions as for all other files: the project service begins anew where they change
      parserOptions: {
        projectService: true,
        tsconfigRootDir: import.meta.dirname,
        extraFileExtensions: ['.vue']
      }
    },
    // JSON.parse gives an any, and a comment above it says what it is
    rules: { '@typescript-eslint/no-unsafe-assignment': 'off' }
  }
]
