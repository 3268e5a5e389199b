import { type Gathered, nothingGathered, type RowCounts } from "./gather.ts";
import type { ImportOutcome } from "./import-outcome.ts";

/** What a file comes to as a whole, with what of it is to be written. */
export interface Weighed {
  readonly outcome: ImportOutcome["outcome"];
  readonly counts: RowCounts;
  readonly gathered: Gathered;
}

/** A file that is refused as a whole; `rowsSeen` is how many rows of it are known. */
export function refusedFile(gathered: Gathered, rowsSeen: number): Weighed {
  const counts = { ...gathered.counts, refused: Math.max(1, rowsSeen) };
  return { outcome: "refused", counts, gathered };
}

/** A file whose rows were judged; with `allOrNothing` one row that is not accepted refuses them all. */
export function judgedFile(gathered: Gathered, allOrNothing: boolean): Weighed {
  const { counts, faults, faultCount } = gathered;
  const { accepted, held, refused } = counts;
  if (allOrNothing && held + refused > 0) {
    return refusedFile(nothingGathered(faults, faultCount), accepted + held + refused);
  }
  if (held > 0) return { outcome: "held", counts, gathered };
  const outcome = accepted === 0 && refused > 0 ? "refused" : "accepted";
  return { outcome, counts, gathered };
}
