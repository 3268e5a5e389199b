import { sql } from "kysely";
import type { ImportFault } from "../domain/coverage/import-fault.ts";
import type { Database } from "./database.ts";
import { storableJson } from "./storable-json.ts";
import { addFile } from "./submission-files.ts";
import type { Actor } from "./write-context.ts";

/** How a file came to the register. */
export type ImportVia = "command" | "api" | "page" | "inbox" | "seed";

/** A file that was imported, as it is kept. */
export interface NewSubmission {
  readonly fileName: string;
  readonly sha256: string;
  readonly bytes: number;
  /** The file as it came; null where it is hostile. */
  readonly content: Uint8Array | null;
  readonly format: "csv" | "xlsx" | "ods" | "unknown";
  readonly encoding: string | null;
  readonly source: string;
  /** What was stated beside the file: with the same file and settings comes the same. */
  readonly settings: object;
  readonly understood: object | null;
  readonly via: ImportVia;
  readonly actor: Actor;
  readonly receivedAt: Date;
  readonly outcome: "accepted" | "held" | "refused";
  /** Rows. */
  readonly accepted: number;
  readonly held: number;
  readonly refused: number;
  /** Figures that were recorded already. */
  readonly unchanged: number;
  /** All of them, also those that are not kept one by one. */
  readonly faultCount: number;
  readonly faults: readonly ImportFault[];
}

/** An earlier import of the same file with the same settings. */
export interface EarlierSubmission {
  readonly id: number;
  readonly held: number;
  readonly refused: number;
}

/** So many faults go into one statement. */
const FAULTS_A_STATEMENT = 5000;

/** Keeps a submission with its faults; returns its number. Call it in the transaction that writes what came of it. */
export async function addSubmission(trx: Database, submission: NewSubmission): Promise<number> {
  const { id } = await trx
    .insertInto("submission")
    .values({
      file_name: submission.fileName,
      sha256: submission.sha256,
      bytes: submission.bytes,
      format: submission.format,
      encoding: submission.encoding,
      source_code: submission.source,
      settings: textOf(submission.settings),
      understood: submission.understood && textOf(submission.understood),
      via: submission.via,
      actor: submission.actor.name,
      key_id: submission.actor.keyId,
      received_at: submission.receivedAt,
      outcome: submission.outcome,
      accepted: submission.accepted,
      held: submission.held,
      refused: submission.refused,
      unchanged: submission.unchanged,
      faults: submission.faultCount,
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  if (submission.content !== null) await addFile(trx, id, submission.content);
  await addFaults(trx, id, submission.faults);
  return id;
}

/** The last import of the same bytes with the same settings, or null. */
export async function findEarlier(
  db: Database,
  { sha256, settings }: Pick<NewSubmission, "sha256" | "settings">,
): Promise<EarlierSubmission | null> {
  const row = await db
    .selectFrom("submission")
    .select(["id", "held", "refused"])
    .where("sha256", "=", sha256)
    .where(sql<boolean>`settings = ${textOf(settings)}::jsonb`)
    .orderBy("id", "desc")
    .limit(1)
    .executeTakeFirst();
  return row ?? null;
}

/** The kept faults of a submission, in the order in which they were found. */
export async function submittedFaults(db: Database, id: number): Promise<ImportFault[]> {
  const rows = await db
    .selectFrom("submission_fault")
    .selectAll()
    .where("submission_id", "=", id)
    .orderBy("number")
    .execute();
  return rows.map(({ row_number: row, column_name: column, ...fault }) => ({
    sheet: fault.sheet,
    row,
    column,
    value: fault.value,
    rule: fault.rule,
    severity: fault.severity,
    detail: fault.detail,
  }));
}

async function addFaults(trx: Database, submission: number, faults: readonly ImportFault[]) {
  for (let start = 0; start < faults.length; start += FAULTS_A_STATEMENT) {
    const chunk = faults.slice(start, start + FAULTS_A_STATEMENT);
    await sql`
      insert into submission_fault (submission_id, number, sheet, row_number, column_name, value, rule, severity, detail)
      select ${submission}::bigint, ${start}::int + number, g.sheet, g."row", g."column", g.value, g.rule, g.severity,
        g.detail
      from rows from (json_to_recordset(${textOf(chunk)}::json) as (sheet text, "row" int, "column" text, value text,
        rule text, severity text, detail jsonb)) with ordinality
        as g(sheet, "row", "column", value, rule, severity, detail, number)`.execute(trx);
  }
}

/** A file decides what stands in its cells: what PostgreSQL cannot hold is replaced. */
function textOf(value: unknown): string {
  return JSON.stringify(storableJson(value));
}
