import path from 'node:path'
import tseslint from 'typescript-eslint'
import ts from 'typescript'
import type { Linter } from 'eslint'

interface ScriptParser {
  parseForESLint(text: string, options: Linter.ParserOptions): Linter.ESLintParseResult
}

// it takes options, which the type that it is published with leaves out
const typescript = tseslint.parser as ScriptParser
const isVue = (file: string) => file.endsWith('.vue')

/** What vue-eslint-parser gives to the parser of the script: all between its tags. */
const scriptOf = (component: string) => /<script\b[^>]*>([^]*?)<\/script>/.exec(component)?.[1] ?? ''

/** All of tsconfig.web.json, as TypeScript would have it where a .vue file held its script alone. */
function readProgram(): ts.Program {
  const config = ts.getParsedCommandLineOfConfigFile(
    path.resolve(import.meta.dirname, '../tsconfig.web.json'),
    { allowNonTsExtensions: true },
    { ...ts.sys, onUnRecoverableConfigFileDiagnostic: ({ messageText }) => fail(messageText) },
    undefined,
    undefined,
    [{ extension: '.vue', isMixedContent: false, scriptKind: ts.ScriptKind.Deferred }]
  )
  if (config === undefined) throw new Error('tsconfig.web.json cannot be read')
  const host = ts.createCompilerHost(config.options, true)
  const { readFile } = host
  host.readFile = (file) => {
    const text = readFile(file)
    return text !== undefined && isVue(file) ? scriptOf(text) : text
  }
  return ts.createProgram(config.fileNames, config.options, host)
}

function fail(message: string | ts.DiagnosticMessageChain): never {
  throw new Error(ts.flattenDiagnosticMessageText(message, '\n'))
}

let program: ts.Program | undefined

/**
 * Parses what the page is made of, the scripts of .vue files for vue-eslint-parser, with the types of one program of it all.
 * The project service holds a .vue file for its script only once it is linted: it would make its program and all types
 * anew for each. What reads otherwise than in the program (a file being edited, two scripts in one) is left to the service.
 */
export const pageScripts = {
  meta: { name: 'page-scripts', version: '1' },
  parseForESLint(text: string, options: Linter.ParserOptions): Linter.ESLintParseResult {
    // without it: an expression of the template, which has no types
    if (!options['projectService']) return typescript.parseForESLint(text, options)
    program ??= readProgram()
    return program.getSourceFile(String(options['filePath']))?.text === text
      ? typescript.parseForESLint(text, { ...options, projectService: false, programs: [program] })
      : typescript.parseForESLint(text, options)
  }
}
