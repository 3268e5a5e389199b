import { expect, test } from "vitest";
import { CHECKS } from "../../src/checks/index.ts";
import type { CheckId, Verdict } from "../../src/domain/finding.ts";
import { REASONS } from "../../src/domain/reasons/index.ts";
import { ALL_ROWS, NOT_PLAYED } from "./rows/all.ts";

const ROWS = ALL_ROWS.flatMap((rows) => Object.values(rows).flat());

/** Checks that say something of every portal: its name, what its page loads, its contact for faults. */
const ALWAYS_APPLY: ReadonlySet<CheckId> = new Set(["D1", "W8", "S2"]);

/** Verdicts that a check can come to: those of its own reasons, and what missing facts or families make of any. */
function verdictsOf(check: CheckId): ReadonlySet<Verdict> {
  const verdicts = new Set<Verdict>([...Object.values<Verdict>(REASONS[check]), "unknown"]);
  return ALWAYS_APPLY.has(check) ? verdicts : verdicts.add("not_applicable");
}

test.for(CHECKS.map(({ id }) => id))("%s has a row for each verdict that it can come to", (id) => {
  const seen = new Set(ROWS.filter(([check]) => check === id).map(([, , verdict]) => verdict));
  expect([...seen].sort()).toEqual([...verdictsOf(id)].sort());
});

test.for(CHECKS.map(({ id }) => id))(
  "%s has a row for each reason of its own, or it is said why not",
  (id) => {
    const seen = new Set<string>();
    for (const [check, , , reason] of ROWS) if (check === id) seen.add(reason);
    const missing = Object.keys(REASONS[id]).filter((reason) => !seen.has(reason));
    const excused = Object.keys(NOT_PLAYED).filter((each) => each.startsWith(`${id} `));
    expect(missing.map((reason) => `${id} ${reason}`).sort()).toEqual(excused.sort());
  },
);
