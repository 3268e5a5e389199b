import { afterAll, afterEach, assert, beforeAll, describe, expect, test } from "vitest";
import type { Database } from "../../src/store/database.ts";
import { openTestDatabase } from "../support/database.ts";
import { type IncidentWorld, makeWorld, MINUTE, SECOND, START } from "../support/incident-world.ts";
import { absent, fails, fine, slow } from "./support/made-up-runs.ts";

let db: Database;
let close: () => Promise<void>;
let world: IncidentWorld;
beforeAll(async () => {
  ({ db, close } = await openTestDatabase());
});
afterAll(() => close());
afterEach(() => world.stop());

/** From here on things go wrong. */
const T = START + 5 * MINUTE;
const refused = fails("connect_refused");
const incidents = () => db.selectFrom("incident").selectAll().orderBy("id").execute();

describe("a portal", () => {
  test("that loses one packet is not spoken of, and the failed run is kept", async () => {
    world = await makeWorld(db, { portals: 3 });
    world.sky = ({ portal, family, at }) =>
      portal === 1 && family === "ip4" && at === T ? fails("connect_timeout") : fine;
    await world.play(15 * MINUTE);
    expect(world.said()).toEqual([]);
    expect(await incidents()).toEqual([]);
    const { failed } = await db
      .selectFrom("probe_result")
      .select((row) => row.fn.countAll<number>().as("failed"))
      .where("outcome", "=", "fail")
      .executeTakeFirstOrThrow();
    expect(failed).toBe(1);
  });

  test("that fails three times is told once within two minutes, with what, since when and how it was confirmed", async () => {
    world = await makeWorld(db, { portals: 3 });
    world.sky = ({ portal, at }) => (portal === 1 && at >= T ? refused : fine);
    await world.play(20 * MINUTE);
    expect(world.said()).toEqual(["opened down portal-001"]);
    const [told] = world.told;
    expect(told?.after).toBeLessThanOrEqual(T - START + 2 * MINUTE);
    expect(told?.message.incident).toMatchObject({
      kind: "down",
      scope: "whole",
      family: null,
      cause: "connect_refused",
      opened_at: new Date(T).toISOString(),
      confirmed_at: new Date(T + 30 * SECOND).toISOString(),
      resolved_at: null,
      portal: { id: "portal-001" },
      confirmation: { vantages: ["local"], single_vantage: true },
    });
    expect(told?.message.incident?.confirmation.confirmations).toBeGreaterThanOrEqual(2);
    expect(told?.message.incident?.evidence).not.toEqual({});
  });

  test("that serves the wrong content is down", async () => {
    world = await makeWorld(db, { portals: 2 });
    world.sky = ({ portal, at }) =>
      portal === 1 && at >= T ? fails("body_mismatch", { status: 200 }) : fine;
    await world.play(10 * MINUTE);
    expect(world.said()).toEqual(["opened down portal-001"]);
    expect(world.told[0]?.message.incident?.cause).toBe("body_mismatch");
  });

  test("that recovers slowly is told once more, when it has stayed well, and with the first good run as the end", async () => {
    world = await makeWorld(db, { portals: 2 });
    // Good, good, bad: no recovery yet.
    const relapse = T + 22 * MINUTE;
    world.sky = ({ portal, at }) =>
      portal === 1 && ((at >= T && at < T + 20 * MINUTE) || at === relapse) ? refused : fine;
    await world.play(40 * MINUTE);
    expect(world.said()).toEqual(["opened down portal-001", "resolved down portal-001"]);
    expect(world.told[1]?.message.incident?.resolved_at).toBe(
      new Date(relapse + 10 * SECOND).toISOString(),
    );
  });

  test("that comes and goes forty times is told of twice, and once more when it is stable", async () => {
    world = await makeWorld(db, { portals: 2 });
    const until = T + 40 * MINUTE;
    world.sky = ({ portal, scheduledAt }) =>
      portal === 1 &&
      scheduledAt >= T &&
      scheduledAt < until &&
      ((scheduledAt - T) / MINUTE) % 2 === 0
        ? refused
        : fine;
    await world.play(45 * MINUTE);
    expect(world.said()).toEqual(["opened down portal-001", "flapping down portal-001"]);
    await world.play(40 * MINUTE);
    expect(world.said().slice(2)).toEqual(["resolved down portal-001"]);
    expect(await incidents()).toHaveLength(1);
  });

  test("that is only too slow is degraded after five runs, never down", async () => {
    world = await makeWorld(db, { portals: 2 });
    world.sky = ({ portal, at }) => (portal === 1 && at >= T && at < T + 10 * MINUTE ? slow : fine);
    await world.play(8 * MINUTE);
    expect(world.said()).toEqual([]);
    await world.play(15 * MINUTE);
    expect(world.said()).toEqual(["opened degraded portal-001", "resolved degraded portal-001"]);
  });
});

describe("two families", () => {
  test("that both fail are one incident, told once", async () => {
    world = await makeWorld(db, { portals: 2 });
    world.sky = ({ portal, at }) => (portal === 1 && at >= T ? refused : fine);
    await world.play(20 * MINUTE);
    expect(world.said()).toEqual(["opened down portal-001"]);
    expect(await incidents()).toHaveLength(1);
  });

  test("of which one fails are partly down with a severity of its own, and down when the other fails too", async () => {
    world = await makeWorld(db, { portals: 2 });
    world.sky = ({ portal, family, at }) => {
      const from = family === "ip6" ? T : T + 8 * MINUTE;
      return portal === 1 && at >= from && at < T + 16 * MINUTE ? refused : fine;
    };
    await world.play(10 * MINUTE);
    expect(world.said()).toEqual(["opened down portal-001"]);
    expect(world.told[0]?.message.incident).toMatchObject({
      scope: "partial",
      family: "ip6",
      severity: "minor",
    });
    await world.play(16 * MINUTE);
    expect(world.said().slice(1)).toEqual(["changed down portal-001", "resolved down portal-001"]);
    expect(world.told[1]?.message.incident).toMatchObject({
      scope: "whole",
      family: null,
      severity: "major",
    });
    expect(await incidents()).toHaveLength(1);
  });

  test("of which only one is published are down as a whole when that one fails", async () => {
    world = await makeWorld(db, { portals: 2 });
    world.sky = ({ portal, family, at }) => {
      if (family === "ip6") return absent;
      return portal === 1 && at >= T ? refused : fine;
    };
    await world.play(15 * MINUTE);
    expect(world.said()).toEqual(["opened down portal-001"]);
    expect(world.told[0]?.message.incident).toMatchObject({ scope: "whole", severity: "major" });
  });
});

describe("a run that fails only by its certificate", () => {
  test("opens an incident of the certificate, never also one of being down", async () => {
    world = await makeWorld(db, { portals: 2 });
    world.sky = ({ portal, at }) =>
      portal === 1 && at >= T && at < T + 8 * MINUTE ? fails("tls_expired") : fine;
    await world.play(20 * MINUTE);
    expect(world.said()).toEqual([
      "opened certificate portal-001",
      "resolved certificate portal-001",
    ]);
    const kinds = (await incidents()).map(({ kind }) => kind);
    expect(kinds).toEqual(["certificate"]);
  });
});

describe("a name that a proven resolver cannot resolve", () => {
  test("is told as such after five runs and two retries, not before, and not as down", async () => {
    world = await makeWorld(db, { portals: 2 });
    world.sky = ({ portal, at }) => (portal === 1 && at >= T ? fails("dns_servfail") : fine);
    await world.play(T - START + 3.9 * MINUTE);
    expect(world.said()).toEqual([]);
    await world.play(10 * MINUTE);
    expect(world.said()).toEqual(["opened unresolvable portal-001"]);
    const [told] = world.told;
    assert(told?.message.incident);
    expect(told.message.incident.confirmation.observations).toBeGreaterThanOrEqual(7);
    expect(await incidents()).toHaveLength(1);
  });

  test("once, or through a resolver that is not proven, is nobody's incident", async () => {
    world = await makeWorld(db, { portals: 2 });
    world.sky = ({ portal, at }) =>
      portal === 1 && at >= T && at < T + 2 * MINUTE
        ? fails("dns_timeout")
        : portal === 2 && at >= T
          ? fails("resolver_unusable")
          : fine;
    await world.play(15 * MINUTE);
    expect(world.said()).toEqual([]);
    expect(await incidents()).toEqual([]);
  });
});

test("runs that could not tell neither open, close nor reset anything", async () => {
  world = await makeWorld(db, { portals: 4 });
  // Down, then unknown for long, then down again: one incident all the time.
  world.sky = ({ portal, at }) => {
    if (portal !== 1 || at < T) return fine;
    return at >= T + 5 * MINUTE && at < T + 15 * MINUTE ? fails("event_loop_lag") : refused;
  };
  await world.play(30 * MINUTE);
  expect(world.said()).toEqual(["opened down portal-001"]);
  const [only] = await incidents();
  expect(only).toMatchObject({ opened_at: new Date(T), resolved_at: null, reopened: 0 });
});
