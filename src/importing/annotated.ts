import { openTable } from "../coverage/read/index.ts";
import { annotatedCopy, MAX_ANNOTATED_ROWS } from "../coverage/write/annotated-copy.ts";
import type { ImportFault } from "../domain/coverage/import-fault.ts";
import type { RowCounts } from "./gather.ts";

/** What came in, and what was found; `bytes` are null where the file was not kept. */
export interface Annotated {
  readonly file: { readonly name: string; readonly bytes: Uint8Array | null };
  readonly faults: readonly ImportFault[];
  readonly counts: Pick<RowCounts, "accepted" | "held" | "refused">;
}

/**
 * An XLSX of a file with its faulty cells marked and explained in both languages, to be sent back; of a file that can't
 * be opened as a table the summary alone.
 */
export async function annotate({ file, faults, counts }: Annotated): Promise<Uint8Array> {
  const { name, bytes } = file;
  const opened = bytes === null ? null : await openTable({ name, bytes });
  const read = opened?.ok ? opened.value : { name, sheets: [] };
  return annotatedCopy(read, faults, { maxRows: MAX_ANNOTATED_ROWS, counts });
}
