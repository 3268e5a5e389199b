import { writeAudit } from "../audit-log.ts";
import type { Database } from "../database.ts";
import type { Actor } from "../write-context.ts";
import { writeTimeline } from "./timeline.ts";

/** Notes what a person did to an incident: in its timeline, and in the audit log. */
export async function noteByPerson(
  trx: Database,
  actor: Actor,
  incident: number,
  deed: {
    readonly event: string;
    readonly facts: object;
    readonly before: object | null;
    readonly after: object | null;
  },
  now: number,
): Promise<void> {
  const { event, facts, before, after } = deed;
  await writeTimeline(trx, [{ incident, event, at: now, actor: actor.name, facts }], now);
  const entry = { objectType: "incident", objectId: String(incident), before, after };
  await writeAudit(trx, actor, [{ action: before === null ? "create" : "change", ...entry }]);
}
