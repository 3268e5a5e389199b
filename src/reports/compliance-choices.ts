import { sql } from "kysely";
import type { Database } from "../store/database.ts";
import { foldedSql } from "./folded-text.ts";
import { isProbedSql } from "./state-sql.ts";

/** Something that a list can be narrowed to. */
export interface Choice {
  readonly id: string;
  readonly name_vi: string;
  readonly name_en: string | null;
}

/** What the compliance list can be narrowed to at all, and whether this place has audited anything yet. */
export interface ComplianceChoices {
  /** Agencies that answer for a portal in use, by name. */
  readonly agencies: readonly Choice[];
  /** Provinces of portals in use, by name. */
  readonly provinces: readonly Choice[];
  readonly audited: boolean;
}

/** The choices that a form about compliance offers; `vantage` is the name of the vantage point. */
export async function complianceChoices(db: Database, vantage: string): Promise<ComplianceChoices> {
  const agencies = await db
    .selectFrom("agency as a")
    .select(["a.slug as id", "a.name_vi", "a.name_en"])
    .where("a.id", "in", db.selectFrom("portal as p").select("p.agency_id").where(isProbedSql()))
    .orderBy(foldedSql(sql.ref<string>("a.name_vi")))
    .orderBy("a.id")
    .execute();
  const provinces = await db
    .selectFrom("admin_unit as u")
    .select(["u.code as id", "u.name_vi", sql<string | null>`null`.as("name_en")])
    .where("u.id", "in", db.selectFrom("portal as p").select("p.province_id").where(isProbedSql()))
    .orderBy(foldedSql(sql.ref<string>("u.name_vi")))
    .orderBy("u.id")
    .execute();
  const audit = await db
    .selectFrom("standing_track as t")
    .innerJoin("vantage as v", "v.id", "t.vantage_id")
    .select("t.portal_id")
    .where("v.name", "=", vantage)
    .limit(1)
    .executeTakeFirst();
  return { agencies, provinces, audited: audit !== undefined };
}
