import { type FaultRow, faultRow } from "../../catalogue/import-faults/fault-row.ts";
import type { RuleId, Severity } from "../../domain/coverage/import-fault.ts";
import type { Database } from "../../store/database.ts";
import { type Page, type PageRequest, toPage } from "../page.ts";

/** Which faults of a submission. */
export interface FaultFilter {
  readonly rule?: RuleId | undefined;
  readonly severity?: Severity | undefined;
}

/** The kept faults of a submission in the order in which they were found; the position is the last one's number. */
export async function listFaults(
  db: Database,
  submission: { readonly id: number; readonly file: string },
  filter: FaultFilter,
  page: PageRequest<readonly [number]>,
): Promise<Page<FaultRow, readonly [number]>> {
  let query = db
    .selectFrom("submission_fault")
    .selectAll()
    .where("submission_id", "=", submission.id)
    .orderBy("number")
    .limit(page.limit + 1);
  if (filter.rule !== undefined) query = query.where("rule", "=", filter.rule);
  if (filter.severity !== undefined) query = query.where("severity", "=", filter.severity);
  if (page.after) query = query.where("number", ">", page.after[0]);
  const found = await query.execute();
  const { rows, next } = toPage(found, page.limit, ({ number }): readonly [number] => [number]);
  const shown = rows.map(({ row_number: row, column_name: column, ...fault }) =>
    faultRow(submission.file, { ...fault, row, column }),
  );
  return { rows: shown, next };
}
