import type { ProbeResult } from "../domain/observation.ts";
import { isContentRefused } from "./database.ts";
import type { BatchStore } from "./result-batch.ts";
import { isWellFormed } from "./result-rows.ts";

/** What became of a batch that the database has taken as far as it can. */
export interface BatchOutcome {
  /** Older than what is kept. */
  readonly expired: number;
  /** Not storable, whatever is tried; `error` is the last refusal, null where the shape alone was wrong. */
  readonly refused: readonly { readonly result: ProbeResult; readonly error: unknown }[];
}

/**
 * Stores a batch; where the database refuses its content, halves it until the rows that it refuses stand alone,
 * and stores the others. Throws when the database cannot take anything now.
 */
export async function storeSplitting(
  store: BatchStore,
  results: readonly ProbeResult[],
): Promise<BatchOutcome> {
  const wellFormed = results.filter(isWellFormed);
  const malformed = results.filter((result) => !isWellFormed(result));
  const { expired, refused } = await storeWhole(store, wellFormed).catch((error: unknown) => {
    if (!isContentRefused(error)) throw error;
    return split(store, wellFormed);
  });
  return {
    expired,
    refused: [...malformed.map((result) => ({ result, error: null })), ...refused],
  };
}

async function storeWhole(
  store: BatchStore,
  results: readonly ProbeResult[],
): Promise<BatchOutcome> {
  if (results.length === 0) return { expired: 0, refused: [] };
  const { expired } = await store.store(results);
  return { expired, refused: [] };
}

/** Tries the whole first: what the store knew of partitions and vantage points may have been out of date. */
async function split(store: BatchStore, results: readonly ProbeResult[]): Promise<BatchOutcome> {
  try {
    return await storeWhole(store, results);
  } catch (error) {
    if (!isContentRefused(error)) throw error;
    const [only, ...others] = results;
    if (only && others.length === 0) return { expired: 0, refused: [{ result: only, error }] };
    const middle = Math.ceil(results.length / 2);
    const first = await split(store, results.slice(0, middle));
    const second = await split(store, results.slice(middle));
    return {
      expired: first.expired + second.expired,
      refused: [...first.refused, ...second.refused],
    };
  }
}
