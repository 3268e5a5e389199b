import type { Cause, CheckId, Verdict } from "../../src/domain/finding.ts";
import type { Blocker } from "../../src/domain/judgement.ts";
import type { ReadinessLevel } from "../../src/domain/readiness.ts";
import type { FindingFamily } from "../../src/store/audit-schema.ts";
import type { Database } from "../../src/store/database.ts";
import { START } from "../store/helpers/results.ts";
import { VIEW } from "./world.ts";

/** A present finding to be stored; what is absent is that of a failed W3 over IPv6. */
export interface GivenFinding {
  readonly portal: number;
  readonly check?: CheckId;
  readonly family?: FindingFamily;
  readonly verdict?: Verdict;
  readonly reason?: string;
  readonly causes?: readonly Cause[];
}

/** Stores present findings at the vantage point of the world. */
export async function putFindings(db: Database, given: readonly GivenFinding[]): Promise<void> {
  const vantage = await vantageId(db);
  const at = new Date(START);
  const rows = given.map((finding) => ({
    portal_id: finding.portal,
    vantage_id: vantage,
    check_id: finding.check ?? "W3",
    family: finding.family ?? "ip6",
    verdict: finding.verdict ?? "fail",
    reason: finding.reason ?? "certificate_expired",
    evidence: "{}",
    causes: JSON.stringify(finding.causes ?? []),
    ruleset: "test",
    since: at,
    first_seen: at,
    last_seen: at,
    last_changed: at,
    first_audit_id: 1,
    last_audit_id: 1,
  }));
  await db.insertInto("finding").values(rows).execute();
}

/** Stores the confirmed level of a portal with what keeps it from the next. */
export async function putLevel(
  db: Database,
  given: { portal: number; level: ReadinessLevel; blockers?: readonly Blocker[] },
): Promise<void> {
  const vantage = await vantageId(db);
  const track = { since: START, confirmedAt: START, pending: null, changes: [] };
  await db
    .insertInto("standing_track")
    .values({
      portal_id: given.portal,
      vantage_id: vantage,
      level_track: JSON.stringify({ value: given.level, ...track }),
      grade_track: JSON.stringify({ value: "C", ...track }),
      level_blockers: JSON.stringify(given.blockers ?? []),
      last_audit_id: 1,
      last_audit_at: new Date(START),
    })
    .execute();
}

async function vantageId(db: Database): Promise<number> {
  const row = await db
    .selectFrom("vantage")
    .select("id")
    .where("name", "=", VIEW.vantage)
    .executeTakeFirstOrThrow();
  return row.id;
}
