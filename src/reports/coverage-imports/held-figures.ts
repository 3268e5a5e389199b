import type { NewFigure } from "../../domain/coverage/figure.ts";
import type { Database } from "../../store/database.ts";

/** The figures that held rows would bring, with their keys, by number of the row. */
export async function heldFigures(
  db: Database,
  ids: readonly number[],
): Promise<ReadonlyMap<number, readonly NewFigure[]>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .selectFrom("held_row")
    .select(["id", "figures"])
    .where("id", "in", ids)
    .execute();
  return new Map(rows.map(({ id, figures }) => [id, figures]));
}
