import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";

const root = new URL("../../", import.meta.url);
const page = readFileSync(new URL("docs/failure-modes.md", root), "utf8");
const rows = page.split("\n").filter((line) => /^\| (?!what|-)/.test(line));
const named = [...page.matchAll(/`(test\/[^`]+\.ts)`: “([^”]+)”/g)].map(
  ([, file = "", name = ""]) => [name, file] as const,
);

describe("docs/failure-modes.md", () => {
  test("names for each failure mode where it was seen, how it is avoided and what shows it", () => {
    expect(rows).toHaveLength(19 + 18);
    for (const row of rows) {
      const [, what = "", seen = "", here = "", shown = ""] = row.split("|");
      expect(what.trim()).toMatch(/\.$/);
      expect(seen.trim()).not.toBe("");
      expect(here.trim()).toMatch(/\.$/);
      expect(shown).toMatch(/`test\/[^`]+\.ts`: “/);
    }
  });

  test("names only tests that are there", () => {
    const gone = named.filter(
      ([name, file]) => !readFileSync(new URL(file, root), "utf8").includes(`"${name}"`),
    );
    expect(gone).toEqual([]);
    expect(named.length).toBeGreaterThan(rows.length);
  });
});
