import { describe, expect, test } from "vitest";
import type { Judged, Row, Rows } from "./row.ts";

/** A test per row: the judgement of its scene holds exactly this finding, with this evidence in it. */
export function expectRows(what: string, rows: Rows, judgedNow: () => Judged): void {
  describe(`one audit of ${what} finds`, () => {
    const all = Object.entries(rows).flatMap(([scene, each]) =>
      each.map((row) => ({ scene, row, ...named(row) })),
    );
    test.for(all)("$scene: $check is $verdict, $reason", ({ scene, row }) => {
      const [check, family, verdict, reason, evidence = {}] = row;
      const found = judgedNow()[scene]?.findings.filter(
        (finding) => finding.check === check && finding.family === family,
      );
      expect(found).toMatchObject([{ check, family, verdict, reason, evidence }]);
      const wrong = verdict === "warn" || verdict === "fail";
      // What somebody is asked to mend has a name; what is in order or open accuses nobody.
      expect(found?.[0]?.causes.length !== 0).toBe(wrong);
    });
  });
}

function named([check, family, verdict, reason]: Row) {
  return { check: family === null ? check : `${check} over ${family}`, verdict, reason };
}
