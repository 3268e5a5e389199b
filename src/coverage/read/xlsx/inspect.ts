import type { Archive } from "../zip.ts";
import { readSmall } from "../zip.ts";
import { MAX_SMALL_PART_BYTES } from "../limits.ts";
import { type Refusal, unsafe } from "../refusal.ts";

/** Parts of a package that a report has no need of and that can do harm, by their path (ECMA-376 part 1, 15). */
const DANGERS: readonly { readonly path: RegExp; readonly code: string }[] = [
  { path: /(?:^|\/)vba(?:Project|Data)[^/]*\.(?:bin|xml)$|\/macrosheets\//i, code: "macros" },
  { path: /^Basic\/|^Scripts\//, code: "macros" },
  {
    path: /^xl\/(?:externalLinks\/|connections\.xml$|queryTables\/|webExtensions\/)/i,
    code: "external_links",
  },
  {
    path: /^xl\/(?:embeddings|activeX|ctrlProps|customUI)\/|^ObjectReplacements\/|\.(?:exe|dll|js|vbs|scr)$/i,
    code: "embedded_objects",
  },
];

/** Refuses a workbook with macros, links to other files or programs (DDE is one), or embedded objects. */
export async function refuseDangers(archive: Archive): Promise<void> {
  for (const name of archive.keys()) {
    const danger = DANGERS.find(({ path }) => path.test(name));
    if (danger) throw unsafe(danger.code, { name });
  }
  const types = await readSmall(archive, "[Content_Types].xml", MAX_SMALL_PART_BYTES);
  if (types && /macroEnabled|vnd\.ms-office\.vbaProject/i.test(Buffer.from(types).toString())) {
    throw unsafe("macros", { name: "[Content_Types].xml" });
  }
}

/** The refusal of an archive that is no spreadsheet that can be read, by what it is. */
export function refuseOtherPackages(archive: Archive): Refusal {
  const has = (path: RegExp) => [...archive.keys()].some((name) => path.test(name));
  if (has(/^xl\/workbook\.bin$/i)) return unsafe("not_a_table", { kind: "xlsb" });
  if (has(/^word\//i)) return unsafe("not_a_table", { kind: "docx" });
  if (has(/^ppt\//i)) return unsafe("not_a_table", { kind: "pptx" });
  if (has(/^xl\//i)) return unsafe("truncated", { name: "xl/workbook.xml" });
  return unsafe("not_a_table", { kind: "zip" });
}
