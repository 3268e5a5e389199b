import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { allOf, type RequirementVerdict } from "../../src/domain/requirement.ts";
import { complianceList } from "../../src/reports/compliance.ts";
import { complianceShares } from "../../src/reports/compliance-groups.ts";
import type { ComplianceRow } from "../../src/reports/compliance-row.ts";
import type { ComplianceView } from "../../src/reports/compliance-view.ts";
import type { Database } from "../../src/store/database.ts";
import { openCoverageDatabase } from "../support/coverage-database.ts";
import { makeUpAudits, makeUpPortals } from "../support/made-up-audits.ts";

const NOW = Date.parse("2026-11-22T08:00:00Z");
const VIEW: ComplianceView = {
  vantage: "local",
  now: NOW,
  intervalMs: 60_000,
  timezone: "Asia/Ho_Chi_Minh",
  asOf: null,
};

let db: Database;
let close: () => Promise<void>;

beforeAll(async () => {
  ({ db, close } = await openCoverageDatabase());
  const registered = new Date("2026-10-01T00:00:00Z");
  await makeUpPortals(db, 400, registered);
  await makeUpAudits(db, { now: NOW, days: 30, auditsPerDay: 1, vantage: VIEW.vantage });
  await sql`update portal set lifecycle = 'redirected_to_dvcqg' where id % 41 = 0`.execute(db);
}, 60_000);

afterAll(() => close());

describe.each([
  ["now", null],
  ["of a past day", "2026-11-10"],
])("shares %s", (_name, asOf) => {
  test("are what the rows of the list come to, requirement by requirement", async () => {
    const view = { ...VIEW, asOf };
    const page = { sort: "name", order: "asc", limit: 500, after: null } as const;
    const { rows } = await complianceList(db, view, {}, page);
    const shares = await complianceShares(db, view, {});
    expect(rows).toHaveLength(400);
    const counted = rows.filter(({ scope }) => scope === "counted");
    expect(shares.portals).toEqual({
      counted: counted.length,
      redirected: rows.length - counted.length,
    });
    expect(counted.length).toBeLessThan(rows.length);
    for (const [level, count] of Object.entries(shares.levels)) {
      expect(counted.filter((row) => row.level === level)).toHaveLength(count);
    }
    for (const [index, share] of shares.requirements.entries()) {
      const verdictOf = (row: ComplianceRow) => row.requirements[index]?.verdict ?? "unknown";
      expect(share).toMatchObject({ portals: shareOf(rows.map(verdictOf)) });
      const agencies = [...Map.groupBy(rows, ({ agency }) => agency.id).values()];
      expect(share).toMatchObject({
        agencies: shareOf(agencies.map((own) => allOf(countOf(own.map(verdictOf))))),
      });
    }
    const verdicts = new Set(rows.flatMap((row) => row.requirements.map(({ verdict }) => verdict)));
    expect(verdicts.size).toBe(4);
  });
});

function countOf(verdicts: readonly RequirementVerdict[]) {
  const counts = { met: 0, not_met: 0, unknown: 0, not_applicable: 0 };
  for (const verdict of verdicts) counts[verdict] += 1;
  return counts;
}

function shareOf(verdicts: readonly RequirementVerdict[]) {
  const { met, not_met: notMet, unknown } = countOf(verdicts);
  return { numerator: met, denominator: met + notMet, unknown };
}
