import type { AuditObservation } from "../domain/audit/observation.ts";
import { NO_TRACKS } from "../domain/audit-reading.ts";
import type { FindingSpan } from "../domain/finding-spans.ts";
import type { Judgement } from "../domain/judgement.ts";
import { namesSeen } from "../domain/seen-names.ts";
import { replayAudits } from "./audit-replay.ts";
import type { AuditTrigger } from "./audit-schema.ts";
import { type AuditedPair, lockAudits } from "./audited-pair.ts";
import type { Database } from "./database.ts";
import { readSpans } from "./finding-rows.ts";
import {
  type AddressedPart,
  digestsOf,
  partsOf,
  writeDerForms,
  writeParts,
} from "./observation-parts.ts";
import { noteNames } from "./seen-names.ts";
import { readStanding, type Standing } from "./standing-rows.ts";
import { asStored } from "./storable-json.ts";
import { vantageNumber } from "./vantages.ts";
import { followVantageEvents } from "./vantage-events.ts";

/** What saving audits needs. */
export interface AuditContext {
  readonly db: Database;
  /** How often each portal is audited, milliseconds: over a part of it failures are counted together (V6). */
  readonly auditIntervalMs: number;
}

/** An audit with the judgement of the present rules. Instants are milliseconds since the epoch. */
export interface JudgedAudit {
  /** The portal's number. */
  readonly portal: number;
  /** The vantage point's name. */
  readonly vantage: string;
  readonly scheduledAt: number;
  readonly trigger: AuditTrigger;
  readonly observation: AuditObservation;
  readonly judgement: Judgement;
}

/** What is believed of a portal at one vantage point: its open findings, and null for a standing that nothing is known of. */
export interface PresentState {
  readonly findings: readonly FindingSpan[];
  readonly standing: Standing | null;
}

export interface SavedAudit {
  /** The audit's number. */
  readonly audit: number;
  /** Whether it was stored now; an audit that was stored before changes nothing. */
  readonly added: boolean;
  readonly before: PresentState;
  readonly after: PresentState;
  /** Numbers of the portals whose findings an event of the vantage point, recognised now, explains. */
  readonly excused: readonly number[];
}

/**
 * Stores an audit in one transaction with everything that follows from it: parts of the observation by content, spans
 * of findings, level and grade, names that no one has listed, events of the vantage point. An audit is identified by
 * portal, vantage point, scheduled time and trigger; it may come later than a newer one. Throws what the database
 * throws.
 */
export async function saveAudit(ctx: AuditContext, given: JudgedAudit): Promise<SavedAudit> {
  const audit = asStored(given);
  const vantage = await vantageNumber(ctx.db, audit.vantage);
  const pair = { portal: audit.portal, vantage };
  const { facts } = given.observation;
  const parts = partsOf(facts, audit.judgement);
  return ctx.db.transaction().execute(async (trx) => {
    await lockAudits(trx, vantage);
    const before = await readPresent(trx, pair);
    const at = new Date(audit.observation.startedAt);
    const known = await findAudit(trx, pair, audit);
    if (known !== null) {
      return { audit: known, added: false, before, after: before, excused: [] };
    }
    await writeParts(trx, parts, at);
    await writeDerForms(trx, facts.certificates, at);
    const id = await insertAudit(trx, pair, audit, parts);
    await replayAudits(trx, pair, at, (row) => (row.id === id ? audit.judgement : null));
    await noteNames(trx, pair.portal, namesSeen(audit.observation.facts), at);
    const after = await readPresent(trx, pair);
    // An audit that came late says nothing about what happens now.
    if (after.standing?.lastAudit !== id) {
      return { audit: id, added: true, before, after, excused: [] };
    }
    const { auditIntervalMs } = ctx;
    const latest = { vantage, at, findings: after.findings, auditIntervalMs };
    const excused = await followVantageEvents(trx, latest);
    const believed = excused.includes(pair.portal) ? await readPresent(trx, pair) : after;
    return { audit: id, added: true, before, after: believed, excused };
  });
}

/** What is believed of a portal at one vantage point now. */
async function readPresent(db: Database, pair: AuditedPair): Promise<PresentState> {
  return { findings: await readSpans(db, pair, null), standing: await readStanding(db, pair) };
}

async function findAudit(
  trx: Database,
  pair: AuditedPair,
  { scheduledAt, trigger }: JudgedAudit,
): Promise<number | null> {
  const row = await trx
    .selectFrom("audit")
    .select("id")
    .where("portal_id", "=", pair.portal)
    .where("vantage_id", "=", pair.vantage)
    .where("scheduled_at", "=", new Date(scheduledAt))
    .where("trigger", "=", trigger)
    .executeTakeFirst();
  return row?.id ?? null;
}

async function insertAudit(
  trx: Database,
  pair: AuditedPair,
  { scheduledAt, trigger, observation, judgement }: JudgedAudit,
  parts: readonly AddressedPart[],
): Promise<number> {
  const { id } = await trx
    .insertInto("audit")
    .values({
      portal_id: pair.portal,
      vantage_id: pair.vantage,
      scheduled_at: new Date(scheduledAt),
      trigger,
      started_at: new Date(observation.startedAt),
      ended_at: new Date(observation.endedAt),
      url: observation.url,
      ...digestsOf(parts),
      timings: JSON.stringify(observation.timings),
      ruleset: judgement.ruleset,
      level: judgement.level.level,
      level_possible: judgement.level.possible,
      grade: judgement.grade.grade,
      grade_possible: judgement.grade.possible,
      // The replay that follows finds what was believed before and puts in what is now.
      tracks: JSON.stringify(NO_TRACKS),
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  return id;
}
