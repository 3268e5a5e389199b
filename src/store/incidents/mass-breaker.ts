import { FAMILIES, type Family } from "../../domain/family.ts";
import {
  isMassFailure,
  isMassOver,
  type MassTally,
  seesTheSame,
} from "../../domain/incident/mass-failure.ts";
import type { PartTrack } from "../../domain/incident/vantage-health.ts";
import { markHours } from "../maintenance-occurrences.ts";
import { countFailing, countWatched, type Failing } from "./mass-tally.ts";
import type { Round } from "./round.ts";
import { vantageIncident, vantageSubject } from "./vantage-incident.ts";
import { type KnownVantage, putPart, silentAfterMs } from "./vantage-tracks.ts";

/**
 * Many portals of many networks newly fail from one place, and no other place of its network says so: that place is
 * doubted before they are told. What it saw is kept, and counted as doubtful while this lasts.
 */
export async function followMassFailures(
  round: Round,
  vantages: readonly KnownVantage[],
): Promise<void> {
  const { policy, now, intervalMs } = round;
  const recent = now - policy.mass.withinIntervals * intervalMs;
  const begins = vantages.map(({ parts }) => massOf(parts)?.illSince ?? recent);
  const failing = await countFailing(round, Math.min(recent, ...begins));
  for (const vantage of vantages) {
    const mass = massOf(vantage.parts);
    if (mass === null) {
      const families = await failingTogether(round, vantage, vantages, failing, recent);
      if (families.length > 0) await begin(round, vantage, { families, failing, from: recent });
    } else {
      await goOn(round, vantage, mass, failing);
    }
  }
}

/** The present mass failure of a vantage point, or null. */
function massOf(parts: KnownVantage["parts"]): PartTrack | null {
  const mass = parts.get("mass");
  return mass === undefined || mass.phase === "up" ? null : mass;
}

async function failingTogether(
  round: Round,
  vantage: KnownVantage,
  all: readonly KnownVantage[],
  failing: readonly Failing[],
  since: number,
): Promise<Family[]> {
  const found: Family[] = [];
  for (const family of FAMILIES) {
    const tally = await tallyOf(round, vantage, family, failing, since);
    if (!isMassFailure(tally, round.policy.mass)) continue;
    if (!(await othersAgree(round, vantage, all, { family, failing, since }))) found.push(family);
  }
  return found;
}

/** Whether a vantage point of the same network that is alive sees the same: then it is real. */
async function othersAgree(
  round: Round,
  vantage: KnownVantage,
  all: readonly KnownVantage[],
  { family, failing, since }: { family: Family; failing: readonly Failing[]; since: number },
): Promise<boolean> {
  const limit = silentAfterMs(round.intervalMs);
  const others = all.filter(
    ({ id, network, checkedAt }) =>
      id !== vantage.id &&
      network === vantage.network &&
      checkedAt !== null &&
      round.now - checkedAt <= limit,
  );
  for (const other of others) {
    const tally = await tallyOf(round, other, family, failing, since);
    if (seesTheSame(tally, round.policy.mass)) return true;
  }
  return false;
}

/** What one vantage point sees; how many it watches is counted only where enough fail to matter. */
async function tallyOf(
  round: Round,
  { id }: KnownVantage,
  family: Family,
  failing: readonly Failing[],
  since: number,
): Promise<MassTally> {
  const own = failing.filter((each) => each.vantage === id && each.family === family);
  const newly = own.filter(({ firstBadAt }) => firstBadAt >= since);
  const prefixes = new Set(newly.flatMap((each) => each.prefixes)).size;
  const watched = newly.length === 0 ? 0 : await countWatched(round, id, family, since);
  return { failing: newly.length, watched: Math.max(watched, newly.length), prefixes };
}

async function begin(
  round: Round,
  vantage: KnownVantage,
  { families, failing, from }: { families: Family[]; failing: readonly Failing[]; from: number },
): Promise<void> {
  const { now, trx } = round;
  const own = failing.filter(
    ({ vantage: id, family }) => id === vantage.id && families.includes(family),
  );
  const illSince = Math.min(...own.map(({ firstBadAt }) => firstBadAt).filter((at) => at >= from));
  const track = { phase: "down", since: now, seenAt: now, illSince, wellAgainAt: null } as const;
  await putPart(trx, vantage, "mass", track);
  const portals = new Set(own.map(({ portal }) => portal)).size;
  const evidence = { vantage: vantage.name, part: "mass", families, portals };
  const facts = { part: "mass", cause: "mass_failure", evidence } as const;
  await vantageIncident.open(round, vantage, facts, illSince);
  await markHours(trx, illSince, now, new Date(now));
}

/** Ends a mass failure when few of its portals still fail, and keeps so until each was looked at once more. */
async function goOn(
  round: Round,
  vantage: KnownVantage,
  mass: PartTrack,
  failing: readonly Failing[],
): Promise<void> {
  const { now, trx, policy, intervalMs } = round;
  const illSince = mass.illSince ?? mass.since;
  const own = failing.filter(
    ({ vantage: id, firstBadAt }) => id === vantage.id && firstBadAt >= illSince,
  );
  const tallies = await Promise.all(
    FAMILIES.map((family) => tallyOf(round, vantage, family, own, illSince)),
  );
  await countPortals(round, vantage, new Set(own.map(({ portal }) => portal)).size);
  if (!tallies.every((tally) => isMassOver(tally, policy.mass))) {
    if (mass.phase !== "down")
      await putPart(trx, vantage, "mass", { ...mass, phase: "down", since: now });
    return;
  }
  if (mass.phase === "down") {
    await putPart(trx, vantage, "mass", { ...mass, phase: "recovering", since: now, seenAt: now });
    return;
  }
  if (now - mass.since < Math.max(policy.vantage.closeAfterMs, intervalMs)) return;
  const well = {
    phase: "up",
    since: now,
    seenAt: now,
    illSince: null,
    wellAgainAt: mass.since,
  } as const;
  await putPart(trx, vantage, "mass", well);
  await vantageIncident.close(round, vantage, "mass", mass.since);
  await markHours(trx, illSince, now, new Date(now));
}

/** Keeps in the incident how many portals it has been at most. */
async function countPortals({ trx }: Round, { id }: KnownVantage, portals: number): Promise<void> {
  const open = await trx
    .selectFrom("incident")
    .select(["id", "evidence"])
    .where("kind", "=", "vantage_degraded")
    .where("subject", "=", vantageSubject(id, "mass"))
    .where("resolved_at", "is", null)
    .executeTakeFirst();
  const evidence: { portals?: number } | undefined = open?.evidence;
  if (!open || (evidence?.portals ?? 0) >= portals) return;
  await trx
    .updateTable("incident")
    .set({ evidence: JSON.stringify({ ...evidence, portals }) })
    .where("id", "=", open.id)
    .execute();
}
