import { FAMILIES, type Family } from "./family.ts";
import type { Outcome } from "./observation.ts";

/** The state of a portal over every family that it publishes; the position is the value of the metric `portal_state`. */
export const PORTAL_STATES = ["unknown", "up", "degraded", "down", "maintenance"] as const;

export type PortalState = (typeof PORTAL_STATES)[number];

/**
 * What the last run over one family still says: `ok`, `limit` (it answered, a limit was exceeded), `fail`,
 * `absent` (the family is not published), or `unsure`: never run, not told, or too old to tell.
 */
export const FAMILY_SIGNS = ["ok", "limit", "fail", "absent", "unsure"] as const;

export type FamilySign = (typeof FAMILY_SIGNS)[number];

/** What each outcome says while it is fresh. */
export const SIGN_OF_OUTCOME: Readonly<Record<Outcome, FamilySign>> = {
  ok: "ok",
  degraded: "limit",
  fail: "fail",
  no_address: "absent",
  unknown: "unsure",
  skipped: "unsure",
};

/** A result says nothing any more when it is older than this many probe intervals. */
export const FRESH_INTERVALS = 3;

/** The last run over one family; `at` in milliseconds since the epoch. */
export interface LastRun {
  readonly outcome: Outcome;
  readonly at: number;
}

/** Whether a result of the instant `at` still counts; all in milliseconds. */
export function isFresh(at: number, now: number, intervalMs: number): boolean {
  return now - at <= FRESH_INTERVALS * intervalMs;
}

/**
 * The state that follows from the last run over each family. A portal that is not probed is unknown; one that a
 * maintenance window covers is in maintenance, whatever its runs say.
 */
export function portalState(
  last: Readonly<Record<Family, LastRun | null>>,
  options: { now: number; intervalMs: number; probed: boolean; maintained: boolean },
): PortalState {
  if (!options.probed) return "unknown";
  if (options.maintained) return "maintenance";
  const [ip4, ip6] = FAMILIES.map((family): FamilySign => {
    const run = last[family];
    if (run === null || !isFresh(run.at, options.now, options.intervalMs)) return "unsure";
    return SIGN_OF_OUTCOME[run.outcome];
  });
  return combineSigns(ip4 ?? "unsure", ip6 ?? "unsure");
}

/** What a sign that could not be told may turn out to be. */
const CERTAIN = FAMILY_SIGNS.filter((sign) => sign !== "unsure");

/**
 * The state of a portal whose families show these signs. An unsure sign stands for each of the others:
 * the state is told where all of them lead to the same one, and unknown otherwise.
 */
export function combineSigns(one: FamilySign, other: FamilySign): PortalState {
  const possible = new Set(
    certain(one).flatMap((a) => certain(other).map((b) => combineCertain(a, b))),
  );
  possible.delete(null);
  const [state] = possible;
  return possible.size === 1 && state ? state : "unknown";
}

function certain(sign: FamilySign): readonly FamilySign[] {
  return sign === "unsure" ? CERTAIN : [sign];
}

/** Null where neither family is published, which a run never reports: without any address both fail. */
function combineCertain(one: FamilySign, other: FamilySign): PortalState | null {
  const published = [one, other].filter((sign) => sign !== "absent");
  if (published.length === 0) return null;
  if (published.every((sign) => sign === "ok")) return "up";
  return published.every((sign) => sign === "fail") ? "down" : "degraded";
}
