import { afterAll, beforeAll, expect, test } from "vitest";
import { createLiveBus } from "../../src/domain/live.ts";
import type { PortalIncident } from "../../src/metrics/portal-incidents.ts";
import { watchIncidents } from "../../src/watched-incidents.ts";
import { putOutages } from "../reports/outages.ts";
import { buildWorld, START } from "../reports/world.ts";
import { openTestDatabase } from "../support/database.ts";

let opened: Awaited<ReturnType<typeof openTestDatabase>>;
let numbers: Awaited<ReturnType<typeof buildWorld>>;
beforeAll(async () => {
  opened = await openTestDatabase();
  numbers = await buildWorld(opened.db);
  await putOutages(opened.db, numbers);
});
afterAll(() => opened.close());

test("series follow what the bus tells of incidents, and who is in maintenance", async () => {
  const { db } = opened;
  const live = createLiveBus();
  const clock = { now: START };
  let shown: readonly PortalIncident[] = [];
  let maintained: readonly number[] = [];
  let next = Promise.withResolvers<void>();
  const watched = watchIncidents(
    db,
    {
      live,
      portalMetrics: {
        setIncidents: (open) => void (shown = open),
        setMaintained: (portals) => void (maintained = portals),
      },
      serviceMetrics: { setIncidentCounts: () => next.resolve() },
    },
    { log: { warn() {} }, clock: () => clock.now },
  );
  await watched.refresh();
  expect(shown.map(({ portal }) => portal)).toContain(numbers.dead);
  expect(maintained).toEqual([]);

  next = Promise.withResolvers();
  clock.now = START + 121 * 60_000;
  await db
    .updateTable("incident")
    .set({ resolved_at: new Date(clock.now), closed_by: "good" })
    .where("portal_id", "=", numbers.dead)
    .execute();
  live.publish({ type: "incidents", ids: [1] });
  await next.promise;
  expect(shown.map(({ portal }) => portal)).not.toContain(numbers.dead);
  expect(maintained).toEqual([numbers.hue]);

  await watched.stop();
  next = Promise.withResolvers();
  live.publish({ type: "incidents", ids: [1] });
  const later = await Promise.race([
    next.promise.then(() => "read"),
    opened.db
      .selectFrom("incident")
      .select("id")
      .execute()
      .then(() => "nothing"),
  ]);
  expect(later).toBe("nothing");
});
