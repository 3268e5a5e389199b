import type { Day } from "../../domain/calendar.ts";
import type { AdminLevel, UnitBook, VintageFit } from "../../domain/units/unit.ts";
import { bestVintage, type CodeAndName, vintageFits } from "../../domain/units/vintage.ts";

/** Which time a table's codes are of, as its own content tells, or why it doesn't. */
export type WhichVintage =
  | { readonly ok: true; readonly fit: VintageFit }
  | {
      readonly ok: false;
      readonly why: "nothing_fits" | "ambiguous";
      readonly fits: readonly VintageFit[];
    };

/** A table of which fewer names than this fit is of no time that is known. */
const ENOUGH = 0.5;

/**
 * Decides by the names beside the codes, and where there are none, by the codes in use. Codes that several times have
 * in common, for other units, decide nothing.
 */
export function whichVintage(
  book: UnitBook,
  level: AdminLevel,
  pairs: readonly CodeAndName[],
): WhichVintage {
  const fits = vintageFits(book, level, pairs);
  const best = bestVintage(fits);
  const named = pairs.filter(({ name }) => name !== null).length;
  if (best === null || best.known === 0 || best.fits < named * ENOUGH) {
    return { ok: false, why: "nothing_fits", fits };
  }
  const equal = fits.filter(
    ({ fits: count, known }) => count === best.fits && known === best.known,
  );
  const clear = equal.every(({ from }) => sameUnits(book, level, pairs, from, best.from));
  return clear ? { ok: true, fit: best } : { ok: false, why: "ambiguous", fits };
}

function sameUnits(
  book: UnitBook,
  level: AdminLevel,
  pairs: readonly CodeAndName[],
  one: Day,
  other: Day,
): boolean {
  return pairs.every(({ code }) => book.on(level, code, one) === book.on(level, code, other));
}
