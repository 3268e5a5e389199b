import { sql } from "kysely";
import type { Day } from "../domain/calendar.ts";
import type { Database } from "../store/database.ts";
import { containing, folded, foldedSql } from "./folded-text.ts";
import { type Page, type PageRequest, toPage } from "./page.ts";

/** A province or commune as it was on one day; a code is an identity only together with its dates. */
export interface AdminUnitRow {
  readonly code: string;
  readonly name_vi: string;
  readonly name_vi_alt: string | null;
  readonly name_en: string | null;
  readonly type: string;
  readonly full_name_vi: string;
  readonly area_km2: number | null;
  readonly population: number | null;
  readonly population_note: string | null;
  readonly lat: number | null;
  readonly lon: number | null;
  /** The resolution of the National Assembly's Standing Committee that made it so. */
  readonly resolution: string | null;
  readonly valid_from: Day;
  readonly valid_to: Day | null;
}

/** A province with what belongs to it. */
export interface ProvinceRow extends AdminUnitRow {
  readonly region: string | null;
  readonly communes: number;
  readonly portals: number;
}

/** A commune with its province. */
export interface CommuneRow extends AdminUnitRow {
  readonly province: { readonly code: string; readonly name_vi: string };
}

/** The code of the last unit shown: on one day no two units of a level share one. */
export type UnitPosition = readonly [string];

/** Provinces valid on a day, by code. */
export async function listProvinces(
  db: Database,
  on: Day,
  page: PageRequest<UnitPosition>,
): Promise<Page<ProvinceRow, UnitPosition>> {
  const rows = await unitsQuery(db, "province", on, page)
    .select((eb) => [
      "u.region",
      eb
        .selectFrom("admin_unit as c")
        .select(sql<number>`count(*)`.as("communes"))
        .whereRef("c.parent_id", "=", "u.id")
        .where("c.level", "=", "commune")
        .where(validOn("c", on))
        .as("communes"),
      eb
        .selectFrom("portal as p")
        .select(sql<number>`count(*)`.as("portals"))
        .whereRef("p.province_id", "=", "u.id")
        .as("portals"),
    ])
    .execute();
  return toPage(
    rows.map(({ communes, portals, ...row }) => ({
      ...row,
      communes: communes ?? 0,
      portals: portals ?? 0,
    })),
    page.limit,
    ({ code }): UnitPosition => [code],
  );
}

/** Which communes; `province` is a code, `q` text in the name, case and diacritics aside. */
export interface CommuneFilter {
  readonly province?: string | undefined;
  readonly q?: string | undefined;
}

/** Communes valid on a day, by code. */
export async function listCommunes(
  db: Database,
  on: Day,
  filter: CommuneFilter,
  page: PageRequest<UnitPosition>,
): Promise<Page<CommuneRow, UnitPosition>> {
  let query = unitsQuery(db, "commune", on, page)
    .innerJoin("admin_unit as p", "p.id", "u.parent_id")
    .select(["p.code as province_code", "p.name_vi as province_name_vi"]);
  if (filter.province !== undefined) query = query.where("p.code", "=", filter.province);
  if (filter.q !== undefined) {
    const name = sql<string>`concat_ws(' ', u.full_name_vi, u.name_vi_alt, u.name_en, u.code)`;
    query = query.where(foldedSql(name), "like", containing(folded(filter.q)));
  }
  const rows = await query.execute();
  return toPage(
    rows.map(({ province_code: code, province_name_vi: name, ...row }) => ({
      ...row,
      province: { code, name_vi: name },
    })),
    page.limit,
    ({ code }): UnitPosition => [code],
  );
}

function unitsQuery(
  db: Database,
  level: "province" | "commune",
  on: Day,
  page: PageRequest<UnitPosition>,
) {
  const query = db
    .selectFrom("admin_unit as u")
    .leftJoin("admin_unit_attribute as a", (join) =>
      join.onRef("a.unit_id", "=", "u.id").on(validOn("a", on)),
    )
    .select(({ fn }) => [
      "u.code",
      fn.coalesce("a.name_vi", "u.name_vi").as("name_vi"),
      fn.coalesce("a.name_vi_alt", "u.name_vi_alt").as("name_vi_alt"),
      "u.name_en",
      fn.coalesce("a.type", "u.type").as("type"),
      fn.coalesce("a.full_name_vi", "u.full_name_vi").as("full_name_vi"),
      "u.area_km2",
      "u.population",
      "u.population_note",
      "u.lat",
      "u.lon",
      "u.resolution",
      "u.valid_from",
      "u.valid_to",
    ])
    .where("u.level", "=", level)
    .where(validOn("u", on))
    .orderBy("u.code")
    .limit(page.limit + 1);
  return page.after ? query.where("u.code", ">", page.after[0]) : query;
}

const validOn = (unit: "u" | "c" | "a", on: Day) =>
  sql<boolean>`${sql.ref(`${unit}.valid_from`)} <= ${on}::date
    and coalesce(${sql.ref(`${unit}.valid_to`)} > ${on}::date, true)`;
