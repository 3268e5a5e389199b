/**
 * Prints how long each step took, what failed, and, last, "N passed, N failed[, N skipped]"; exits 1 if anything failed.
 *   node summary.mjs REPORTS "NAME CODE SECONDS" …
 * A step with a vitest report counts its tests; any other step counts as one, and so does a run without a report.
 * Plain JavaScript: it must work where installing the pinned runtime is what failed.
 */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

/** Counts of one step from its exit code and vitest's JSON report (null where it wrote none). */
function count(code, report) {
  const failedStep = code === 0 ? 0 : 1;
  if (report === null) return { passed: 1 - failedStep, failed: failedStep, skipped: 0 };
  // A file that could not be loaded has failed without a single test having run.
  const brokenFiles = report.testResults.filter(
    ({ status, assertionResults }) =>
      status === "failed" && !assertionResults.some((test) => test.status === "failed"),
  );
  const failed = report.numFailedTests + brokenFiles.length;
  return {
    passed: report.numPassedTests,
    // A run can also fail by an unhandled error or its time limit.
    failed: Math.max(failed, failedStep),
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

/** The closing line. */
function closingLine({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`;
}

/** Lines of a failed step's output that its end is told with, and where vitest begins to tell of failures. */
const TOLD_LINES = 60;
const TOLD_FROM = /(Failed (Suites|Tests)|Unhandled (Errors?|Rejections?)) \d*/;

/** What a failed step says of it: each failed file and test of its report, and the part of its output that tells why. */
function whatFailed(report, log) {
  const failed = (report?.testResults ?? []).filter(({ status }) => status === "failed");
  const named = failed.flatMap(({ name, message, assertionResults }) => [
    `${name}${message ? `: ${message}` : ""}`,
    ...assertionResults
      .filter(({ status }) => status === "failed")
      .map(
        ({ fullName, failureMessages }) => `  ${fullName}: ${(failureMessages ?? []).join(" ")}`,
      ),
  ]);
  const lines = log.trimEnd().split("\n");
  const from = lines.findIndex((line) => TOLD_FROM.test(line));
  const told = from < 0 ? lines.slice(-TOLD_LINES) : lines.slice(from, from + TOLD_LINES);
  return [...named, ...told];
}

const contentOf = (file) => (existsSync(file) ? readFileSync(file, "utf8") : "");

function main([reports, ...steps]) {
  const sum = { passed: 0, failed: 0, skipped: 0 };
  const failures = [];
  for (const step of steps) {
    const [name, code, seconds] = step.split(" ");
    const json = contentOf(join(reports, `${name}.json`));
    const report = json === "" ? null : JSON.parse(json);
    const counts = count(Number(code), report);
    for (const key of Object.keys(sum)) sum[key] += counts[key];
    console.log(`${name.padEnd(20)} ${seconds.padStart(5)} s  ${closingLine(counts)}`);
    if (counts.failed > 0) {
      failures.push(
        `━━ ${name} failed`,
        ...whatFailed(report, contentOf(join(reports, `${name}.log`))),
      );
    }
  }
  if (failures.length > 0) console.log(["", ...failures, ""].join("\n"));
  console.log(closingLine(sum));
  process.exitCode = sum.failed === 0 && steps.length > 0 ? 0 : 1;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href)
  main(process.argv.slice(2));
