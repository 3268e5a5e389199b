import type { Judged } from "../domain/audit-reading.ts";
import type { Finding } from "../domain/finding.ts";
import { findingKey, type FindingSpan, sameEvidence } from "../domain/finding-spans.ts";
import { doubted, EVENT_REASON } from "../domain/vantage-event.ts";
import { type AuditRow, readJudgementsBack } from "./audit-rows.ts";
import type { AuditedPair } from "./audited-pair.ts";
import type { Database } from "./database.ts";
import type { StoredSpan } from "./finding-rows.ts";
import type { PartReader } from "./part-reader.ts";

interface Cut {
  readonly trx: Database;
  readonly pair: AuditedPair;
  readonly reader: PartReader;
  /** The spans that were open at `from` or began later. */
  readonly stored: readonly StoredSpan[];
  /** The audits from `from` on. */
  readonly rows: readonly AuditRow[];
  /** The last audit before. */
  readonly previous: AuditRow | null;
  /** Milliseconds since the epoch. */
  readonly from: number;
}

/** The spans as they were open just before an instant, when nobody knew of the audits from then on. */
export async function openSpansBefore(cut: Cut): Promise<FindingSpan[]> {
  const before = cut.stored.filter(({ firstSeen }) => firstSeen < cut.from);
  const untouched = before.filter(({ lastSeen }) => lastSeen < cut.from);
  const longer = before.filter(({ lastSeen }) => lastSeen >= cut.from);
  const cutOff = longer.length === 0 ? [] : await cutSpans(cut, longer);
  return [...untouched.map((span) => ({ ...span, endedAt: null })), ...cutOff];
}

/** Spans that reach further, as the last audit before the cut left them. */
async function cutSpans(cut: Cut, spans: readonly StoredSpan[]): Promise<FindingSpan[]> {
  const findings = cut.previous ? await findingsOf(cut.reader, cut.previous.judgement) : null;
  const shorter = spans.map((span) => ({
    ...span,
    ...asSeenThen(span, findings?.get(findingKey(span))),
    timings: null,
    ruleset: cut.previous?.ruleset ?? span.ruleset,
    lastSeen: cut.previous?.startedAt.getTime() ?? span.firstSeen,
    lastAudit: cut.previous?.id ?? span.firstAudit,
    audits: span.audits - auditsWithin(cut.rows, span),
    endedAt: null,
  }));
  const changedLater = shorter.filter(({ lastChanged }) => lastChanged >= cut.from);
  const changes = changedLater.length === 0 ? new Map() : await lastChanges(cut, changedLater);
  return shorter.map((span) => ({ ...span, lastChanged: changes.get(span) ?? span.lastChanged }));
}

/** Audits that a span counts from the cut on; one of which nothing was derived yet (it is being saved) is in none. */
function auditsWithin(rows: readonly AuditRow[], { lastSeen }: FindingSpan): number {
  return rows.filter(
    ({ startedAt, tracks }) => startedAt.getTime() <= lastSeen && tracks.level.value !== null,
  ).length;
}

/** Evidence and causes of a finding as far as it was believed. */
function asSeenThen(span: FindingSpan, finding: Finding | undefined) {
  if (!finding) return {};
  const { evidence, causes } = span.reason === EVENT_REASON ? doubted(finding) : finding;
  return { evidence, causes };
}

/** For spans, when their evidence became what it was before the cut. */
async function lastChanges(
  cut: Cut,
  spans: readonly FindingSpan[],
): Promise<Map<FindingSpan, number>> {
  const from = new Date(Math.min(...spans.map(({ firstSeen }) => firstSeen)));
  const audits = await readJudgementsBack(cut.trx, cut.pair, { from, before: new Date(cut.from) });
  const changes = new Map<FindingSpan, number>(spans.map((span) => [span, span.lastSeen]));
  const searched = new Set(spans);
  for (const { startedAt, judgement } of audits) {
    if (searched.size === 0) break;
    const findings = await findingsOf(cut.reader, judgement);
    for (const span of searched) {
      const then = asSeenThen(span, findings.get(findingKey(span)));
      const same =
        span.firstSeen <= startedAt.getTime() &&
        then.evidence !== undefined &&
        sameEvidence(span, then);
      if (same) changes.set(span, startedAt.getTime());
      else searched.delete(span);
    }
  }
  return changes;
}

async function findingsOf(
  reader: PartReader,
  judgement: Uint8Array,
): Promise<Map<string, Finding>> {
  const { findings } = (await reader.read(judgement)) as Judged;
  return new Map(findings.map((finding) => [findingKey(finding), finding]));
}
