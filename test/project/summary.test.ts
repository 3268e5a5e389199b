import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";

const summary = fileURLToPath(new URL("../../.ci/summary.mjs", import.meta.url));
let reports = "";

beforeAll(async () => {
  reports = await mkdtemp(join(tmpdir(), "hatangso-summary-"));
});

afterAll(() => rm(reports, { recursive: true }));

interface Report {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numTodoTests: number;
  readonly testResults: readonly {
    status: string;
    assertionResults: readonly { status: string }[];
  }[];
}

const clean: Report = {
  numPassedTests: 5,
  numFailedTests: 0,
  numPendingTests: 0,
  numTodoTests: 0,
  testResults: [],
};

/** What the program prints for these steps, its last line, and its exit code. */
async function summarize(steps: readonly string[], byName: Record<string, Report> = {}) {
  await Promise.all(
    Object.entries(byName).map(([name, report]) =>
      writeFile(join(reports, `${name}.json`), JSON.stringify(report)),
    ),
  );
  return new Promise<{ output: string[]; line: string | undefined; code: number }>((resolve) => {
    execFile(process.execPath, [summary, reports, ...steps], (error, stdout) => {
      const output = stdout.trimEnd().split("\n");
      resolve({ output, line: output.at(-1), code: Number(error?.code ?? 0) });
    });
  });
}

test("tests of all runs and other steps are added up in the last line", async () => {
  const steps = ["first 0 9", "second 0 1", "check 0 3"];
  const second = { ...clean, numPendingTests: 1, numTodoTests: 1 };
  expect(await summarize(steps, { first: clean, second })).toMatchObject({
    line: "11 passed, 0 failed, 2 skipped",
    code: 0,
  });
});

test("a failed test and a failed step are counted and end with code 1", async () => {
  const failing = { ...clean, numFailedTests: 2 };
  expect(await summarize(["failing 1 9", "format 1 1"], { failing })).toMatchObject({
    line: "5 passed, 3 failed",
    code: 1,
  });
});

test("a file that could not be loaded is a failure although none of its tests ran", async () => {
  const testResults = [{ status: "failed", assertionResults: [] }];
  expect(await summarize(["broken 1 9"], { broken: { ...clean, testResults } })).toMatchObject({
    line: "5 passed, 1 failed",
    code: 1,
  });
});

test("a run that fails beside its tests, or leaves no report, is a failure", async () => {
  expect(await summarize(["odd 1 9", "gone 124 300"], { odd: clean })).toMatchObject({
    line: "5 passed, 2 failed",
    code: 1,
  });
});

test("a run of nothing is a failure", async () => {
  expect(await summarize([])).toMatchObject({ line: "0 passed, 0 failed", code: 1 });
});

test("what failed is told again before the last line", async () => {
  const failing = { status: "failed", fullName: "adds up", failureMessages: ["Expected 2"] };
  const told = {
    ...clean,
    numFailedTests: 1,
    testResults: [
      { status: "passed", name: "good.test.ts", message: "", assertionResults: [] },
      { status: "failed", name: "bad.test.ts", message: "", assertionResults: [failing] },
      { status: "failed", name: "broken.test.ts", message: "No port", assertionResults: [] },
    ],
  };
  await writeFile(join(reports, "told.log"), "noise\n⎯⎯ Unhandled Errors 1 ⎯⎯\nwhy\ndone\n");
  await writeFile(join(reports, "lint.log"), "one\ntwo\n");
  const { output } = await summarize(["told 1 9", "lint 1 2"], { told });
  expect(output.slice(output.indexOf("━━ told failed"), -1)).toEqual([
    "━━ told failed",
    "bad.test.ts",
    "  adds up: Expected 2",
    "broken.test.ts: No port",
    "⎯⎯ Unhandled Errors 1 ⎯⎯",
    "why",
    "done",
    "━━ lint failed",
    "one",
    "two",
    "",
  ]);
});
