import type { ImportFault } from "../../../domain/coverage/import-fault.ts";
import type { RawRow, ReadSheet } from "../../contract.ts";
import { createKeeper, XML_TO_WEIGHT } from "../kept-rows.ts";
import { MAX_SHEETS, MAX_SMALL_PART_BYTES } from "../limits.ts";
import { fault, unsafe } from "../refusal.ts";
import type { SampleTaker } from "../sample.ts";
import { hiddenParts, type OpenedSheets } from "../xlsx/open.ts";
import { decoded, XmlTokens } from "../xml.ts";
import { type Archive, type ArchiveEntry, inflate, readSmall } from "../zip.ts";
import { ContentReader } from "./content.ts";

const CONTENT = "content.xml";

/** Whether the archive is an OpenDocument file; one that is no spreadsheet is refused. */
export function isOds(archive: Archive): boolean {
  const type = archive.get("mimetype");
  if (!type || !archive.has(CONTENT)) return false;
  const text = Buffer.from(type.packed).toString("latin1");
  if (!text.startsWith("application/vnd.oasis.opendocument.")) return false;
  if (text.includes("spreadsheet")) return true;
  throw unsafe("not_a_table", { kind: "odt" });
}

/**
 * The sheets that are shown, each gone through once. hucre's ODS reader keeps all rows of all sheets, repeated ones
 * written out, so the same bounded XML reader is used as for XLSX.
 */
export async function openOds(archive: Archive, sample: SampleTaker): Promise<OpenedSheets> {
  const manifest = await readSmall(archive, "META-INF/manifest.xml", MAX_SMALL_PART_BYTES);
  if (manifest && Buffer.from(manifest).includes("encryption-data")) {
    throw unsafe("password_protected");
  }
  const entry = archive.get(CONTENT);
  if (!entry) throw unsafe("truncated", { name: CONTENT });
  const reader = new ContentReader(null);
  const shown = new Set<number>();
  const tokens = new XmlTokens(CONTENT, reader);
  for await (const text of decoded(inflate(entry), CONTENT)) {
    tokens.take(text);
    for (const { sheet, row } of reader.takeRows()) {
      shown.add(sheet);
      sample.take(row.cells);
    }
    if (reader.sheets.length > MAX_SHEETS) {
      throw unsafe("too_many_sheets", { sheets: reader.sheets.length, limit: MAX_SHEETS });
    }
  }
  tokens.end();
  return collect(entry, reader, shown);
}

function collect(entry: ArchiveEntry, reader: ContentReader, shown: ReadonlySet<number>) {
  const keep = createKeeper();
  const sheets: ReadSheet[] = [];
  const faults: ImportFault[] = [];
  for (const [at, { name, hidden, traits }] of reader.sheets.entries()) {
    if (hidden) {
      faults.push(fault("V18", "warn", "hidden_sheet", { sheet: name }, { sheet: name }));
    } else if (shown.has(at)) {
      faults.push(...hiddenParts(name, traits));
      sheets.push({
        name,
        merges: traits.merges,
        rows: keep(() => rowsOf(entry, at), entry.size / reader.sheets.length / XML_TO_WEIGHT),
      });
    }
  }
  return { sheets, faults };
}

async function* rowsOf(entry: ArchiveEntry, sheet: number): AsyncGenerator<RawRow> {
  const reader = new ContentReader(sheet);
  const tokens = new XmlTokens(CONTENT, reader);
  for await (const text of decoded(inflate(entry), CONTENT)) {
    tokens.take(text);
    for (const { row } of reader.takeRows()) yield row;
    if (reader.sheets.length > sheet + 1) return;
  }
}
