import { addAgencies } from "./agencies.ts";
import { writeAudit } from "./audit-log.ts";
import { type ImportFault, parseTable, readImport } from "./import-text.ts";
import { addPortals, lockPortals } from "./portal-bulk.ts";
import { planImport } from "./portal-import-plan.ts";
import { PORTAL_COLUMNS, readPortalRow } from "./portal-row.ts";
import type { WriteContext } from "./write-context.ts";

export type { ImportFault } from "./import-text.ts";

/** What became of a file; `faults` are in the order of lines. */
export interface PortalImport {
  readonly accepted: number;
  readonly refused: number;
  /** Rows that are registered already with the same values. */
  readonly unchanged: number;
  readonly faults: readonly ImportFault[];
}

/**
 * Registers the portals of a CSV file (columns as in seeds/portals.csv, in any order): good rows are stored,
 * each bad one is reported. A file whose header or form is wrong is refused as a whole, as one refusal.
 */
export async function importPortals(
  { db, actor }: WriteContext,
  source: string | AsyncIterable<Uint8Array>,
  now = new Date(),
): Promise<PortalImport> {
  const text = await readImport(source);
  if (!text.ok) return { accepted: 0, refused: 1, unchanged: 0, faults: [text.problem] };
  const table = parseTable(text.value, PORTAL_COLUMNS);
  if (!table.ok) return { accepted: 0, refused: 1, unchanged: 0, faults: table.problem };
  const read = table.value.rows.map(readPortalRow);
  const good = read.flatMap((each) => ("row" in each ? [each.row] : []));
  const wrong = read.flatMap((each) => ("faults" in each ? [each.faults] : []));
  return db.transaction().execute(async (trx) => {
    await lockPortals(trx);
    const plan = await planImport(trx, good, table.value.columns);
    await addAgencies(trx, plan.agencies);
    const added = await addPortals(trx, plan.portals, now);
    if (added.length !== plan.portals.length)
      throw new Error("A portal that was checked was not added");
    const entries = plan.portals.map((after) => ({
      action: "import" as const,
      objectType: "portal",
      objectId: after.slug,
      before: null,
      after,
    }));
    await writeAudit(trx, actor, entries);
    const faults = [...table.value.faults, ...wrong.flat(), ...plan.faults];
    return {
      accepted: added.length,
      refused: table.value.faults.length + wrong.length + plan.faults.length,
      unchanged: plan.unchanged,
      faults: faults.toSorted((one, other) => one.line - other.line),
    };
  });
}
