import type { Database } from "../../store/database.ts";
import { type FigureRow, figuresQuery, toFigureRow } from "./figures.ts";

/** A revision with where it came from: who sent or decided it, in which file. */
export interface FigureRevision extends FigureRow {
  readonly from: {
    readonly via: "command" | "api" | "page" | "inbox" | "seed";
    readonly file_name: string;
    readonly sha256: string;
    readonly received_at: Date;
    /** Who imported it. */
    readonly by: string;
  };
}

/** Every revision of the figure that this one is a revision of, first to last; empty where there is no such figure. */
export async function figureHistory(db: Database, id: number): Promise<FigureRevision[]> {
  const figure = await db
    .selectFrom("coverage_figure")
    .selectAll()
    .where("id", "=", id)
    .executeTakeFirst();
  if (!figure) return [];
  const rows = await figuresQuery(db)
    .innerJoin("submission as m", "m.id", "f.submission_id")
    .select(["m.via", "m.file_name", "m.sha256", "m.received_at", "m.actor"])
    .where("f.indicator_code", "=", figure.indicator_code)
    .where("f.as_of", "=", figure.as_of)
    .where("f.basis", "=", figure.basis)
    .where("f.operator", "=", figure.operator)
    .where("f.unit_id", "=", figure.unit_id)
    .where("f.source_code", "=", figure.source_code)
    .where("f.indicator_version", "=", figure.indicator_version)
    .orderBy("f.revision")
    .execute();
  return rows.map(({ via, file_name, sha256, received_at, actor: by, ...row }) => ({
    ...toFigureRow(row),
    from: { via, file_name, sha256, received_at, by },
  }));
}
