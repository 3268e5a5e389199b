import type { ReadinessLevel } from "../../../src/domain/readiness.ts";

type Rung = Extract<ReadinessLevel, "L3" | "L4" | "L5">;

const FROM: Readonly<Record<Rung, string>> = { L3: "L3|L4|L5", L4: "L4|L5", L5: "L5" };

/**
 * PromQL for the share, 0 to 1, of the counted portals that are at this readiness level or above among those whose level is
 * known; `by` keeps a label, `kinds` is a regular expression of kinds of portal.
 */
export function shareFrom(
  level: Rung,
  { by = "", kinds = "" }: { readonly by?: string; readonly kinds?: string } = {},
): string {
  const matching = kinds === "" ? "" : `, kind=~"${kinds}"`;
  const sum = (levels: string) => `sum by (${by}) (portals_by_ipv6_level{${levels}${matching}})`;
  return `${sum(`level=~"${FROM[level]}"`)} / (${sum('level!="U"')} > 0)`;
}
