import type { Family } from "../../domain/family.ts";
import { isUnseen } from "../../domain/audit/sight.ts";
import type { DnsClient } from "../dns-client.ts";
import { hostOf } from "../location.ts";
import { type TimingsDraft, noteTime } from "./draft.ts";
import type { Arrival } from "./hosts.ts";
import type { AuditTools } from "./tools.ts";
import { type Visit, visit, visitFailed } from "./visit.ts";

/** Visits that are made for their times alone, beside the one that was made anyway. */
const REPEATS = 3;

/**
 * Takes the times of the entry URL over each family that answers: a few light visits, the families in turn, so that a
 * slow moment of the line falls on both.
 */
export async function takeTimes(
  url: URL,
  arrivals: readonly Arrival[],
  timings: TimingsDraft,
  dns: DnsClient,
  tools: AuditTools,
): Promise<void> {
  const side = url.protocol === "https:" ? "https" : "http";
  const answering = (["ip4", "ip6"] as const).flatMap((family) => {
    const good = arrivals.find(({ family: own, visits }) => own === family && isGood(visits[side]));
    return good === undefined ? [] : [good];
  });
  for (const { family, visits } of answering) note(timings, family, visits[side]!);
  for (let repeat = 0; repeat < REPEATS; repeat += 1) {
    for (const arrival of answering) await repeatVisit(url, arrival, timings, dns, tools);
  }
}

function isGood(seen: Visit | null): boolean {
  return seen !== null && !visitFailed(seen) && !seen.stalled;
}

async function repeatVisit(
  url: URL,
  { family, address, trust }: Arrival,
  timings: TimingsDraft,
  dns: DnsClient,
  tools: AuditTools,
): Promise<void> {
  const { session } = tools;
  const resolved = await resolveTime(hostOf(url), family, dns, tools);
  const seen = await visit({ url, family, address, trust }, tools);
  if (isUnseen(seen) || seen.times === null || session.remaining() === 0) return;
  if (resolved !== null) {
    const { tcp, tls, ttfb, transfer } = seen.times;
    noteTime(timings[family].dns, resolved);
    noteTime(timings[family].total, resolved + tcp + tls + ttfb + transfer);
  }
  note(timings, family, seen);
}

function note(timings: TimingsDraft, family: Family, { times }: Visit): void {
  if (times === null) return;
  const { tcp, tls, ttfb } = times;
  noteTime(timings[family].tcp, tcp);
  if (tls > 0) noteTime(timings[family].tls, tls);
  noteTime(timings[family].ttfb, ttfb);
}

/** How long the resolver takes for the family's addresses, null where it did not answer. */
async function resolveTime(
  host: string,
  family: Family,
  dns: DnsClient,
  { session }: AuditTools,
): Promise<number | null> {
  const deadline = session.step(session.remaining());
  try {
    const startedAt = performance.now();
    const { kind } = await dns.lookup(host, family, deadline);
    return kind === "addresses" ? performance.now() - startedAt : null;
  } finally {
    deadline.clear();
  }
}
