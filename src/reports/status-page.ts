import { sql } from "kysely";
import type { Family } from "../domain/family.ts";
import type { IncidentKind, Severity } from "../domain/incident/kinds.ts";
import type { PortalState } from "../domain/portal-state.ts";
import type { Database } from "../store/database.ts";
import { openByPortal } from "./incidents/open-by-portal.ts";
import type { Viewpoint } from "./page.ts";
import { portalsQuery } from "./portal-summary.ts";
import { type PlainWords, plainWords } from "./status-words.ts";

/** One open incident as everyone may know it. */
export interface StatusIncident {
  readonly kind: IncidentKind;
  readonly severity: Severity;
  readonly family: Family | null;
  /** ISO 8601 UTC. */
  readonly opened_at: string;
  /** What it means for those who use the portal. */
  readonly says: PlainWords;
}

/** A portal that the operator chose to publish. */
export interface StatusPortal {
  readonly id: string;
  readonly name_vi: string;
  readonly name_en: string | null;
  readonly url: string;
  readonly state: PortalState;
  readonly incidents: readonly StatusIncident[];
}

/** What the operator wrote for everyone, the latest first. Instants are ISO 8601 UTC. */
export interface StatusNoteRow {
  readonly id: number;
  readonly text_vi: string;
  readonly text_en: string | null;
  readonly at: string;
}

/** The public status page: chosen things only, so that everyone may have it. */
export interface StatusPage {
  readonly portals: readonly StatusPortal[];
  readonly notes: readonly StatusNoteRow[];
  readonly made_up: boolean;
}

/** More notes than that are no news. */
const NOTES_SHOWN = 20;

/** The chosen portals in their order with state and open incidents, and the notes that have not ended. */
export async function statusPage(db: Database, view: Viewpoint): Promise<StatusPage> {
  const rows = await portalsQuery(db, view)
    .innerJoin("status_item as s_item", "s_item.portal_id", "p.id")
    .orderBy("s_item.position")
    .execute();
  const open = await openByPortal(
    db,
    rows.map(({ id }) => id),
  );
  const notes = await db
    .selectFrom("status_note")
    .select(["id", "text_vi", "text_en", sql<Date>`created_at`.as("at")])
    .where("ended_at", "is", null)
    .orderBy("created_at", "desc")
    .orderBy("id", "desc")
    .limit(NOTES_SHOWN)
    .execute();
  return {
    portals: rows.map((row) => ({
      id: row.slug,
      name_vi: row.name_vi,
      name_en: row.name_en,
      url: row.url,
      state: row.state,
      incidents: open
        .filter(({ portal }) => portal === row.id)
        .map(({ kind, severity, family, openedAt }) => ({
          kind,
          severity,
          family,
          opened_at: new Date(openedAt).toISOString(),
          says: plainWords(kind, family),
        })),
    })),
    notes: notes.map(({ at, ...row }) => ({ ...row, at: at.toISOString() })),
    made_up: rows.some((row) => row.made_up),
  };
}
