import { sql } from "kysely";
import { type RoundDays, roundFaults, type RoundFault } from "../domain/coverage/round.ts";
import { done, refused, type Result } from "../domain/result.ts";
import { writeAudit } from "./audit-log.ts";
import type { Day } from "./column-types.ts";
import type { Database } from "./database.ts";
import type { WriteContext } from "./write-context.ts";

/** A province that owes nothing in a round, and why. */
export interface Excuse {
  /** Code on the day that the round is of. */
  readonly province: string;
  readonly reason: string;
}

/** A reporting round as people plan it. */
export interface NewRound extends RoundDays {
  /** Codes of what is owed; empty: any indicator of communes will do. */
  readonly indicators: readonly string[];
  readonly note: string | null;
  /** Codes on the day that the round is of; null: every province of that day. */
  readonly provinces: readonly string[] | null;
  readonly excused: readonly Excuse[];
}

/** What of a round changes; what is absent stays, the excused are replaced as a whole. */
export type RoundChange = Partial<
  Pick<NewRound, "opensOn" | "dueOn" | "note" | "indicators" | "excused">
>;

/** Why a round was not written. */
export type RoundProblem =
  | { readonly kind: "no_round" | "duplicate" }
  | { readonly kind: "wrong_days"; readonly faults: readonly RoundFault[] }
  | { readonly kind: "unknown_province" | "unknown_indicator"; readonly codes: readonly string[] };

/** Opens a round for a quarter; returns its number. The audit log gets it in the same transaction. */
export function createRound(
  { db, actor }: WriteContext,
  round: NewRound,
  now: Date,
): Promise<Result<number, RoundProblem>> {
  return db.transaction().execute(async (trx) => {
    const faults = roundFaults(round);
    if (faults.length > 0) return refused({ kind: "wrong_days", faults });
    const unknown = await unknownIndicators(trx, round.indicators);
    if (unknown.length > 0) return refused({ kind: "unknown_indicator", codes: unknown });
    const owing = await provincesOn(trx, round.asOf);
    const codes = round.provinces ?? [...owing.keys()];
    const strangers = codes.filter((code) => !owing.has(code));
    const outside = round.excused.filter(({ province }) => !codes.includes(province));
    if (strangers.length + outside.length > 0) {
      const missing = [...strangers, ...outside.map(({ province }) => province)];
      return refused({ kind: "unknown_province", codes: missing });
    }
    const { asOf: as_of, opensOn: opens_on, dueOn: due_on, note } = round;
    const row = await trx
      .insertInto("coverage_round")
      .values({ as_of, opens_on, due_on, note, indicators: [...round.indicators], created_at: now })
      .onConflict((conflict) => conflict.doNothing())
      .returning("id")
      .executeTakeFirst();
    if (!row) return refused({ kind: "duplicate" });
    const reasons = new Map(round.excused.map(({ province, reason }) => [province, reason]));
    const duties = [...new Set(codes)].map((code) => ({
      round_id: row.id,
      province_id: owing.get(code) ?? 0,
      excused_reason: reasons.get(code) ?? null,
    }));
    if (duties.length > 0) await trx.insertInto("coverage_round_duty").values(duties).execute();
    await writeAudit(trx, actor, [
      {
        action: "create",
        objectType: "coverage_round",
        objectId: String(row.id),
        before: null,
        after: { ...round, provinces: codes },
      },
    ]);
    return done(row.id);
  });
}

/** Changes a round; a change that changes nothing writes nothing. */
export function changeRound(
  { db, actor }: WriteContext,
  id: number,
  change: RoundChange,
): Promise<Result<number, RoundProblem>> {
  return db.transaction().execute(async (trx) => {
    const before = await heldRound(trx, id);
    if (before === null) return refused({ kind: "no_round" });
    const given = Object.fromEntries(
      Object.entries(change).filter(([, value]) => value !== undefined),
    );
    const after: typeof before = { ...before, ...given };
    const faults = roundFaults(after);
    if (faults.length > 0) return refused({ kind: "wrong_days", faults });
    const unknown = await unknownIndicators(trx, after.indicators);
    if (unknown.length > 0) return refused({ kind: "unknown_indicator", codes: unknown });
    const strangers = after.excused.filter(({ province }) => !before.duties.has(province));
    if (strangers.length > 0) {
      const codes = strangers.map(({ province }) => province);
      return refused({ kind: "unknown_province", codes });
    }
    if (JSON.stringify(after) === JSON.stringify(before)) return done(id);
    const { opensOn: opens_on, dueOn: due_on, note, indicators } = after;
    await trx
      .updateTable("coverage_round")
      .set({ opens_on, due_on, note, indicators: [...indicators] })
      .where("id", "=", id)
      .execute();
    await putExcuses(trx, id, after.excused, before.duties);
    const told = ({ duties: _duties, ...round }: typeof before) => round;
    await writeAudit(trx, actor, [
      {
        action: "change",
        objectType: "coverage_round",
        objectId: String(id),
        before: told(before),
        after: told(after),
      },
    ]);
    return done(id);
  });
}

async function heldRound(trx: Database, id: number) {
  const row = await trx
    .selectFrom("coverage_round")
    .selectAll()
    .where("id", "=", id)
    .forUpdate()
    .executeTakeFirst();
  if (!row) return null;
  const duties = await trx
    .selectFrom("coverage_round_duty as d")
    .innerJoin("admin_unit as p", "p.id", "d.province_id")
    .select(["p.code", "p.id", "d.excused_reason"])
    .where("d.round_id", "=", id)
    .orderBy("p.code")
    .execute();
  const excused: readonly Excuse[] = duties.flatMap(({ code: province, excused_reason: reason }) =>
    reason === null ? [] : [{ province, reason }],
  );
  return {
    asOf: row.as_of,
    opensOn: row.opens_on,
    dueOn: row.due_on,
    note: row.note,
    indicators: row.indicators as readonly string[],
    excused,
    duties: new Map(duties.map((duty) => [duty.code, duty.id])),
  };
}

async function putExcuses(
  trx: Database,
  round: number,
  excused: readonly Excuse[],
  duties: ReadonlyMap<string, number>,
): Promise<void> {
  const rows = excused.map(({ province, reason }) => ({ id: duties.get(province), reason }));
  await sql`
    update coverage_round_duty d set excused_reason = (
      select g.reason from json_to_recordset(${JSON.stringify(rows)}::json) as g(id int, reason text)
      where g.id = d.province_id)
    where d.round_id = ${round}`.execute(trx);
}

/** Numbers of the provinces of a day, by code. */
async function provincesOn(trx: Database, day: Day): Promise<Map<string, number>> {
  const rows = await trx
    .selectFrom("admin_unit")
    .select(["code", "id"])
    .where("level", "=", "province")
    .where("valid_from", "<=", day)
    .where(sql<boolean>`coalesce(valid_to > ${day}::date, true)`)
    .orderBy("code")
    .execute();
  return new Map(rows.map(({ code, id }) => [code, id]));
}

async function unknownIndicators(trx: Database, codes: readonly string[]): Promise<string[]> {
  const rows = await trx.selectFrom("indicator").select("code").distinct().execute();
  const known = new Set(rows.map(({ code }) => code));
  return codes.filter((code) => !known.has(code));
}
