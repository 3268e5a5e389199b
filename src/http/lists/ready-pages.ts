import { committedSoFar } from "../../reports/committed-so-far.ts";
import type { Database } from "../../store/database.ts";
import { createSharedReads } from "./shared-reads.ts";

/** What is sent for one question, and the cursor of the next page. */
export interface ReadyPage {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly nextCursor: string | null;
}

/** The page of a key: a ready one if it still is what would be read now, else what `make` comes to. */
export type ReadyPages = (key: string, make: () => Promise<ReadyPage>) => Promise<ReadyPage>;

/** Pages also change with time alone, when runs become too old to tell: a ready one is at most so old, in milliseconds. */
const MAX_AGE_MS = 1000;

/** Of at most 500 rows each, which is some 20 MB in all. */
const MAX_PAGES = 64;

/**
 * Keeps pages while nothing is committed anywhere in the database, which is asked before each of them is given out, so
 * that nobody is shown less than what was committed before they asked; those who ask at the same time share that question.
 * For what everybody is shown alike: access is checked before.
 */
export function createReadyPages(db: Database, clock: () => number): ReadyPages {
  const committed = createSharedReads<string>();
  const made = createSharedReads<ReadyPage>();
  let kept = { of: "", since: 0, pages: new Map<string, ReadyPage>() };
  return async (key, make) => {
    const of = await committed("", () => committedSoFar(db));
    const now = clock();
    if (kept.of !== of || Math.abs(now - kept.since) >= MAX_AGE_MS) {
      kept = { of, since: now, pages: new Map() };
    }
    const { pages } = kept;
    const ready = pages.get(key);
    if (ready) return ready;
    const page = await made(key, make);
    if (pages.size < MAX_PAGES) pages.set(key, page);
    return page;
  };
}
