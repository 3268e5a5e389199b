import { sql } from "kysely";
import type { Day } from "../../domain/calendar.ts";
import type { AdminLevel } from "../../domain/units/unit.ts";
import type { Database } from "../../store/database.ts";
import { unitsOfProvinceSql } from "../../store/present-province.ts";
import { type Page, type PageRequest, toPage } from "../page.ts";

/** How many of a kind a unit has on a day, by one source. */
export interface DenominatorRow {
  readonly id: number;
  readonly unit: {
    readonly level: AdminLevel;
    readonly code: string;
    readonly name_vi: string;
    readonly valid_from: Day;
    readonly valid_to: Day | null;
  };
  readonly kind: string;
  readonly as_of: Day;
  readonly value: number;
  /** Counts of different origin are kept beside each other, never mixed. */
  readonly source: string;
  readonly source_url: string | null;
  readonly revision: number;
  /** Why it was corrected; null for a first revision. */
  readonly reason: string | null;
  readonly recorded_by: string | null;
  /** ISO 8601 UTC. */
  readonly recorded_at: string;
}

/** Which counts; `province`: that the unit is in today. */
export interface DenominatorFilter {
  readonly unit?: string | undefined;
  readonly province?: string | undefined;
  readonly kind?: string | undefined;
  readonly asOf?: Day | undefined;
  readonly source?: string | undefined;
}

/** The counts that stand now, in the order of recording: of each the last revision. */
export async function listDenominators(
  db: Database,
  filter: DenominatorFilter,
  page: PageRequest<readonly [number]>,
): Promise<Page<DenominatorRow, readonly [number]>> {
  let query = denominators(db)
    .where(
      sql<boolean>`not exists (select from coverage_denominator later
        where later.unit_id = d.unit_id and later.kind = d.kind and later.as_of = d.as_of
          and later.source = d.source and later.revision > d.revision)`,
    )
    .orderBy("d.id")
    .limit(page.limit + 1);
  if (filter.unit !== undefined) query = query.where("u.code", "=", filter.unit);
  if (filter.kind !== undefined) query = query.where("d.kind", "=", filter.kind);
  if (filter.asOf !== undefined) query = query.where("d.as_of", "=", filter.asOf);
  if (filter.source !== undefined) query = query.where("d.source", "=", filter.source);
  if (filter.province !== undefined) {
    query = query.where(sql<boolean>`d.unit_id in ${unitsOfProvinceSql(filter.province)}`);
  }
  if (page.after) query = query.where("d.id", ">", page.after[0]);
  const rows = (await query.execute()).map(toRow);
  return toPage(rows, page.limit, ({ id }): readonly [number] => [id]);
}

/** Every revision of the count that this one is a revision of, first to last; empty where there is none. */
export async function denominatorHistory(db: Database, id: number): Promise<DenominatorRow[]> {
  const rows = await denominators(db)
    .innerJoin("coverage_denominator as asked", (join) =>
      join
        .on("asked.id", "=", id)
        .onRef("asked.unit_id", "=", "d.unit_id")
        .onRef("asked.kind", "=", "d.kind")
        .onRef("asked.as_of", "=", "d.as_of")
        .onRef("asked.source", "=", "d.source"),
    )
    .orderBy("d.revision")
    .execute();
  return rows.map(toRow);
}

function denominators(db: Database) {
  return db
    .selectFrom("coverage_denominator as d")
    .innerJoin("admin_unit as u", "u.id", "d.unit_id")
    .select(["d.id", "u.level", "u.code", "u.name_vi", "u.valid_from", "u.valid_to"])
    .select(["d.kind", "d.as_of", "d.value", "d.source", "d.source_url"])
    .select(["d.revision", "d.reason", "d.recorded_by", "d.recorded_at"]);
}

type Found = Awaited<ReturnType<ReturnType<typeof denominators>["execute"]>>[number];

function toRow(found: Found): DenominatorRow {
  const { level, code, name_vi, valid_from, valid_to, recorded_at, id, ...row } = found;
  const unit = { level, code, name_vi, valid_from, valid_to };
  return { id, unit, ...row, recorded_at: recorded_at.toISOString() };
}
