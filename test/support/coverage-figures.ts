import { sql } from "kysely";
import { type NewFigure, REPORTED_DENOMINATOR } from "../../src/domain/coverage/figure.ts";
import { addFigures } from "../../src/store/coverage-figures.ts";
import { lockCoverage } from "../../src/store/coverage-lock.ts";
import type { Database } from "../../src/store/database.ts";
import { addSubmission } from "../../src/store/submissions.ts";

/** Communes of a province on a day: number and code, by code. */
export function communesOf(
  db: Database,
  province: string,
  day = "2026-09-30",
): Promise<{ id: number; code: string }[]> {
  return db
    .selectFrom("admin_unit as u")
    .innerJoin("admin_unit as p", "p.id", "u.parent_id")
    .select(["u.id", "u.code"])
    .where("u.level", "=", "commune")
    .where("p.code", "=", province)
    .where("u.valid_from", "<=", day)
    .where(sql<boolean>`coalesce(u.valid_to > ${day}::date, true)`)
    .orderBy("u.code")
    .execute();
}

/** Made-up households with fibre in reach, 80 of 100, as the ministry would tell; anything else as given. */
export function householdFigure(unitId: number, facts: Partial<NewFigure> = {}): NewFigure {
  return {
    unitId,
    indicator: "fibre_hh_passed",
    indicatorVersion: 1,
    operator: "all",
    asOf: "2026-09-30",
    basis: "reported",
    source: "ministry",
    status: "present",
    numerator: 80,
    denominator: 100,
    denominatorSource: REPORTED_DENOMINATOR,
    statedRatio: null,
    sheet: null,
    row: 2,
    note: null,
    ...facts,
  };
}

/** What a figure says that has no value. */
export function withoutValue(status: NewFigure["status"]): Partial<NewFigure> {
  return { status, numerator: null, denominator: null, denominatorSource: null, statedRatio: null };
}

/** Records figures as one file would have brought them; returns the number of the submission. */
export function recordFigures(
  db: Database,
  figures: readonly NewFigure[],
  { reason = null, at = "2026-10-05T00:00:00Z" }: { reason?: string | null; at?: string } = {},
): Promise<number> {
  return db.transaction().execute(async (trx) => {
    await lockCoverage(trx);
    const submissionId = await addSubmission(trx, {
      fileName: "figures for tests.csv",
      sha256: "0".repeat(64),
      bytes: 0,
      content: null,
      format: "csv",
      encoding: null,
      source: figures[0]?.source ?? "ministry",
      settings: {},
      understood: null,
      via: "command",
      actor: { keyId: null, name: "test" },
      receivedAt: new Date(at),
      outcome: "accepted",
      accepted: figures.length,
      held: 0,
      refused: 0,
      unchanged: 0,
      faultCount: 0,
      faults: [],
    });
    await addFigures(trx, figures, { submissionId, reason, recordedAt: new Date(at) });
    return submissionId;
  });
}
