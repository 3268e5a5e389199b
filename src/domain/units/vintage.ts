import type { AdminLevel, UnitBook, VintageFit } from "./unit.ts";
import { compareName, readName } from "./unit-name.ts";

/** A code with the name beside it, as a file has them. */
export interface CodeAndName {
  readonly code: string;
  /** Null: the file has none. */
  readonly name: string | null;
}

/**
 * How many of these pairs fit the units of each time between two boundaries, oldest first. A code is in use in several
 * of them, by other units: it is the names that tell. Pairs without a name are only counted as known.
 */
export function vintageFits(
  book: UnitBook,
  level: AdminLevel,
  pairs: readonly CodeAndName[],
): VintageFit[] {
  const written = pairs.map(({ code, name }) => ({
    code,
    name: name === null ? null : readName(name),
  }));
  const days = book.boundariesOf(level);
  return days.flatMap((from, index) => {
    let fits = 0;
    let known = 0;
    for (const { code, name } of written) {
      const unit = book.on(level, code, from);
      if (!unit) continue;
      known += 1;
      if (name && compareName(book.attributesOn(unit.id, from), name) === "same") fits += 1;
    }
    return [{ from, to: days[index + 1] ?? null, fits, known, pairs: pairs.length }];
  });
}

/** The vintage that fits best: most names, then most codes, then the newest; null without pairs. */
export function bestVintage(fits: readonly VintageFit[]): VintageFit | null {
  let best: VintageFit | null = null;
  for (const fit of fits) {
    if (fit.pairs === 0) continue;
    const worse =
      best !== null && (fit.fits < best.fits || (fit.fits === best.fits && fit.known < best.known));
    if (!worse) best = fit;
  }
  return best;
}
