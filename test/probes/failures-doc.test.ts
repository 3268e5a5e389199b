import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { CATALOGUE } from "../../lab/catalogue/all.ts";
import { FAILURES, FAILURE_REASONS, SKIP_REASONS } from "../../src/domain/failure.ts";
import { FAMILIES } from "../../src/domain/family.ts";

const root = new URL("../../", import.meta.url);
const page = readFileSync(new URL("docs/failures.md", root), "utf8");

/** The cells of every row whose first cell is a name in backticks, by heading. */
function rows(heading: string): string[][] {
  const [, section = ""] = page.split(`## ${heading}\n`);
  const [own = ""] = section.split("\n## ");
  return own
    .split("\n")
    .filter((line) => line.startsWith("| `"))
    .map((line) =>
      line
        .split("|")
        .slice(1, -1)
        .map((cell) => cell.trim().replaceAll("`", "")),
    );
}

const kinds = rows("Kinds");
const madeBy = kinds.map(([kind = "", , , , , where = ""]) => [kind, where] as const);

describe("docs/failures.md", () => {
  test("lists every kind with the source and reason of the closed list, in its order", () => {
    const listed = kinds.map(([kind, source, reason]) => [kind, source, reason]);
    const closed = Object.entries(FAILURES).map(([kind, { source, reason }]) => [
      kind,
      source,
      reason,
    ]);
    expect(listed).toEqual(closed);
  });

  test("says of each kind what it means and what to look at", () => {
    for (const [, , , means, lookAt] of kinds) {
      expect(means).toMatch(/\.$/);
      expect(lookAt).toMatch(/\.$/);
    }
  });

  test.each(madeBy.filter(([, where]) => where.startsWith("lab ")))(
    "says truly that %s is made by the %s",
    (kind, where) => {
      const plan = CATALOGUE.find(({ id }) => id === where.slice(4));
      expect(FAMILIES.map((family) => plan?.expect[family].failure)).toContain(kind);
    },
  );

  test.each(madeBy.filter(([, where]) => !where.startsWith("lab ")))(
    "says truly that %s is made by %s",
    (kind, where) => {
      expect(readFileSync(new URL(where, root), "utf8")).toContain(kind);
    },
  );

  test("lists every reason for which a run is skipped, and the test that makes it", () => {
    const skips = rows("Runs that did not start");
    expect(skips.map(([reason]) => reason)).toEqual([...SKIP_REASONS]);
    for (const [reason = "", , , madeBy = ""] of skips) {
      expect(readFileSync(new URL(madeBy, root), "utf8")).toContain(reason);
    }
  });

  test("describes a list within its bounds: 40 kinds, 15 reasons, none of them unused", () => {
    expect(kinds.length).toBeLessThanOrEqual(40);
    expect(FAILURE_REASONS.length).toBeLessThanOrEqual(15);
    expect(new Set(Object.values(FAILURES).map(({ reason }) => reason))).toEqual(
      new Set(FAILURE_REASONS),
    );
  });
});
