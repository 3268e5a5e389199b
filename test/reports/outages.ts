import type { Insertable } from "kysely";
import type { IncidentSchema } from "../../src/store/incident-schema.ts";
import type { Database } from "../../src/store/database.ts";
import { START } from "./world.ts";

export const MINUTE = 60_000;

/** Numbers of the incidents and the window that `putOutages` made. */
export interface Outages {
  /** `dead` cannot be reached, a child of `parent`. */
  readonly dead: number;
  /** `half` is down over IPv6 only; acknowledged until an hour after START. */
  readonly half: number;
  /** One certificate of `hanoi` and `hue` expires. */
  readonly certificate: number;
  /** What `dead` and others have in common. */
  readonly parent: number;
  readonly vantage: number;
  /** `slow` was slow yesterday, for an hour. */
  readonly past: number;
  /** A window over the agency `province-46`, two hours from START on, each Sunday. */
  readonly window: number;
}

const CONFIRMATION = { vantages: [1], observations: 3, confirmations: 2, singleVantage: true };

const at = (minutes: number) => new Date(START + minutes * MINUTE);

/** An incident as its columns want it; opened two minutes before START. */
export function incident(
  facts: Partial<Insertable<IncidentSchema["incident"]>> & { subject: string },
): Insertable<IncidentSchema["incident"]> {
  return {
    kind: "down",
    severity: "major",
    cause: "connect_timeout",
    opened_at: at(-2),
    confirmed_at: at(-1),
    last_bad_at: at(0),
    confirmation: JSON.stringify(CONFIRMATION),
    ...facts,
  };
}

/** Puts an incident of each sort into the world of world.ts, with a timeline, and a maintenance window. */
export async function putOutages(
  db: Database,
  numbers: Readonly<Record<"dead" | "half" | "hanoi" | "hue" | "slow", number>>,
): Promise<Outages> {
  const put = async (row: Parameters<typeof incident>[0]) => {
    const values = incident(row);
    const { id } = await db
      .insertInto("incident")
      .values(values)
      .returning("id")
      .executeTakeFirstOrThrow();
    const opened = { event: "opened", at: values.opened_at, facts: JSON.stringify({ cause: "x" }) };
    await db
      .insertInto("incident_event")
      .values({ incident_id: id, ...opened })
      .execute();
    return id;
  };
  const of = (slug: keyof typeof numbers) => ({
    subject: `portal:${numbers[slug]}`,
    portal_id: numbers[slug],
  });
  const parent = await put({ subject: "address:203.0.113.10", cause: "common_cause" });
  const dead = await put({ ...of("dead"), severity: "critical", parent_id: parent, held: "child" });
  const half = await put({
    ...of("half"),
    family: "ip6",
    scope: "partial",
    severity: "minor",
    told_at: at(0),
    ack_by: "operator for tests",
    ack_at: at(0),
    ack_until: at(60),
  });
  const certificate = await put({
    kind: "certificate",
    subject: "certificate:ab12",
    cause: "certificate_expiring",
    severity: "minor",
    opened_at: at(-120),
  });
  await db
    .insertInto("incident_member")
    .values([
      { incident_id: parent, portal_id: numbers.dead, from_at: at(-2) },
      { incident_id: certificate, portal_id: numbers.hanoi, from_at: at(-120) },
      { incident_id: certificate, portal_id: numbers.hue, from_at: at(-60) },
    ])
    .execute();
  const vantage = await put({
    kind: "vantage_degraded",
    subject: "vantage:1/ip6",
    cause: "vantage_ip6",
    vantage_id: 1,
    opened_at: at(-30),
  });
  const past = await put({
    ...of("slow"),
    kind: "degraded",
    cause: "too_slow",
    opened_at: at(-1440),
    confirmed_at: at(-1435),
    last_bad_at: at(-1390),
    resolved_at: at(-1380),
    closed_by: "good",
  });
  return { dead, half, certificate, parent, vantage, past, window: await putWindow(db) };
}

async function putWindow(db: Database): Promise<number> {
  const agency = await db
    .selectFrom("agency")
    .select("id")
    .where("slug", "=", "province-46")
    .executeTakeFirstOrThrow();
  const { id } = await db
    .insertInto("maintenance_window")
    .values({
      title: "Bảo trì hằng tuần",
      note: "nội bộ",
      agency_id: agency.id,
      starts_at: at(120),
      duration_minutes: 60,
      rrule: "FREQ=WEEKLY",
      created_by: "operator for tests",
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  await db
    .insertInto("maintenance_occurrence")
    .values(
      [0, 7].map((days) => ({
        window_id: id,
        starts_at: at(120 + days * 1440),
        ends_at: at(180 + days * 1440),
      })),
    )
    .execute();
  return id;
}
