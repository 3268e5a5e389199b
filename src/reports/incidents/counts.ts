import { sql } from "kysely";
import type { IncidentKind, Severity } from "../../domain/incident/kinds.ts";
import type { Database } from "../../store/database.ts";

/** How many incidents of a kind and severity are open. */
export interface IncidentCount {
  readonly kind: IncidentKind;
  readonly severity: Severity;
  readonly incidents: number;
}

/** Open incidents by kind and severity, those that are parts of another one too; what has none is absent. */
export async function countOpenIncidents(db: Database): Promise<IncidentCount[]> {
  return db
    .selectFrom("incident")
    .select(["kind", "severity", sql<number>`count(*)`.as("incidents")])
    .where("resolved_at", "is", null)
    .groupBy(["kind", "severity"])
    .execute();
}
