import { sql } from "kysely";
import type { Edition } from "../../domain/coverage/release.ts";
import type { Database } from "../../store/database.ts";
import { isLastRevision } from "../coverage/question.ts";
import type { Between } from "./changed-figures.ts";

/** Why the figures of an indicator do not compare between two releases. */
export interface MethodBreak {
  readonly indicator: string;
  /** Versions that the figures of each release's own day have; different ones are a break. */
  readonly from_versions: readonly number[];
  readonly to_versions: readonly number[];
  /** What releases said of it that came after the first one, up to and with the second. */
  readonly notes: readonly {
    readonly release: string;
    readonly note_vi: string;
    readonly note_en: string;
  }[];
}

/** The indicators whose method changed between two editions: by their version, or because a release says so. */
export async function methodBreaks(
  db: Database,
  between: Between,
): Promise<readonly MethodBreak[]> {
  const { from, to } = between;
  const [before, after] = [await versionsOn(db, from), await versionsOn(db, to)];
  const notes = await notesBetween(db, between);
  const renewed = [...after].flatMap(([indicator, versions]) => {
    const earlier = before.get(indicator);
    return earlier && versions.some((version) => !earlier.includes(version)) ? [indicator] : [];
  });
  return [...new Set([...renewed, ...notes.map(({ indicator }) => indicator)])]
    .toSorted()
    .map((indicator) => ({
      indicator,
      from_versions: before.get(indicator) ?? [],
      to_versions: after.get(indicator) ?? [],
      notes: notes.flatMap(({ indicator: of, ...note }) => (of === indicator ? [note] : [])),
    }));
}

async function versionsOn(db: Database, { asOf, cut }: Edition): Promise<Map<string, number[]>> {
  const { rows } = await sql<{ indicator: string; versions: number[] }>`
    select indicator_code as indicator, array_agg(distinct indicator_version order by indicator_version) as versions
    from coverage_figure f where as_of = ${asOf}::date and id <= ${cut} and status <> 'withdrawn'
      and ${isLastRevision({ cut })}
    group by indicator_code`.execute(db);
  return new Map(rows.map(({ indicator, versions }) => [indicator, versions]));
}

/** A release of the quarter of the first one, or of one after it, that was published with more than it had. */
function notesBetween(db: Database, { from, to }: Between) {
  return db
    .selectFrom("coverage_release_break as b")
    .innerJoin("coverage_release as r", "r.id", "b.release_id")
    .select(["b.indicator_code as indicator", "r.code as release", "b.note_vi", "b.note_en"])
    .where("r.as_of", "<=", to.asOf)
    .where("r.cut_figure_id", "<=", to.cut)
    .where(
      sql<boolean>`(r.as_of > ${from.asOf}::date or (r.as_of = ${from.asOf}::date and r.cut_figure_id > ${from.cut}))`,
    )
    .orderBy("r.id")
    .execute();
}
