import type { Day } from "../domain/calendar.ts";
import { type RequirementEvidence, type RequirementForce, forceOn } from "../domain/requirement.ts";
import type { Certainty } from "../domain/certainty.ts";
import type { Database } from "../store/database.ts";

/** What portals or agencies are held against, with how sure one is of it. Days are `YYYY-MM-DD`. */
export interface RequirementRow {
  readonly id: string;
  readonly programme: string;
  readonly document_number: string;
  readonly title_vi: string;
  readonly title_en: string;
  readonly article: string | null;
  readonly text_vi: string;
  readonly text_en: string;
  readonly issued_on: Day | null;
  readonly valid_from: Day | null;
  readonly valid_to: Day | null;
  /** Whether it binds on the day of the report; an ended one shows how its time closed. */
  readonly force: RequirementForce;
  /** `text`: read in the text itself; `press`, `secondary`: told by others; `unverified`: no fact. */
  readonly certainty: Certainty;
  readonly source_url: string | null;
  readonly duty: "mandatory" | "advisory";
  readonly subject: "portal" | "agency";
  /** Portal kinds that it speaks of; empty: all. */
  readonly kinds: readonly string[];
  readonly evidence: RequirementEvidence;
}

/** All requirements in their order, with their force on a day. */
export async function listRequirements(db: Database, on: Day): Promise<RequirementRow[]> {
  const rows = await db
    .selectFrom("requirement")
    .selectAll()
    .orderBy("position")
    .orderBy("id")
    .execute();
  return rows.map(({ position: _position, ...row }) => ({ ...row, force: forceOn(row, on) }));
}
