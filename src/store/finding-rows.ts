import { type Selectable, sql } from "kysely";
import type { FindingSpan } from "../domain/finding-spans.ts";
import { findingKey } from "../domain/finding-spans.ts";
import { sameJson } from "../domain/same-json.ts";
import type { AuditedPair } from "./audited-pair.ts";
import type { Database } from "./database.ts";
import type { Schema } from "./schema.ts";

/** A span with the number of its row. */
export interface StoredSpan extends FindingSpan {
  readonly id: number;
}

/** The spans that were open at an instant or began at it or later; null: those that are open now. */
export async function readSpans(
  db: Database,
  { portal, vantage }: AuditedPair,
  from: Date | null,
): Promise<StoredSpan[]> {
  const rows = await db
    .selectFrom("finding")
    .selectAll()
    .where("portal_id", "=", portal)
    .where("vantage_id", "=", vantage)
    .where((is) =>
      from === null
        ? is("ended_at", "is", null)
        : is.or([is("ended_at", "is", null), is("ended_at", ">=", from)]),
    )
    .orderBy("first_seen")
    .orderBy("id")
    .execute();
  return rows.map(toSpan);
}

/** Makes stored spans what is wanted, by touching only rows that differ; returns how many said something else. */
export async function writeSpans(
  trx: Database,
  pair: AuditedPair,
  { stored, wanted }: { stored: readonly StoredSpan[]; wanted: readonly FindingSpan[] },
): Promise<number> {
  const rows = new Map(stored.map((span) => [rowKey(span), span]));
  const added: FindingSpan[] = [];
  const changed: StoredSpan[] = [];
  const prolonged: StoredSpan[] = [];
  for (const span of wanted) {
    const row = rows.get(rowKey(span));
    rows.delete(rowKey(span));
    if (!row) added.push(span);
    else if (isProlonged(row, span)) prolonged.push({ ...span, id: row.id });
    else if (!sameJson({ ...span, id: row.id }, row)) changed.push({ ...span, id: row.id });
  }
  const gone = [...rows.values()].map(({ id }) => id);
  if (gone.length > 0) await trx.deleteFrom("finding").where("id", "in", gone).execute();
  await prolong(trx, prolonged);
  // A check has one open span at every instant: some end before others open.
  await update(
    trx,
    changed.filter(({ endedAt }) => endedAt !== null),
  );
  await update(
    trx,
    changed.filter(({ endedAt }) => endedAt === null),
  );
  await insert(trx, pair, added);
  return gone.length + changed.length + added.length;
}

function rowKey(span: FindingSpan): string {
  return `${findingKey(span)} ${span.firstSeen} ${span.firstAudit}`;
}

/** Whether a span says what it said, and more audits said it. */
function isProlonged(row: StoredSpan, span: FindingSpan): boolean {
  if (row.lastAudit === span.lastAudit) return false;
  const { lastSeen, lastAudit, audits } = row;
  return sameJson({ ...span, lastSeen, lastAudit, audits, id: row.id }, row);
}

async function prolong(trx: Database, spans: readonly StoredSpan[]): Promise<void> {
  if (spans.length === 0) return;
  await sql`
    update finding set last_seen = given.last_seen, last_audit_id = given.audit, audits = given.audits
    from unnest(${spans.map(({ id }) => id)}::bigint[],
      ${spans.map(({ lastSeen }) => new Date(lastSeen).toISOString())}::timestamptz[],
      ${spans.map(({ lastAudit }) => lastAudit)}::bigint[],
      ${spans.map(({ audits }) => audits)}::int[]) as given(id, last_seen, audit, audits)
    where finding.id = given.id`.execute(trx);
}

/** The columns that an update sets, as the statement below reads them. */
const COLUMNS = sql`id bigint, check_id text, family text, verdict text, reason text, evidence jsonb, timings jsonb,
  causes jsonb, ruleset text, since timestamptz, first_seen timestamptz, last_seen timestamptz,
  last_changed timestamptz, audits int, first_audit_id bigint, last_audit_id bigint, ended_at timestamptz,
  known_verdict text, known_since timestamptz`;

async function update(trx: Database, spans: readonly StoredSpan[]): Promise<void> {
  if (spans.length === 0) return;
  await sql`
    update finding set evidence = given.evidence, timings = given.timings, causes = given.causes,
      ruleset = given.ruleset, since = given.since, last_seen = given.last_seen,
      last_changed = given.last_changed, audits = given.audits, last_audit_id = given.last_audit_id,
      ended_at = given.ended_at, known_verdict = given.known_verdict, known_since = given.known_since,
      verdict = given.verdict, reason = given.reason
    from jsonb_to_recordset(${json(spans)}::jsonb) as given(${COLUMNS})
    where finding.id = given.id`.execute(trx);
}

async function insert(
  trx: Database,
  { portal, vantage }: AuditedPair,
  spans: readonly FindingSpan[],
): Promise<void> {
  if (spans.length === 0) return;
  await sql`
    insert into finding (portal_id, vantage_id, check_id, family, verdict, reason, evidence, timings, causes, ruleset,
      since, first_seen, last_seen, last_changed, audits, first_audit_id, last_audit_id, ended_at, known_verdict,
      known_since)
    select ${portal}::int, ${vantage}::int, check_id, family, verdict, reason, evidence, timings, causes, ruleset,
      since, first_seen, last_seen, last_changed, audits, first_audit_id, last_audit_id, ended_at, known_verdict,
      known_since
    from jsonb_to_recordset(${json(spans)}::jsonb) as given(${COLUMNS})`.execute(trx);
}

function json(spans: readonly (FindingSpan & { readonly id?: number })[]): string {
  const instant = (at: number | null | undefined) =>
    at === null || at === undefined ? null : new Date(at).toISOString();
  return JSON.stringify(
    spans.map((span) => ({
      id: span.id,
      check_id: span.check,
      family: span.family ?? "",
      verdict: span.verdict,
      reason: span.reason,
      evidence: span.evidence,
      timings: span.timings,
      causes: span.causes,
      ruleset: span.ruleset,
      since: instant(span.since),
      first_seen: instant(span.firstSeen),
      last_seen: instant(span.lastSeen),
      last_changed: instant(span.lastChanged),
      audits: span.audits,
      first_audit_id: span.firstAudit,
      last_audit_id: span.lastAudit,
      ended_at: instant(span.endedAt),
      known_verdict: span.known?.verdict,
      known_since: instant(span.known?.since),
    })),
  );
}

function toSpan(row: Selectable<Schema["finding"]>): StoredSpan {
  const { known_verdict: verdict, known_since: since } = row;
  return {
    id: row.id,
    check: row.check_id,
    family: row.family === "" ? null : row.family,
    verdict: row.verdict,
    reason: row.reason,
    evidence: row.evidence,
    timings: row.timings,
    causes: row.causes,
    ruleset: row.ruleset,
    since: row.since.getTime(),
    firstSeen: row.first_seen.getTime(),
    lastSeen: row.last_seen.getTime(),
    lastChanged: row.last_changed.getTime(),
    audits: row.audits,
    firstAudit: row.first_audit_id,
    lastAudit: row.last_audit_id,
    endedAt: row.ended_at?.getTime() ?? null,
    known: verdict !== null && since !== null ? { verdict, since: since.getTime() } : null,
  };
}
