import type { Confirmation } from "../../domain/incident/change.ts";
import type { TellingView } from "../../domain/incident/telling.ts";
import { isDoubtful } from "../../domain/incident/vantage-health.ts";
import type { VantagePart } from "../incident-schema.ts";
import type { OpenRow } from "./open-rows.ts";
import type { Round } from "./round.ts";
import type { KnownVantage } from "./vantage-tracks.ts";

/** Whether every place that confirmed an incident of portals was ill about then. */
export function doubtOf(
  row: OpenRow,
  vantages: ReadonlyMap<number, KnownVantage["parts"]>,
  { policy, intervalMs }: Pick<Round, "policy" | "intervalMs">,
): TellingView["doubt"] {
  const isSeenByProbes = row.kind !== "vantage_degraded" && !row.kind.endsWith("_regression");
  const { vantages: confirmed = [] } = row.confirmation as Partial<Confirmation>;
  if (!isSeenByProbes || confirmed.length === 0) return null;
  const instants = {
    openedAt: row.opened_at.getTime(),
    // When a change was confirmed is not kept.
    confirmedAt: isChanged(row) ? Number.POSITIVE_INFINITY : row.confirmed_at.getTime(),
    lastBadAt: row.last_bad_at.getTime(),
  };
  const isIll = (vantage: number, part: VantagePart) => {
    const track = vantages.get(vantage)?.get(part);
    // A mass failure stops no probes: it takes as long as their schedule until all of it is seen.
    const spreadMs = part === "mass" ? policy.mass.withinIntervals * intervalMs : 0;
    return track !== undefined && isDoubtful(track, instants, spreadMs);
  };
  const families = row.family === null ? (["ip4", "ip6"] as const) : ([row.family] as const);
  if (confirmed.every((vantage) => isIll(vantage, "mass"))) return "mass";
  const parts = [...families, "resolver", "schedule"] as const;
  const isAllIll = confirmed.every((vantage) => parts.some((part) => isIll(vantage, part)));
  return isAllIll ? "vantage" : null;
}

/** Whether it is another one than what was told. */
function isChanged({ told, scope, severity }: OpenRow): boolean {
  return told !== null && (told.scope !== scope || told.severity !== severity);
}
