import { readFile } from "node:fs/promises";
import { parseTable } from "../src/store/import-text.ts";
import type { NewPortal } from "../src/store/portal-bulk.ts";
import { PORTAL_COLUMNS, type PortalRow, readPortalRow } from "../src/store/portal-row.ts";
import { must, optional, readRows, seedFile } from "./seed-rows.ts";

/** The portals as `portals import` reads them; a row that it would refuse is a fault of ours. */
export async function readPortals(): Promise<PortalRow[]> {
  const table = parseTable(await readFile(seedFile("portals.csv"), "utf8"), PORTAL_COLUMNS);
  if (!table.ok) throw new Error("seeds/portals.csv is broken", { cause: table.problem });
  return table.value.rows.map((row) => {
    const read = readPortalRow(row);
    if ("faults" in read) throw new Error("seeds/portals.csv is broken", { cause: read.faults });
    return read.row;
  });
}

/** What is known beside the list, by the portal's id. */
export async function readPortalNotes(): Promise<
  ReadonlyMap<string, Pick<NewPortal, "note" | "evidenceClass">>
> {
  const rows = await readRows("portal_notes.csv");
  return new Map(
    rows.map((row) => [
      must(row, "id"),
      { note: optional(row, "note"), evidenceClass: must(row, "evidence_class") },
    ]),
  );
}
