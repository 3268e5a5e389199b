import { setImmediate } from "node:timers/promises";
import type { RawRow } from "../contract.ts";

/** What the rows of one file may weigh to be kept; 3,321 communes with eight columns come to a fifth of it. */
const MOST = 4_000_000;

/** A cell of a spreadsheet takes so many bytes of XML for each that it weighs. */
export const XML_TO_WEIGHT = 4;

/** What a cell weighs beside its characters. */
const CELL = 16;

/** Kept rows come without a turn of the event loop: after so many others have theirs. */
const BREATHE_ROWS = 500;

type Rows = () => AsyncIterable<RawRow>;

/**
 * Makes the rows of a file's sheets ones that are kept while they are gone through for the first time, and not read
 * again, as long as all that is kept stays small: rows whose weight is guessed to be more are not begun with. A file is gone through four times, and most of the time went into
 * taking it apart again.
 */
export function createKeeper(most = MOST): (rows: Rows, guess: number) => Rows {
  let left = most;
  return (rows, guess) => {
    if (guess > left) return rows;
    let kept: readonly RawRow[] | null = null;
    let tooMany = false;
    async function* reading(): AsyncGenerator<RawRow, void, undefined> {
      let seen: RawRow[] = [];
      let weight = 0;
      for await (const row of rows()) {
        if (!tooMany) {
          weight += weightOf(row);
          seen.push(row);
          tooMany = weight > left;
          if (tooMany) seen = [];
        }
        yield row;
      }
      // A pass that ended early does not get here.
      if (tooMany || kept !== null) return;
      kept = seen;
      left -= weight;
    }
    return () => (kept === null ? reading() : replay(kept));
  };
}

async function* replay(rows: readonly RawRow[]): AsyncGenerator<RawRow, void, undefined> {
  for (const [index, row] of rows.entries()) {
    if (index % BREATHE_ROWS === BREATHE_ROWS - 1) await setImmediate();
    yield row;
  }
}

function weightOf({ cells }: RawRow): number {
  let weight = CELL;
  for (const cell of cells) weight += CELL + (typeof cell === "string" ? cell.length : 0);
  return weight;
}
