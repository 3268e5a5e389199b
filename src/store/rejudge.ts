import { sql } from "kysely";
import type { AuditObservation } from "../domain/audit/observation.ts";
import type { Day } from "../domain/calendar.ts";
import type { Judgement } from "../domain/judgement.ts";
import type { LightProbeHistory } from "../domain/readiness.ts";
import { type ReplayCount, replayAudits } from "./audit-replay.ts";
import type { AuditRow } from "./audit-rows.ts";
import { type AuditedPair, lockAudits } from "./audited-pair.ts";
import type { Database } from "./database.ts";
import { lightProbeHistory } from "./light-history.ts";
import { readFacts } from "./observation-parts.ts";
import { PartReader } from "./part-reader.ts";

/** What to judge again. */
export interface RejudgeRange {
  /** Audits that began at this instant or later. */
  readonly since: Date;
  /** Leaves out portals whose audits since then all carry this rule set; null for all portals. */
  readonly unless: string | null;
}

/** How audits are judged now. */
export interface Judge {
  readonly judge: (observation: AuditObservation, history: LightProbeHistory) => Judgement;
  /** The day to which an instant (milliseconds since the epoch) belongs, in the zone of the roll-ups. */
  readonly dayOf: (at: number) => Day;
}

/** How many portals are looked up at a time. */
const PAGE = 500;

/** Portals and vantage points with audits to be judged again, in their order, found page by page as they are asked for. */
export async function* pairsToRejudge(
  db: Database,
  { since, unless }: RejudgeRange,
): AsyncGenerator<AuditedPair> {
  let after: AuditedPair = { portal: 0, vantage: 0 };
  for (;;) {
    const { rows } = await sql<AuditedPair>`
      select portal_id as portal, vantage_id as vantage from standing_track
      where (portal_id, vantage_id) > (${after.portal}::int, ${after.vantage}::int) and exists (
        select from audit where audit.portal_id = standing_track.portal_id
          and audit.vantage_id = standing_track.vantage_id and started_at >= ${since}
          and (${unless}::text is null or ruleset <> ${unless}::text))
      order by portal_id, vantage_id limit ${PAGE}`.execute(db);
    yield* rows;
    const last = rows.at(-1);
    if (!last || rows.length < PAGE) return;
    after = last;
  }
}

/**
 * Judges all audits of a portal since an instant again, from the facts that were stored, and derives everything that
 * follows as if each had been judged so when it was made. One transaction; a second time changes nothing.
 */
export async function rejudgePair(
  db: Database,
  pair: AuditedPair,
  since: Date,
  rules: Judge,
): Promise<ReplayCount> {
  return db.transaction().execute(async (trx) => {
    await lockAudits(trx, pair.vantage);
    const { name: vantage } = await trx
      .selectFrom("vantage")
      .select("name")
      .where("id", "=", pair.vantage)
      .executeTakeFirstOrThrow();
    const reader = new PartReader(trx);
    const histories = new Map<Day, LightProbeHistory>();
    const historyOn = async (day: Day) => {
      const known = histories.get(day);
      if (known) return known;
      const history = await lightProbeHistory(trx, pair.portal, pair.vantage, day);
      histories.set(day, history);
      return history;
    };
    return replayAudits(trx, pair, since, async (row: AuditRow) => {
      const observation = {
        url: row.url,
        vantage,
        startedAt: row.startedAt.getTime(),
        endedAt: row.endedAt.getTime(),
        facts: await readFacts(reader, row),
        timings: row.timings,
      };
      const history = await historyOn(rules.dayOf(observation.startedAt));
      return rules.judge(observation, history);
    });
  });
}

/** The instant at which a day begins in a zone. */
export async function startOfDayIn(db: Database, day: Day, zone: string): Promise<Date> {
  const { rows } = await sql<{ at: Date }>`
    select ${day}::date::timestamp at time zone ${zone} as at`.execute(db);
  const [row] = rows;
  if (!row) throw new Error("A day without a beginning");
  return row.at;
}
