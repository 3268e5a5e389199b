import type { Day } from "../domain/calendar.ts";
import type { Database } from "../store/database.ts";

/** Who gets an agency's digest, and what became of the last one. Instants are ISO 8601 UTC. */
export interface RecipientRow {
  readonly id: number;
  readonly address: string;
  readonly lang: "vi" | "en";
  readonly created_at: string;
  readonly last: {
    readonly month: Day;
    readonly state: "sending" | "sent" | "failed";
    readonly attempts: number;
    readonly at: string;
    /** What the server said. */
    readonly error: string | null;
    readonly retry_at: string | null;
  } | null;
}

/** The recipients of an agency's digest, oldest first; there are few. */
export async function listRecipients(db: Database, agency: string): Promise<RecipientRow[]> {
  const rows = await db
    .selectFrom("digest_recipient as r")
    .innerJoin("agency as a", "a.id", "r.agency_id")
    .leftJoinLateral(
      (each) =>
        each
          .selectFrom("digest_delivery")
          .selectAll()
          .whereRef("recipient_id", "=", "r.id")
          .orderBy("month", "desc")
          .limit(1)
          .as("d"),
      (join) => join.onTrue(),
    )
    .select(["r.id", "r.address", "r.lang", "r.created_at"])
    .select(["d.month", "d.state", "d.attempts", "d.at", "d.error", "d.retry_at"])
    .where("a.slug", "=", agency)
    .orderBy("r.id")
    .execute();
  return rows.map(({ id, address, lang, created_at: createdAt, month, state, at, ...last }) => ({
    id,
    address,
    lang,
    created_at: createdAt.toISOString(),
    last:
      month === null || state === null || at === null
        ? null
        : {
            month,
            state,
            attempts: last.attempts ?? 0,
            at: at.toISOString(),
            error: last.error,
            retry_at: last.retry_at?.toISOString() ?? null,
          },
  }));
}
