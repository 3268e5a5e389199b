import { INCIDENT_KINDS, SEVERITIES } from "../src/domain/incident/kinds.ts";
import { PORTAL_KINDS } from "../src/domain/portal.ts";
import type { Database } from "../src/store/database.ts";
import { putSeverities, type SeverityRow } from "../src/store/incidents/severities.ts";
import { checkedRows } from "./checked-rows.ts";

/** The file that says how urgent which incident is. */
export const SEVERITY_FILES = ["incident_severity.csv"] as const;

/** Brings the severities of incidents up to date; returns how many were added or changed. `db` is a transaction. */
export async function seedSeverities(db: Database): Promise<number> {
  return putSeverities(db, await readSeverityRows());
}

/** The rows of the file; one that does not fit is a fault of ours. */
export async function readSeverityRows(): Promise<SeverityRow[]> {
  const rows = await checkedRows(SEVERITY_FILES[0]);
  return rows.map((row) => ({
    kind: row.oneOf("kind", INCIDENT_KINDS),
    scope: row.oneOf("scope", ["whole", "partial"]),
    portal_kind: row.oneOf("portal_kind", [...PORTAL_KINDS, "*"]),
    severity: row.oneOf("severity", SEVERITIES),
  }));
}
