import type { Day } from "../calendar.ts";

/** In which sense something is covered; the three are kept apart everywhere, `index` is a ranking or score. */
export const SENSES = ["reaches", "can_get", "uses", "count", "index"] as const;

export type Sense = (typeof SENSES)[number];

export type UnitLevel = "country" | "province" | "commune";

/** A written, versioned definition: what is counted, over what, in which sense. A row of seeds/indicators.csv. */
export interface Indicator {
  readonly code: string;
  readonly version: number;
  readonly nameVi: string;
  readonly nameEn: string;
  readonly definitionVi: string;
  readonly definitionEn: string;
  readonly numeratorVi: string;
  readonly numeratorEn: string;
  readonly denominatorVi: string | null;
  readonly denominatorEn: string | null;
  /** household, person, hamlet, commune, site, region, … */
  readonly unitCounted: string;
  readonly sense: Sense;
  /** Code of what the numerator is a part of (`households`, `population`, `hamlets`, `communes`, …); null: a count. */
  readonly denominatorKind: string | null;
  readonly technology: string;
  /** The technology or a better one, as SDG 9.c.1 counts. */
  readonly atLeast: boolean;
  readonly place: "any" | "indoor" | "outdoor" | "not_stated";
  /** How several operators become one value: their union where it is given, else the greatest; never the sum. */
  readonly multiOperator: "union" | "max" | "named";
  /** It only grows while nothing is torn down: a fall is held for review. */
  readonly cumulative: boolean;
  /** The lowest level at which it is reported and from which it is added up. */
  readonly lowestLevel: UnitLevel;
  /** No figure can be older: the technology did not exist. */
  readonly existsFrom: Day | null;
  /** Code of the indicator whose numerator cannot be smaller, over the same denominator (5G within at least 4G). */
  readonly partOf: string | null;
  /** Of a yes/no indicator: code of the indicator that is above 0 exactly when this one is yes. */
  readonly shownBy: string | null;
  /**
   * Name of a set of indicators of which one thing can be in one only (a hamlet has no signal, a weak or a good one):
   * their numerators over the same denominator don't add up to more than it. Null: of no such set.
   */
  readonly partition: string | null;
  /**
   * Header texts of columns with its numerator, or, with a leading `%`, of its percentage; as people write them,
   * compared after folding.
   */
  readonly aliases: readonly string[];
  readonly validFrom: Day;
  /** First day on which it is not in force any more. */
  readonly validTo: Day | null;
}

/** What numerators are parts of, with the headers that its columns have. A row of seeds/denominator_kinds.csv. */
export interface DenominatorKind {
  readonly code: string;
  readonly nameVi: string;
  readonly nameEn: string;
  readonly aliases: readonly string[];
}

/** The version of an indicator that is in force on a day, or null. */
export function indicatorOn(
  indicators: readonly Indicator[],
  code: string,
  day: Day,
): Indicator | null {
  return (
    indicators.find(
      (each) =>
        each.code === code &&
        each.validFrom <= day &&
        (each.validTo === null || day < each.validTo),
    ) ?? null
  );
}
