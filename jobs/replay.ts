import { readFileSync } from "node:fs";
import { DEFAULT_POLICY, type IncidentPolicy } from "../src/domain/incident/policy.ts";
import type { ReplayedIncident } from "../src/domain/incident/replay.ts";
import { UsageError } from "../src/domain/usage-error.ts";
import { readIncidentPolicy } from "../src/incident-policy.ts";
import {
  incidentsHeld,
  portalsToReplay,
  type ReplayedPortal,
  replayStored,
} from "../src/store/incidents/replay-stored.ts";
import type { JobDeps, JobOnRequest, JobOptions } from "./job.ts";
import { type Moment, momentIn, readMoment } from "./moment.ts";
import { incidentJson, incidentLine, type ReplaySummary, summaryLines } from "./replay-text.ts";

interface Order {
  readonly since: Moment;
  /** Null: up to now. */
  readonly until: Moment | null;
  /** Null: the policy of the service. */
  readonly policy: IncidentPolicy | null;
  /** The id of the one portal that is wanted; null: all. */
  readonly portal: string | null;
  readonly json: boolean;
}

/** Reads and writes nothing but its own run: thresholds are tried on what was seen before they are set. */
export const replay: JobOnRequest = {
  name: "replay",
  does: "prints which incidents a policy would have opened over stored results, with --since DATE and --policy FILE",
  prepare(options) {
    const order = readOrder(options);
    return { name: "replay", run: (deps) => replayOrder(deps, order) };
  },
};

async function replayOrder(deps: JobDeps, order: Order): Promise<object> {
  const { db, settings, clock, print } = deps;
  const span = {
    from: await momentIn(db, order.since, settings.reportTimezone),
    to: order.until === null ? clock() : await momentIn(db, order.until, settings.reportTimezone),
  };
  const policy = order.policy ?? settings.incidentPolicy ?? DEFAULT_POLICY;
  const portals = await portalsToReplay(db, order.portal);
  if (order.portal !== null && portals.length === 0) {
    throw new UsageError(`--portal: there is no portal "${order.portal}".`);
  }
  const intervalMs = settings.probeIntervalMs;
  const { incidents, runs } = await replayStored(db, { span, policy, intervalMs, portals });
  const summary: ReplaySummary = {
    since: new Date(span.from).toISOString(),
    until: new Date(span.to).toISOString(),
    runs,
    would_have_opened: countKinds(incidents),
    register_holds: await incidentsHeld(db, portals, span),
  };
  const slugs = slugsOf(portals);
  const lines = order.json
    ? [
        JSON.stringify({
          ...summary,
          incidents: incidents.map((each) => incidentJson(each, slugs)),
        }),
      ]
    : [
        ...incidents.map((each) => incidentLine(each, slugs, settings.reportTimezone)),
        ...summaryLines(summary),
      ];
  for (const line of lines) print?.(line);
  return summary;
}

function readPolicy(path: string | null): IncidentPolicy | null {
  return path === null ? null : readIncidentPolicy({ path, text: content(path) }, "--policy");
}

function content(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if (!(error instanceof Error && "code" in error)) throw error;
    throw new UsageError(`--policy ${path} can't be read: ${String(error.code)}.`);
  }
}

function countKinds(incidents: readonly ReplayedIncident[]) {
  const counts: Partial<Record<ReplayedIncident["kind"], number>> = {};
  for (const { kind } of incidents) counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
}

function slugsOf(portals: readonly ReplayedPortal[]): ReadonlyMap<number, string> {
  return new Map(portals.map(({ id, slug }) => [id, slug]));
}

function readOrder(options: JobOptions): Order {
  const { since, until, policy, portal, json, ...others } = options;
  const [unknown] = Object.keys(others);
  if (unknown !== undefined) throw new UsageError(`The job replay takes no option --${unknown}.`);
  if (since === undefined) throw new UsageError("The job replay needs --since DATE.");
  return {
    since: readMoment("since", since),
    until: until === undefined ? null : readMoment("until", until),
    policy: readPolicy(text("policy", policy)),
    portal: text("portal", portal),
    json: json !== undefined,
  };
}

function text(name: string, value: string | true | undefined): string | null {
  if (value === true) throw new UsageError(`--${name} needs a value.`);
  return value ?? null;
}
