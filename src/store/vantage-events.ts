import type { FindingSpan } from "../domain/finding-spans.ts";
import {
  eventWindowMs,
  isEventOver,
  isVantageEvent,
  TRANSPORT_CHECKS,
} from "../domain/vantage-event.ts";
import { replayAudits } from "./audit-replay.ts";
import { breathe } from "./breathe.ts";
import type { Database } from "./database.ts";
import {
  closeEvent,
  countWindow,
  type EventKind,
  openEvent,
  readEvents,
  type StoredEvent,
} from "./vantage-event-rows.ts";

interface LatestAudit {
  readonly vantage: number;
  /** When it began. */
  readonly at: Date;
  /** What is believed of the portal since. */
  readonly findings: readonly FindingSpan[];
  readonly auditIntervalMs: number;
}

/**
 * Looks whether the audit that was saved last begins or ends an event of its vantage point. Where one begins, the
 * findings that it explains become unknown, those of audits that were saved before it was recognised too; returns
 * the portals of which that is so.
 */
export async function followVantageEvents(trx: Database, audit: LatestAudit): Promise<number[]> {
  const events = await readEvents(trx, audit.vantage, audit.at);
  const changed: number[] = [];
  for (const { check, family, verdict, reason, firstSeen } of audit.findings) {
    if (family === null || !TRANSPORT_CHECKS.includes(check)) continue;
    const here = events.filter((event) => event.check === check && event.family === family);
    if (verdict === "pass") await endEvents(trx, audit, here);
    // Counting takes a while: what failed before is no sign of anything new.
    const isNew = verdict === "fail" && firstSeen === audit.at.getTime();
    if (isNew) changed.push(...(await beginEvent(trx, audit, { check, family, reason })));
  }
  return [...new Set(changed)];
}

async function beginEvent(trx: Database, audit: LatestAudit, kind: EventKind): Promise<number[]> {
  const tally = await countWindow(trx, audit.vantage, kind, windowOf(audit));
  if (!isVantageEvent(tally)) return [];
  const from = new Date(Math.min(...tally.portals.map(({ since }) => since.getTime())));
  await openEvent(trx, audit.vantage, { ...kind, from, tally });
  for (const { portal, since } of tally.portals) {
    await replayAudits(trx, { portal, vantage: audit.vantage }, since);
    await breathe();
  }
  return tally.portals.map(({ portal }) => portal);
}

async function endEvents(
  trx: Database,
  audit: LatestAudit,
  events: readonly StoredEvent[],
): Promise<void> {
  for (const event of events.filter(({ to }) => to === null)) {
    const tally = await countWindow(trx, audit.vantage, event, windowOf(audit));
    if (isEventOver(tally)) await closeEvent(trx, event.id, audit.at);
  }
}

function windowOf({ at, auditIntervalMs }: LatestAudit): { after: Date; until: Date } {
  return { after: new Date(at.getTime() - eventWindowMs(auditIntervalMs)), until: at };
}
