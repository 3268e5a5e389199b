import { lookAtPart, type PartReading } from "../../domain/incident/vantage-health.ts";
import type { VantagePart } from "../incident-schema.ts";
import { readSchedules } from "./vantage-schedule.ts";
import type { Round } from "./round.ts";
import { vantageIncident } from "./vantage-incident.ts";
import { type KnownVantage, putPart, silentAfterMs } from "./vantage-tracks.ts";

/** A part and how it was read: what its incident says. */
interface PartSight {
  readonly part: Exclude<VantagePart, "mass">;
  readonly reading: PartReading;
  readonly cause: string;
  readonly why: string;
}

/** Looks at every part of every vantage point: what is ill for long enough opens an incident, what is well ends it. */
export async function followVantages(
  round: Round,
  vantages: readonly KnownVantage[],
): Promise<void> {
  const { now, policy } = round;
  const schedules = await readSchedules(round, vantages);
  for (const vantage of vantages) {
    const schedule = schedules.get(vantage.id);
    const sights = [...selfTested(vantage, round), ...(schedule ? [schedule] : [])];
    for (const { part, reading, cause, why } of sights) {
      const before = vantage.parts.get(part) ?? null;
      const { track, change } = lookAtPart(before, reading, now, policy.vantage);
      if (track === null || track === before) continue;
      await putPart(round.trx, vantage, part, track);
      const facts = { part, cause, evidence: { vantage: vantage.name, part, why } };
      if (change === "open")
        await vantageIncident.open(round, vantage, facts, track.illSince ?? now);
      if (change === "close")
        await vantageIncident.close(round, vantage, part, before?.since ?? now);
    }
  }
}

/** What the last self-test says of families and resolver; one that is too old to speak of now says nothing. */
function selfTested({ state, checkedAt }: KnownVantage, { now, intervalMs }: Round): PartSight[] {
  if (state === null || checkedAt === null) return [];
  const isOld = now - checkedAt > silentAfterMs(intervalMs);
  const read = (isWell: boolean): PartReading => {
    if (isOld) return { state: "unknown" };
    return isWell ? { state: "well" } : { state: "ill", since: checkedAt };
  };
  const { families, resolver } = state;
  return [
    {
      part: "ip4",
      reading: read(families.ip4.healthy),
      cause: "vantage_no_ipv4",
      why: families.ip4.why,
    },
    {
      part: "ip6",
      reading: read(families.ip6.healthy),
      cause: "vantage_no_ipv6",
      why: families.ip6.why,
    },
    {
      part: "resolver",
      reading: read(resolver.usable),
      cause: "resolver_unusable",
      why: resolver.why,
    },
  ];
}
