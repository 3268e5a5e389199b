import { cp, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { runProgram } from "../support/run-program.ts";
import { programs } from "./programs.ts";

const PROMETHEUS = fileURLToPath(new URL("../../dashboards/prometheus", import.meta.url));

/** Days of rules are played in some of the tests. */
const TESTED_WITHIN_MS = 180_000;

/** A copy of rules and their tests, which a test may spoil. */
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "hatangso-rules-"));
  await cp(PROMETHEUS, folder, { recursive: true });
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});

async function pathsIn(name: "rules" | "tests"): Promise<string[]> {
  return (await readdir(join(folder, name))).map((file) => join(folder, name, file));
}

test("each group of rules has a file of tests", async () => {
  const groups = (await pathsIn("rules")).map((path) => path.replace("/rules/", "/tests/"));
  const tests = (await pathsIn("tests")).map((path) => path.replace(".test.yml", ".yml"));
  expect(tests.toSorted()).toEqual(groups.toSorted());
});

describe.each(Object.entries(programs().prometheus))("promtool %s", (_version, bin) => {
  const promtool = async (...args: readonly string[]) => {
    const { code, stdout, stderr } = await runProgram(`${bin}/promtool`, args);
    return { code, words: stdout + stderr };
  };

  test("has no complaint about a rule", async () => {
    const rules = await pathsIn("rules");
    const { code, words } = await promtool(
      "check",
      "rules",
      "--lint=all",
      "--lint-fatal",
      ...rules,
    );
    expect({ code, words }).toMatchObject({ code: 0 });
  });

  test(
    "sees every alert fire where it must, and only there",
    async () => {
      const { code, words } = await promtool("test", "rules", ...(await pathsIn("tests")));
      expect({ code, words }).toMatchObject({ code: 0 });
    },
    TESTED_WITHIN_MS,
  );

  test.each([
    [
      "a rule that never fires",
      "config_last_reload_successful == 0",
      "config_last_reload_successful == 2",
    ],
    [
      "a label in a text that the expression lost",
      "sum by (instance, integration)",
      "sum by (instance)",
    ],
  ])("notices %s", async (_what, right, wrong) => {
    const path = join(folder, "rules/hatangso-monitoring.yml");
    const text = await readFile(path, "utf8");
    expect(text).toContain(right);
    await writeFile(path, text.replaceAll(right, wrong));
    try {
      const tests = join(folder, "tests/hatangso-monitoring.test.yml");
      expect((await promtool("test", "rules", tests)).code).toBe(1);
    } finally {
      await writeFile(path, text);
    }
  });
});
