import type { Selectable } from "kysely";
import type { Database } from "../database.ts";
import type { Schema } from "../schema.ts";

/** An incident as a round looks at it. */
export type OpenRow = Selectable<Schema["incident"]>;

/** Everything that is open, and what has ended and was not told so yet, by number. */
export function readOpenRows(trx: Database): Promise<OpenRow[]> {
  return trx
    .selectFrom("incident")
    .selectAll()
    .where((is) =>
      is.or([
        is("resolved_at", "is", null),
        is.and([
          is("resolved_at", "is not", null),
          is("told_at", "is not", null),
          is("told_resolved_at", "is", null),
        ]),
      ]),
    )
    .orderBy("id")
    .execute();
}
