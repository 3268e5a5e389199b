import type { Day } from "../../domain/calendar.ts";
import type { Place } from "./place.ts";
import type { Scene } from "./scene.ts";

/** Code and name as a file pairs them. */
export interface StatedPair {
  readonly level: "province" | "commune";
  readonly code: string;
  readonly name: string | null;
}

/** How many different pairs are enough to tell a vintage: all units of every vintage are 14,000. */
const MOST_PAIRS = 50_000;

/**
 * What a file's pairs of code and name say about whose units they are: a pair that fits both before and after a change
 * says nothing, one that fits on one side only says everything.
 */
export class VintageEvidence {
  readonly #pairs = new Map<string, StatedPair>();
  readonly #counts = { stated: 0, other: 0, both: 0, neither: 0 };
  #lastDay: Day | null = null;
  #named = false;
  #ambiguousCodes = false;

  add({ stated, day, unit, holders, nameFits }: Place, scene: Scene): void {
    const { level, code, name } = stated;
    if (level === "country" || code === null || day === null) return;
    if (this.#pairs.size >= MOST_PAIRS) return;
    const key = `${vintageOf(day, scene)}|${level}|${code}|${name ?? ""}`;
    if (this.#pairs.has(key)) return;
    this.#pairs.set(key, { level, code, name });
    this.#lastDay = day;
    this.#named ||= name !== null;
    this.#ambiguousCodes ||= holders.length > 1;
    const fits = unit !== null && nameFits !== false;
    const elsewhere = holders.some(
      (each) => each !== unit && (name === null || scene.names.hasName(each, name)),
    );
    if (fits) this.#counts[elsewhere ? "both" : "stated"] += 1;
    else this.#counts[elsewhere ? "other" : "neither"] += 1;
  }

  get counts(): Readonly<Record<"stated" | "other" | "both" | "neither", number>> {
    return this.#counts;
  }

  /** The pairs of the level that most of them are of, for a diagnosis. */
  get pairs(): { readonly level: StatedPair["level"]; readonly pairs: readonly StatedPair[] } {
    const all = [...this.#pairs.values()];
    const communes = all.filter(({ level }) => level === "commune");
    return communes.length * 2 >= all.length
      ? { level: "commune", pairs: communes }
      : { level: "province", pairs: all.filter(({ level }) => level === "province") };
  }

  /** The last day that pairs were compared on; null: there are none. */
  get day(): Day | null {
    return this.#lastDay;
  }

  /** Whether nothing but codes was there to go by, and some of them were used more than once. */
  get onlyCodes(): boolean {
    return !this.#named && this.#ambiguousCodes;
  }
}

/** The boundary that the vintage of a day began with; empty before the first. */
function vintageOf(day: Day, scene: Scene): Day {
  return scene.register.units.boundaries.findLast((boundary) => boundary <= day) ?? "";
}
