// What the two test runners report, brought to one shape. A skipped test counts as failed: nothing is left out quietly.
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { project } from './places.mjs'

/** @typedef {{ passed: number, failures: string[] }} Count */

/** @param {string} file @returns {Count} */
export function readVitest(file) {
  /** @type {import('vitest/node').JsonTestResults} */
  const { testResults } = JSON.parse(readFileSync(file, 'utf8'))
  const tests = testResults.flatMap(({ name, message, assertionResults }) => {
    const where = path.relative(project, name)
    // a file that does not load has no test to report
    if (assertionResults.length === 0) return [{ title: `${where}: ${message}`, isPassed: false }]
    return assertionResults.map(({ fullName, status }) => ({
      title: `${where}: ${fullName} (${status})`,
      isPassed: status === 'passed'
    }))
  })
  return count(tests)
}

/** @param {string} file @returns {Count} */
export function readPlaywright(file) {
  /** @type {import('@playwright/test/reporter').JSONReport} */
  const { suites, errors } = JSON.parse(readFileSync(file, 'utf8'))
  /** @param {import('@playwright/test/reporter').JSONReportSuite} suite @returns {import('@playwright/test/reporter').JSONReportSpec[]} */
  const specsOf = (suite) => [...suite.specs, ...(suite.suites ?? []).flatMap(specsOf)]
  const tests = suites.flatMap(specsOf).map((spec) => ({
    title: `${spec.file}: ${spec.title}`,
    isPassed: spec.tests.every(({ status }) => status === 'expected')
  }))
  const atLarge = errors.map(({ message }) => ({ title: message ?? 'e2e', isPassed: false }))
  return count([...tests, ...atLarge])
}

/** @param {{ title: string, isPassed: boolean }[]} tests @returns {Count} */
function count(tests) {
  const failures = tests.filter(({ isPassed }) => !isPassed).map(({ title }) => title)
  return { passed: tests.length - failures.length, failures }
}
