import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { complianceList } from "../../../src/reports/compliance.ts";
import type { ComplianceRow } from "../../../src/reports/compliance-row.ts";
import type { ComplianceView } from "../../../src/reports/compliance-view.ts";
import type { Database } from "../../../src/store/database.ts";
import { openTestDatabase } from "../../support/database.ts";
import { buildComplianceWorld, NOW } from "../compliance-world.ts";
import { START } from "../world.ts";
import { viewRows } from "./view-rows.ts";

let db: Database;
let close: () => Promise<void>;
let report: readonly ComplianceRow[];
beforeAll(async () => {
  ({ db, close } = await openTestDatabase());
  await buildComplianceWorld(db);
  const now = Date.now();
  // Views know only the real clock: the world's last audits are made as old as they are in it.
  await sql`update standing_track
    set last_audit_at = last_audit_at + ${`${now - START} milliseconds`}::interval`.execute(db);
  const view: ComplianceView = { ...NOW, now };
  const page = { limit: 100, after: null, sort: "name", order: "asc" } as const;
  report = (await complianceList(db, view, {}, page)).rows;
});
afterAll(() => close());

describe("the compliance list of the views is the report's", () => {
  test("portal by portal, with level, grade, since when, and how many findings", async () => {
    const rows = await viewRows(db, "compliance", "where vantage = 'local'");
    const told = rows.map((row) => ({
      id: row["portal"],
      agency: row["agency"],
      province: row["province"],
      url: row["url"],
      scope: row["scope"],
      level: row["level"],
      level_since: isoOf(row["level_since"]),
      provisional_days: row["provisional_days"],
      grade: row["grade"],
      grade_since: isoOf(row["grade_since"]),
      flapping: row["flapping"],
      stale: row["stale"],
      last_audit: isoOf(row["last_audit_at"]),
      findings: {
        fail: row["findings_fail"],
        warn: row["findings_warn"],
        unknown: row["findings_unknown"],
      },
    }));
    expect(byId(told)).toEqual(
      byId(
        report.map((row) => ({
          id: row.id,
          agency: row.agency.id,
          province: row.province?.code ?? null,
          url: row.url,
          scope: row.scope,
          level: row.level,
          level_since: row.level_since,
          provisional_days: row.provisional_days,
          grade: row.grade,
          grade_since: row.grade_since,
          flapping: row.flapping,
          stale: row.stale,
          last_audit: row.last_audit?.at ?? null,
          findings: row.findings,
        })),
      ),
    );
    expect(new Set(report.map(({ scope }) => scope))).toEqual(new Set(["counted", "redirected"]));
  });

  test("finding by finding, with what has to be mended", async () => {
    const rows = await viewRows(db, "finding", "where vantage = 'local'");
    const told = rows.map((row) =>
      [
        row["portal"],
        row["check_id"],
        row["family"],
        row["verdict"],
        row["reason"],
        isoOf(row["since"]),
      ].join(" "),
    );
    const reported = report.flatMap(({ id, problems }) =>
      problems.map((each) =>
        [id, each.check, each.family, each.verdict, each.reason, each.since].join(" "),
      ),
    );
    expect(told.toSorted()).toEqual(reported.toSorted());
    expect(told.length).toBeGreaterThan(3);
    const failing = rows.find(({ verdict }) => verdict === "fail");
    expect(failing?.["to_mend"]).toBe("host www.example");
  });

  test("requirement by requirement, by level, grade and checks", async () => {
    const rows = await viewRows(db, "compliance_requirement", "where vantage = 'local'");
    const told = rows.map((row) => [row["portal"], row["requirement"], row["verdict"]].join(" "));
    const reported = report.flatMap(({ id, requirements }) =>
      requirements.map((each) => [id, each.id, each.verdict].join(" ")),
    );
    expect(told.toSorted()).toEqual(reported.toSorted());
    const verdicts = rows.map((row) => row["verdict"]);
    expect(new Set(verdicts)).toEqual(new Set(["met", "not_met", "unknown", "not_applicable"]));
  });

  test("nothing is said of the force of a text that nobody could verify", async () => {
    const rows = await viewRows(db, "requirement");
    const unverified = rows.filter(({ certainty }) => certainty === "unverified");
    expect(unverified.length).toBeGreaterThan(0);
    for (const row of unverified) {
      expect(row).toMatchObject({ duty: null, force: null, valid_from: null, valid_to: null });
    }
    expect(rows.filter(({ certainty }) => certainty === null)).toEqual([]);
  });

  test("the summary counts the findings of portals that are on the list", async () => {
    const rows = await viewRows(db, "evidence_summary", "where check_id = 'W3'");
    expect(rows).toMatchObject([
      { family: "ip6", verdict: "fail", reason: "=expired", portals: 1, agencies: 1, audits: 1 },
    ]);
  });
});

function isoOf(value: unknown): string | null {
  return value instanceof Date ? value.toISOString() : null;
}

function byId<Row extends { readonly id: unknown }>(rows: readonly Row[]) {
  return rows.toSorted((one, other) => (String(one.id) < String(other.id) ? -1 : 1));
}
