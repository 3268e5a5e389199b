import type { ReadSheet } from "../../contract.ts";
import type { ImportFault } from "../../../domain/coverage/import-fault.ts";
import { createKeeper, XML_TO_WEIGHT } from "../kept-rows.ts";
import { fault, unsafe } from "../refusal.ts";
import type { Archive } from "../zip.ts";
import type { SampleTaker } from "../sample.ts";
import { readSharedTexts } from "./shared-texts.ts";
import { noTraits, sheetRows } from "./sheet.ts";
import { readNumberLooks } from "./styles.ts";
import type { Workbook } from "./workbook.ts";

/** The sheets that are shown, with what a person should know of them. */
export interface OpenedSheets {
  readonly sheets: readonly ReadSheet[];
  readonly faults: readonly ImportFault[];
}

/**
 * Goes through every shown sheet once, so that whatever is broken or too large is refused before anybody takes a row,
 * and merged ranges, which stand behind the rows, are known; what it keeps is the table of texts.
 */
export async function openSheets(
  archive: Archive,
  workbook: Workbook,
  sample: SampleTaker,
): Promise<OpenedSheets> {
  const context = {
    texts: await readSharedTexts(archive, workbook.sharedTexts),
    looks: await readNumberLooks(archive, workbook.styles),
    from1904: workbook.from1904,
  };
  const keep = createKeeper();
  const sheets: ReadSheet[] = [];
  const faults: ImportFault[] = [];
  for (const { name, hidden, part } of workbook.sheets) {
    if (hidden) {
      faults.push(fault("V18", "warn", "hidden_sheet", { sheet: name }, { sheet: name }));
      continue;
    }
    const entry = archive.get(part);
    if (!entry) throw unsafe("truncated", { name: part });
    const traits = noTraits();
    let seen = 0;
    for await (const row of sheetRows(entry, name, context, traits)) {
      seen += 1;
      sample.take(row.cells);
    }
    if (seen === 0) continue;
    faults.push(...hiddenParts(name, traits));
    const again = keep(() => sheetRows(entry, name, context), entry.size / XML_TO_WEIGHT);
    sheets.push({ name, merges: traits.merges, rows: again });
  }
  return { sheets, faults };
}

/** Hidden rows and columns are read, since filters hide rows too; they are told. */
export function hiddenParts(
  sheet: string,
  { hiddenRows, hiddenColumns }: { readonly hiddenRows: number; readonly hiddenColumns: number },
): ImportFault[] {
  if (hiddenRows === 0 && hiddenColumns === 0) return [];
  return [
    fault("V18", "warn", "hidden_rows", { rows: hiddenRows, columns: hiddenColumns }, { sheet }),
  ];
}
