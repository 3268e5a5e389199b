import { openDatabase } from "../../src/store/open-database.ts";

/** The incidents and notifications that a drill has left in a database, oldest first. */
export async function incidentsStored(databaseUrl: string | null, dataDir: string) {
  const { db, close } = await openDatabase({ databaseUrl, dataDir });
  try {
    const incidents = await db
      .selectFrom("incident as i")
      .leftJoin("portal as p", "p.id", "i.portal_id")
      .select(["i.id", "i.kind", "i.subject", "i.cause", "i.scope", "i.held", "i.resolved_at"])
      .select("p.slug as portal")
      .orderBy("i.id")
      .execute();
    const notifications = await db
      .selectFrom("notification")
      .select(["incident_id", "event", "dedupe_key", "state", "attempts"])
      .orderBy("id")
      .execute();
    return { incidents, notifications };
  } finally {
    await close();
  }
}
