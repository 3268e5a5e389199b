import { afterAll, beforeAll, expect, test } from "vitest";
import { createLiveBus } from "../../src/domain/live.ts";
import type { PortalIncident } from "../../src/metrics/portal-incidents.ts";
import type { CommonCause } from "../../src/reports/incidents/common-causes.ts";
import { watchIncidents } from "../../src/watched-incidents.ts";
import { type Outages, putOutages } from "../reports/outages.ts";
import { buildWorld, START } from "../reports/world.ts";
import { openTestDatabase } from "../support/database.ts";

let opened: Awaited<ReturnType<typeof openTestDatabase>>;
let numbers: Awaited<ReturnType<typeof buildWorld>>;
let outages: Outages;
beforeAll(async () => {
  opened = await openTestDatabase();
  numbers = await buildWorld(opened.db);
  outages = await putOutages(opened.db, numbers);
});
afterAll(() => opened.close());

test("series follow what the bus tells of incidents, and who is in maintenance", async () => {
  const { db } = opened;
  const live = createLiveBus();
  const clock = { now: START };
  let shown: readonly PortalIncident[] = [];
  let maintained: readonly number[] = [];
  let causes: readonly CommonCause[] = [];
  let windows = -1;
  let next = Promise.withResolvers<void>();
  const watched = watchIncidents(
    db,
    {
      live,
      portalMetrics: {
        setIncidents: (open) => void (shown = open),
        setMaintained: (portals) => void (maintained = portals),
      },
      serviceMetrics: {
        setCommonCauses: (open) => void (causes = open),
        setActiveWindows: (count) => void (windows = count),
        setIncidentCounts: () => next.resolve(),
      },
    },
    { log: { warn() {} }, clock: () => clock.now },
  );
  await watched.refresh();
  expect(shown.map(({ portal }) => portal)).toContain(numbers.dead);
  expect(maintained).toEqual([]);
  expect(windows).toBe(0);
  const parts = shown.filter(({ inCommonCause }) => inCommonCause);
  expect(parts.map(({ portal }) => portal)).toEqual([numbers.dead]);
  expect(causes).toEqual([
    {
      incident: outages.parent,
      cause: "address",
      kind: "down",
      severity: "major",
      held: null,
      portals: 1,
    },
  ]);

  const hold = (held: "maintenance" | "prometheus") =>
    db.updateTable("incident").set({ held }).where("id", "=", outages.parent).execute();
  await hold("maintenance");
  await watched.refresh();
  expect(causes).toMatchObject([{ held: "maintenance" }]);
  // Nor is anybody told of its parts: those that were told stay parts, and the others are held as it is.
  const part = () => shown.find(({ portal }) => portal === numbers.dead);
  expect(part()).toMatchObject({ inCommonCause: true, held: "maintenance" });
  await hold("prometheus");
  await watched.refresh();
  expect(causes).toMatchObject([{ held: null }]);
  expect(part()).toMatchObject({ inCommonCause: true, held: "child" });

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
  expect(windows).toBe(1);
  expect(causes).toMatchObject([{ incident: outages.parent, portals: 0 }]);

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
