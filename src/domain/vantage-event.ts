import type { Family } from "./family.ts";
import type { CheckId, Finding } from "./finding.ts";
import { findingKey, type FindingSpan, says } from "./finding-spans.ts";

/** Checks that fail when this place cannot get through: a connection, and the handshake after it (lost large packets). */
export const TRANSPORT_CHECKS: readonly CheckId[] = ["W1", "W2"];

/** Checks that a resolver is enough for: no event of transport explains what they say. */
const RESOLVER_CHECKS: ReadonlySet<CheckId> = new Set(["D1", "D2", "D5"]);

/** Fewer portals than this may fail together because they share a machine; more seldom do, and for one reason. */
export const EVENT_PORTALS = 5;

/** The share of the formerly good portals that must fail together (reference b.1, V6). */
const EVENT_SHARE = 0.5;

/** The reason of a finding that an event explains. */
export const EVENT_REASON = "vantage_event";

const HOUR_MS = 3_600_000;
/** Audits are spread evenly over their interval: so many windows hold every portal once. */
const WINDOWS_PER_INTERVAL = 6;

/** The time over which audits are counted together, milliseconds. */
export function eventWindowMs(auditIntervalMs: number): number {
  return Math.max(HOUR_MS, auditIntervalMs / WINDOWS_PER_INTERVAL);
}

/** Many portals failed together for one reason: it is this place. Instants are milliseconds since the epoch. */
export interface VantageEvent {
  readonly check: CheckId;
  readonly family: Family;
  readonly reason: string;
  readonly from: number;
  /** The first instant after it; null while it goes on. */
  readonly to: number | null;
}

/** Portals audited in one window whose transport was good, or excused, at the audit before. */
export interface WindowTally {
  readonly good: number;
  /** How many of them fail now for the one reason, or are excused because of it. */
  readonly failed: number;
}

/** Whether what was counted is an event of the vantage point rather than many failures of portals. */
export function isVantageEvent({ good, failed }: WindowTally): boolean {
  return failed >= EVENT_PORTALS && failed >= good * EVENT_SHARE;
}

/** Whether an event has ended: most portals get through again. */
export function isEventOver({ good, failed }: WindowTally): boolean {
  return failed < good * EVENT_SHARE;
}

/** Findings as far as they are believed, and whether an event explains any of them. */
export interface Excused {
  readonly findings: readonly Finding[];
  readonly excused: boolean;
}

/**
 * What remains of an audit's findings under events that cover its instant. A transport check that fails for the
 * reason of an event says nothing, and with it all that needs a network and that the portal was not told before.
 * A portal that failed already when the event began goes on failing: an event explains changes only.
 */
export function excuse(
  findings: readonly Finding[],
  before: readonly FindingSpan[],
  events: readonly VantageEvent[],
): Excused {
  const spans = new Map(before.map((span) => [findingKey(span), span]));
  const explained = findings.filter(
    (finding) =>
      finding.verdict === "fail" &&
      events.some((event) => explains(event, finding)) &&
      knownVerdict(spans.get(findingKey(finding))) !== "fail",
  );
  if (explained.length === 0) return { findings, excused: false };
  const families = new Set(explained.map(({ family }) => family));
  const isDoubted = (finding: Finding) =>
    (finding.verdict === "fail" || finding.verdict === "warn") &&
    !RESOLVER_CHECKS.has(finding.check) &&
    (finding.family === null || families.has(finding.family)) &&
    !isOld(finding, spans.get(findingKey(finding)));
  return {
    findings: findings.map((finding) =>
      explained.includes(finding) || isDoubted(finding) ? doubted(finding) : finding,
    ),
    excused: true,
  };
}

/** A finding that an event explains; its evidence keeps what was seen. */
export function doubted({ verdict, reason, evidence, ...finding }: Finding): Finding {
  return {
    ...finding,
    verdict: "unknown",
    reason: EVENT_REASON,
    evidence: { ...evidence, seen_verdict: verdict, seen_reason: reason },
    causes: [],
  };
}

/** The events that cover an instant. */
export function eventsAt(events: readonly VantageEvent[], at: number): VantageEvent[] {
  return events.filter(({ from, to }) => from <= at && (to === null || at < to));
}

function explains(event: VantageEvent, finding: Finding): boolean {
  return (
    event.check === finding.check &&
    event.family === finding.family &&
    event.reason === finding.reason
  );
}

function knownVerdict(span: FindingSpan | undefined) {
  return span?.verdict === "unknown" ? span.known?.verdict : span?.verdict;
}

/** Whether the portal was told the same before: then it is no news of this audit. */
function isOld(finding: Finding, span: FindingSpan | undefined): boolean {
  if (!span) return false;
  return (
    says(span, finding) || (span.verdict === "unknown" && knownVerdict(span) === finding.verdict)
  );
}
