import { parseHostName, type SeenName } from "../domain/seen-names.ts";
import { writeAudit } from "./audit-log.ts";
import { fault, type ImportFault, type ImportRow, parseTable, readImport } from "./import-text.ts";
import { noteNames } from "./seen-names.ts";
import type { WriteContext } from "./write-context.ts";

/** The columns of a list of host names; `detail` says where a name comes from. */
const COLUMNS = { required: ["host"], optional: ["detail"] } as const;

/** Far more than a country has government hosts; beyond it the list is not one of ours. */
const MAX_ROWS = 20_000;
const MAX_DETAIL = 500;

/** What became of a list; `faults` are in the order of lines. */
export interface NamesImport {
  /** Names that nobody had seen before. */
  readonly accepted: number;
  /** Names that were known already, or stand in the list twice. */
  readonly known: number;
  readonly refused: number;
  readonly faults: readonly ImportFault[];
}

/** Notes the host names of a CSV list; good rows are stored, each bad one is reported. One with a wrong form is refused. */
export async function importNames(
  { db, actor }: WriteContext,
  source: string | AsyncIterable<Uint8Array>,
  now = new Date(),
): Promise<NamesImport> {
  const text = await readImport(source);
  if (!text.ok) return refusal([text.problem]);
  const table = parseTable(text.value, COLUMNS);
  if (!table.ok) return refusal(table.problem);
  const { rows } = table.value;
  if (rows.length > MAX_ROWS) {
    return refusal([fault(1, "", "", `${rows.length} rows; at most ${MAX_ROWS} are read`)]);
  }
  const read = rows.map(readRow);
  const good = read.flatMap((row) => ("name" in row ? [row.name] : []));
  const wrong = read.flatMap((row) => ("fault" in row ? [row.fault] : []));
  const names = [...new Map(good.map((name) => [name.host, name])).values()];
  const accepted = await db.transaction().execute(async (trx) => {
    const added = await noteNames(trx, null, names, now);
    const after = { accepted: added, known: good.length - added, refused: wrong.length };
    await writeAudit(trx, actor, [
      { action: "import", objectType: "seen_name", objectId: "list", before: null, after },
    ]);
    return added;
  });
  const faults = [...table.value.faults, ...wrong].toSorted((one, other) => one.line - other.line);
  return { accepted, known: good.length - accepted, refused: faults.length, faults };
}

function readRow({ line, cells }: ImportRow): { name: SeenName } | { fault: ImportFault } {
  const text = cells.get("host") ?? "";
  const detail = cells.get("detail") ?? "";
  const host = parseHostName(text);
  if (host === null) return { fault: fault(line, "host", text, "not a host name") };
  if (detail.length > MAX_DETAIL) {
    return { fault: fault(line, "detail", detail, `at most ${MAX_DETAIL} characters`) };
  }
  return { name: { host, how: "import", detail: detail === "" ? null : detail } };
}

function refusal(faults: readonly ImportFault[]): NamesImport {
  return { accepted: 0, known: 0, refused: 1, faults };
}
