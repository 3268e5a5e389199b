import { type Selectable, sql } from "kysely";
import type { Day } from "../../domain/calendar.ts";
import type { Database } from "../../store/database.ts";
import type { Schema } from "../../store/schema.ts";

/** A version of an indicator, as the register has it and the API prints it. */
export type IndicatorRow = Omit<Selectable<Schema["indicator"]>, "position" | "aliases">;

/** Every version of every indicator, in the order in which they are shown, newest version first. */
export async function listIndicators(db: Database): Promise<IndicatorRow[]> {
  const rows = await db
    .selectFrom("indicator")
    .selectAll()
    .orderBy("position")
    .orderBy(sql`code collate "C"`)
    .orderBy("version", "desc")
    .execute();
  return rows.map(({ position: _position, aliases: _aliases, ...row }) => row);
}

/** What sums need to know of a definition. */
export type SumIndicator = Pick<
  IndicatorRow,
  | "code"
  | "version"
  | "denominator_kind"
  | "multi_operator"
  | "lowest_level"
  | "valid_from"
  | "valid_to"
>;

/** The definitions of one indicator, without their texts, newest first; empty where there is none. */
export function versionsOf(db: Database, code: string): Promise<SumIndicator[]> {
  return db
    .selectFrom("indicator")
    .select([
      "code",
      "version",
      "denominator_kind",
      "multi_operator",
      "lowest_level",
      "valid_from",
      "valid_to",
    ])
    .where("code", "=", code)
    .orderBy("version", "desc")
    .execute();
}

/** The version of an indicator that is asked for, or the one in force on the day; null where there is none. */
export function versionFor<Version extends SumIndicator>(
  indicators: readonly Version[],
  code: string,
  { version, day }: { readonly version: number | undefined; readonly day: Day },
): Version | null {
  const wanted = indicators.find(
    (each) =>
      each.code === code &&
      (version === undefined
        ? each.valid_from <= day && (each.valid_to === null || day < each.valid_to)
        : each.version === version),
  );
  return wanted ?? null;
}
