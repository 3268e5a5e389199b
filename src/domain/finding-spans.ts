import type { Family } from "./family.ts";
import type { Cause, CheckId, Finding, Verdict } from "./finding.ts";
import { sameJson } from "./same-json.ts";

/** A time in which one check said one thing, by verdict and reason. Instants are milliseconds since the epoch. */
export interface FindingSpan {
  readonly check: CheckId;
  readonly family: Family | null;
  readonly verdict: Verdict;
  readonly reason: string;
  /** As the last audit saw it, and so are `timings`, `causes` and `ruleset`. */
  readonly evidence: Readonly<Record<string, unknown>>;
  readonly timings: Readonly<Record<string, number>> | null;
  readonly causes: readonly Cause[];
  readonly ruleset: string;
  /** When this verdict began, whatever its reasons since; audits that could not tell do not interrupt it. */
  readonly since: number;
  readonly firstSeen: number;
  readonly lastSeen: number;
  /** When verdict, reason, evidence or causes changed last. */
  readonly lastChanged: number;
  /** How many audits said it. */
  readonly audits: number;
  readonly firstAudit: number;
  readonly lastAudit: number;
  /** The first audit that no longer said it; null for what holds at present. */
  readonly endedAt: number | null;
  /** For `unknown`: the last verdict that could be told; null if there was none. */
  readonly known: KnownVerdict | null;
}

/** A verdict that could be told, and since when. */
export interface KnownVerdict {
  readonly verdict: Verdict;
  readonly since: number;
}

/** One audit's findings, as far as they are believed. */
export interface BelievedAudit {
  /** The audit's number. */
  readonly audit: number;
  /** When it began, milliseconds since the epoch. */
  readonly at: number;
  readonly ruleset: string;
  readonly findings: readonly Finding[];
}

/** What one more audit makes of the open spans. */
export interface NextSpans {
  readonly open: readonly FindingSpan[];
  /** Those that it ended. */
  readonly closed: readonly FindingSpan[];
}

/** What a finding is about: no audit has two findings with the same. */
export function findingKey({ check, family }: Pick<Finding, "check" | "family">): string {
  return `${check} ${family ?? ""}`;
}

/**
 * The spans after one more audit, which is not older than any before. The same verdict for the same reason goes on,
 * with the evidence of now; anything else ends the span and begins another; a check that says nothing ends its span,
 * and what it says later begins anew. Throws if the audit has two findings about the same.
 */
export function continueSpans(open: readonly FindingSpan[], audit: BelievedAudit): NextSpans {
  const before = new Map(open.map((span) => [findingKey(span), span]));
  const after = new Map<string, FindingSpan>();
  const closed: FindingSpan[] = [];
  for (const finding of audit.findings) {
    const key = findingKey(finding);
    if (after.has(key)) throw new Error(`Check ${key.trim()} concluded twice in one audit`);
    const span = before.get(key);
    before.delete(key);
    if (span && says(span, finding)) {
      after.set(key, extend(span, finding, audit));
    } else {
      if (span) closed.push({ ...span, endedAt: audit.at });
      after.set(key, begin(span ?? null, finding, audit));
    }
  }
  for (const span of before.values()) closed.push({ ...span, endedAt: audit.at });
  return { open: [...after.values()], closed };
}

/** Whether two findings rest on the same facts; how many tries failed is luck, durations differ each time. */
export function sameEvidence(
  one: Pick<Finding, "evidence" | "causes">,
  other: Pick<Finding, "evidence" | "causes">,
): boolean {
  const facts = ({ evidence, causes }: Pick<Finding, "evidence" | "causes">) => ({
    evidence: { ...evidence, failed_tries: null },
    causes,
  });
  return sameJson(facts(one), facts(other));
}

/** Whether a span says what a finding says. */
export function says(
  span: Pick<FindingSpan, "verdict" | "reason">,
  finding: Pick<Finding, "verdict" | "reason">,
): boolean {
  return span.verdict === finding.verdict && span.reason === finding.reason;
}

function extend(span: FindingSpan, finding: Finding, audit: BelievedAudit): FindingSpan {
  return {
    ...span,
    ...seenNow(finding, audit),
    lastChanged: sameEvidence(span, finding) ? span.lastChanged : audit.at,
    audits: span.audits + 1,
  };
}

function begin(before: FindingSpan | null, finding: Finding, audit: BelievedAudit): FindingSpan {
  const { check, family, verdict, reason } = finding;
  const known = before && (before.verdict === "unknown" ? before.known : before);
  const same = verdict === "unknown" ? before : known;
  return {
    check,
    family,
    verdict,
    reason,
    ...seenNow(finding, audit),
    since: same?.verdict === verdict ? same.since : audit.at,
    firstSeen: audit.at,
    lastChanged: audit.at,
    audits: 1,
    firstAudit: audit.audit,
    endedAt: null,
    known: verdict === "unknown" && known ? { verdict: known.verdict, since: known.since } : null,
  };
}

function seenNow({ evidence, timings, causes }: Finding, { audit, at, ruleset }: BelievedAudit) {
  return { evidence, timings: timings ?? null, causes, ruleset, lastSeen: at, lastAudit: audit };
}
