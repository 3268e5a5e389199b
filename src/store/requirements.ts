import { sql } from "kysely";
import type { RequirementEvidence } from "../domain/requirement.ts";
import type { Certainty } from "../domain/certainty.ts";
import type { Database } from "./database.ts";

/** One row of legal or programme text that portals or agencies are held against; days are `YYYY-MM-DD`. */
export interface RequirementInput {
  readonly id: string;
  readonly programme: string;
  readonly document_number: string;
  readonly title_vi: string;
  readonly title_en: string;
  readonly article: string | null;
  readonly text_vi: string;
  readonly text_en: string;
  readonly issued_on: string | null;
  readonly valid_from: string | null;
  readonly valid_to: string | null;
  readonly certainty: Certainty;
  readonly source_url: string | null;
  readonly duty: "mandatory" | "advisory";
  readonly subject: "portal" | "agency";
  readonly kinds: readonly string[];
  readonly evidence: RequirementEvidence;
  readonly position: number;
}

/** Every column but the key. */
const CHANGEABLE = [
  "programme",
  "document_number",
  "title_vi",
  "title_en",
  "article",
  "text_vi",
  "text_en",
  "issued_on",
  "valid_from",
  "valid_to",
  "certainty",
  "source_url",
  "duty",
  "subject",
  "kinds",
  "evidence",
  "position",
] as const;

/** Adds the requirements that are new and brings changed ones up to date; returns how many of both there were. */
export async function putRequirements(
  db: Database,
  rows: readonly RequirementInput[],
): Promise<number> {
  const columns = sql.join(CHANGEABLE.map((column) => sql.ref(column)));
  const set = CHANGEABLE.map(
    (column) => sql`${sql.ref(column)} = ${sql.ref(`excluded.${column}`)}`,
  );
  const old = sql.join(CHANGEABLE.map((column) => sql.ref(`requirement.${column}`)));
  const fresh = sql.join(CHANGEABLE.map((column) => sql.ref(`excluded.${column}`)));
  const { rows: put } = await sql`
    insert into requirement (id, ${columns})
    select id, ${columns} from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as given(
      id text, programme text, document_number text, title_vi text, title_en text, article text,
      text_vi text, text_en text, issued_on date, valid_from date, valid_to date, certainty text,
      source_url text, duty text, subject text, kinds text[], evidence jsonb, position integer)
    on conflict (id) do update set ${sql.join(set)}
    where (${old}) is distinct from (${fresh})
    returning id`.execute(db);
  return put.length;
}
