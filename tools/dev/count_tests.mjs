// Adds up the JSON reports of all test runners in a folder, names what failed, and ends with "N passed, M failed".
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';

const [folder, only] = process.argv.slice(2);
const total = { passed: 0, failed: 0, skipped: 0 };
const failures = [];
const linesOfReason = 12;

// With the beginning of what the runner says about it: where a test fails elsewhere, this is all there is to go by.
function fail(name, ...reasons) {
  total.failed += 1;
  const lines = reasons
    .flatMap((reason) => (reason ? stripVTControlCharacters(reason).split('\n') : []))
    .filter((line) => line.trim())
    .map((line) => line.slice(0, 300))
    .slice(0, linesOfReason);
  failures.push([name, ...lines].join('\n    '));
}

function countGoogleTest(report) {
  for (const suite of report.testsuites) {
    for (const test of suite.testsuite) {
      if (test.failures?.length) fail(`${suite.name}.${test.name}`, ...test.failures.map(({ failure }) => failure));
      else if (test.result === 'SKIPPED') total.skipped += 1;
      else if (test.status === 'RUN') total.passed += 1;
    }
  }
}

function countVitest(report) {
  for (const file of report.testResults) {
    if (file.status === 'failed' && file.assertionResults.length === 0) fail(file.name, file.message);
    for (const test of file.assertionResults) {
      if (test.status === 'passed') total.passed += 1;
      else if (test.status === 'failed') fail(test.fullName, ...(test.failureMessages ?? []));
      else total.skipped += 1;
    }
  }
}

function countPlaywright(report) {
  for (const error of report.errors ?? []) fail(error.message ?? 'browser tests could not run');
  const walk = (suite) => {
    for (const spec of suite.specs ?? []) {
      for (const test of spec.tests) {
        if (test.status === 'skipped') total.skipped += 1;
        else if (test.status === 'expected' || test.status === 'flaky') total.passed += 1;
        else fail(`${suite.title} › ${spec.title}`, ...test.results.map(({ error }) => error?.message));
      }
    }
    (suite.suites ?? []).forEach(walk);
  };
  report.suites.forEach(walk);
}

const counters = { gtest: countGoogleTest, vitest: countVitest, playwright: countPlaywright };
for (const file of readdirSync(folder).filter((name) => name.endsWith('.json')).sort()) {
  if (only && !file.includes(only)) continue;
  const runner = file.split('.').at(-2);
  try {
    const report = JSON.parse(readFileSync(join(folder, file), 'utf8'));
    if (report.crashed) fail(`${report.crashed} ended without a report`);
    else counters[runner]?.(report);
  } catch (error) {
    fail(`${file}: ${error.message}`);
  }
}

for (const name of failures) console.log(`FAILED ${name}`);
if (total.passed === 0) failures.push('no test ran');
console.log(`${total.passed} passed, ${total.failed} failed${total.skipped ? `, ${total.skipped} skipped` : ''}`);
process.exit(failures.length ? 1 : 0);
