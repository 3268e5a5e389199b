import { afterAll, afterEach, assert, beforeAll, describe, expect, test } from "vitest";
import { acknowledge, resolveByHand } from "../../src/store/incidents/people.ts";
import { createWindow } from "../../src/store/maintenance.ts";
import { changePortal } from "../../src/store/portals.ts";
import type { Database } from "../../src/store/database.ts";
import { openTestDatabase } from "../support/database.ts";
import { HOUR, type IncidentWorld, makeWorld, MINUTE, START } from "../support/incident-world.ts";
import { fails, fine } from "./support/made-up-runs.ts";
import { startWebhookReceiver, type WebhookReceiver } from "./support/webhook-receiver.ts";

let db: Database;
let close: () => Promise<void>;
let world: IncidentWorld;
beforeAll(async () => {
  ({ db, close } = await openTestDatabase());
});
afterAll(() => close());
afterEach(() => world.stop());

const T = START + 5 * MINUTE;
const refused = fails("connect_refused");
const context = () => ({ db, actor: { keyId: null, name: "test" } });
const onlyIncident = () => db.selectFrom("incident").selectAll().executeTakeFirstOrThrow();

/** Maintenance of portal 1 from five minutes before T for half an hour. */
async function maintain(): Promise<void> {
  const made = await createWindow(
    context(),
    {
      title: "Nâng cấp",
      target: { portal: "portal-001" },
      starts_at: new Date(T - 5 * MINUTE).toISOString(),
      duration_minutes: 35,
    },
    new Date(START),
  );
  assert(made.ok, JSON.stringify(made));
}

describe("in maintenance", () => {
  test("nobody is told of an outage that ends within it, and probing goes on", async () => {
    world = await makeWorld(db, { portals: 2 });
    await maintain();
    world.sky = ({ portal, at }) =>
      portal === 1 && at >= T && at < T + 20 * MINUTE ? refused : fine;
    await world.play(50 * MINUTE);
    expect(world.said()).toEqual([]);
    expect((await onlyIncident()).resolved_at).toEqual(new Date(T + 20 * MINUTE));
  });

  test("an outage that outlasts it is told at its end", async () => {
    world = await makeWorld(db, { portals: 2 });
    await maintain();
    world.sky = ({ portal, at }) => (portal === 1 && at >= T ? refused : fine);
    await world.play(34 * MINUTE);
    expect(world.said()).toEqual([]);
    expect((await onlyIncident()).held).toBe("maintenance");
    await world.play(6 * MINUTE);
    expect(world.said()).toEqual(["opened down portal-001"]);
    expect(world.told[0]?.message.incident?.opened_at).toBe(new Date(T).toISOString());
  });
});

describe("an incident that nobody acknowledges", () => {
  const routes = [
    { channels: ["ops"], escalate: [{ after_minutes: 10, channels: ["boss"] }] },
  ] as const;
  let boss: WebhookReceiver;
  const channels = () => [
    {
      name: "boss",
      kind: "webhook",
      url: boss.url,
      secret: { env: "SECRET" },
      allow_networks: ["127.0.0.0/8"],
    },
  ];
  const bossHeard = () => boss.calls.map(({ message }) => message.event);

  test("is escalated once after its minutes, also by a process that was started since, and whoever was told hears of the end", async () => {
    boss = await startWebhookReceiver();
    world = await makeWorld(db, { portals: 2, routes, channels: channels() });
    world.sky = ({ portal, at }) =>
      portal === 1 && at >= T && at < T + 20 * MINUTE ? refused : fine;
    await world.play(13 * MINUTE);
    expect(bossHeard()).toEqual([]);
    world.restart();
    await world.play(25 * MINUTE);
    expect(bossHeard()).toEqual(["escalated", "resolved"]);
    expect(world.said()).toEqual(["opened down portal-001", "resolved down portal-001"]);
    await boss.stop();
  });

  test("but somebody who looks after it is not escalated to anybody", async () => {
    boss = await startWebhookReceiver();
    world = await makeWorld(db, { portals: 2, routes, channels: channels() });
    world.sky = ({ portal, at }) =>
      portal === 1 && at >= T && at < T + 20 * MINUTE ? refused : fine;
    await world.play(10 * MINUTE);
    const { id } = await onlyIncident();
    const done = await acknowledge(context(), id, { until: null }, world.now);
    assert(done.ok);
    await world.play(25 * MINUTE);
    expect(bossHeard()).toEqual([]);
    expect(world.said()).toEqual(["opened down portal-001", "resolved down portal-001"]);
    await boss.stop();
  });
});

describe("a receiver that is away for an hour", () => {
  test.each([
    ["answers 503", 503],
    ["cuts the connection", null],
  ])(
    "and %s gets each message once when it is back, in order, under the same key at every try",
    async (_, answer) => {
      world = await makeWorld(db, { portals: 2 });
      world.sky = ({ portal, at }) =>
        portal === 1 && at >= T && at < T + 30 * MINUTE ? refused : fine;
      await world.play(5 * MINUTE);
      world.ops.answer = answer;
      await world.play(1 * HOUR);
      expect(world.said()).toEqual([]);
      world.ops.answer = 204;
      await world.play(1 * HOUR);
      expect(world.said()).toEqual(["opened down portal-001", "resolved down portal-001"]);
      const keys = (event: string) =>
        new Set(
          world.ops.calls
            .filter(({ message }) => message.event === event)
            .map(({ headers }) => headers["idempotency-key"]),
        );
      expect(keys("opened").size).toBe(1);
      expect(keys("resolved").size).toBe(1);
      expect(world.ops.calls.length).toBeGreaterThan(5);
    },
  );
});

describe("more messages than a channel takes", () => {
  test("are told together: what was left out is counted and named, and nothing is lost", async () => {
    world = await makeWorld(db, {
      portals: 80,
      rate: { per_minute: 1, burst: 3 },
    });
    world.sky = ({ portal, at }) => (portal <= 15 && at >= T ? refused : fine);
    await world.play(15 * MINUTE);
    const singles = world.told.filter(({ event }) => event === "opened");
    const digests = world.told.filter(({ event }) => event === "digest");
    expect(singles.length).toBeLessThan(8);
    expect(digests.length).toBeGreaterThanOrEqual(1);
    const counted = digests.reduce((sum, { message }) => sum + (message.digest?.total ?? 0), 0);
    expect(singles.length + counted).toBe(15);
  });
});

describe("people", () => {
  test("who resolve an incident by hand end it, and the next failure lets the same one go on", async () => {
    world = await makeWorld(db, { portals: 2 });
    world.sky = ({ portal, at }) => (portal === 1 && at >= T ? refused : fine);
    await world.play(10 * MINUTE);
    const { id } = await onlyIncident();
    const done = await resolveByHand(context(), id, { note: "đã xử lý" }, world.now);
    assert(done.ok);
    await world.look();
    expect(world.said()).toEqual(["opened down portal-001", "resolved down portal-001"]);
    await world.play(5 * MINUTE);
    const all = await db.selectFrom("incident").selectAll().execute();
    expect(all).toMatchObject([{ id, resolved_at: null, reopened: 1 }]);
    expect(world.said()).toEqual([
      "opened down portal-001",
      "resolved down portal-001",
      "opened down portal-001",
    ]);
    const keys = new Set(world.told.map(({ dedupeKey }) => dedupeKey));
    expect(keys.size).toBe(3);
  });

  test("who retire a portal while it is down end its incident, and whoever was told hears it", async () => {
    world = await makeWorld(db, { portals: 2 });
    world.sky = ({ portal, at }) => (portal === 1 && at >= T ? refused : fine);
    await world.play(10 * MINUTE);
    const done = await changePortal(
      context(),
      "portal-001",
      { lifecycle: "retired" },
      new Date(world.now),
    );
    assert(done.ok, JSON.stringify(done));
    world.retired.add(1);
    await world.play(10 * MINUTE);
    expect(world.said()).toEqual(["opened down portal-001", "resolved down portal-001"]);
  });
});
