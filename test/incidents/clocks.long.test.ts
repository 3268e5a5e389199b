import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { Database } from "../../src/store/database.ts";
import { openTestDatabase } from "../support/database.ts";
import { HOUR, type IncidentWorld, makeWorld, MINUTE, START } from "../support/incident-world.ts";
import { fails, fine, type Run } from "./support/made-up-runs.ts";

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
const incidents = () => db.selectFrom("incident").selectAll().orderBy("id").execute();

/** Scheduled runs of portal 1 and 2 over both families that nobody could store at the time. */
function runsBetween(from: number, to: number): Run[] {
  const runs: Run[] = [];
  for (let at = from; at < to; at += MINUTE) {
    for (const portal of [1, 2]) {
      for (const family of ["ip4", "ip6"] as const) {
        runs.push({ portal, family, vantage: "local", scheduledAt: at, attempt: 0, at });
      }
    }
  }
  return runs;
}

describe("a clock that jumps", () => {
  test.each([
    ["two hours forward and back", 2 * HOUR],
    ["two hours back and forward", -2 * HOUR],
  ])("%s makes no incident, and what is down during the jump is told once", async (_, jump) => {
    world = await makeWorld(db, { portals: 2 });
    world.sky = ({ portal, at }) => (portal === 1 && at >= START + 30 * MINUTE ? refused : fine);
    await world.play(10 * MINUTE);
    world.clockFault = jump;
    await world.play(5 * MINUTE);
    world.clockFault = 0;
    await world.play(14 * MINUTE);
    expect(world.said().filter((each) => !each.includes("vantage_degraded"))).toEqual([]);
    await world.play(10 * MINUTE);
    const aboutPortals = world.said().filter((each) => !each.includes("vantage_degraded"));
    expect(aboutPortals).toEqual(["opened down portal-001"]);
  });

  test("while a portal is down tells neither again, and its end once", async () => {
    world = await makeWorld(db, { portals: 2 });
    world.sky = ({ portal, at }) =>
      portal === 1 && at >= T && at < T + 40 * MINUTE ? refused : fine;
    await world.play(15 * MINUTE);
    world.clockFault = 2 * HOUR;
    await world.play(3 * MINUTE);
    world.clockFault = 0;
    await world.play(60 * MINUTE);
    const aboutPortals = world.said().filter((each) => !each.includes("vantage_degraded"));
    expect(aboutPortals).toEqual(["opened down portal-001", "resolved down portal-001"]);
  });
});

describe("results of an hour that come late", () => {
  test("amend the history and send no old news", async () => {
    world = await makeWorld(db, { portals: 2 });
    await world.play(5 * MINUTE);
    // The place cannot store for an hour; within it a portal is down for twenty minutes.
    world.sky = ({ portal, at }) =>
      portal === 1 && at >= T + 10 * MINUTE && at < T + 30 * MINUTE ? refused : fine;
    world.silent.add("local");
    await world.play(60 * MINUTE);
    world.silent.clear();
    await world.store(runsBetween(T + MINUTE, START + 65 * MINUTE));
    await world.play(20 * MINUTE);
    expect(world.said().filter((each) => !each.includes("vantage_degraded"))).toEqual([]);
    const [only] = await incidents().then((all) => all.filter(({ kind }) => kind === "down"));
    expect(only).toMatchObject({
      opened_at: new Date(T + 10 * MINUTE),
      resolved_at: new Date(T + 30 * MINUTE),
      told_at: null,
    });
  });

  test("tell what is still down", async () => {
    world = await makeWorld(db, { portals: 2 });
    await world.play(5 * MINUTE);
    world.sky = ({ portal, at }) => (portal === 1 && at >= T + 10 * MINUTE ? refused : fine);
    world.silent.add("local");
    await world.play(60 * MINUTE);
    world.silent.clear();
    await world.store(runsBetween(T + MINUTE, START + 65 * MINUTE));
    await world.play(10 * MINUTE);
    const aboutPortals = world.told.filter(({ what }) => what.startsWith("down"));
    expect(aboutPortals.map(({ event }) => event)).toEqual(["opened"]);
    expect(aboutPortals[0]?.message.incident?.opened_at).toBe(
      new Date(T + 10 * MINUTE).toISOString(),
    );
  });

  test("and twice change nothing the second time", async () => {
    world = await makeWorld(db, { portals: 2 });
    world.sky = ({ portal, at }) =>
      portal === 1 && at >= T && at < T + 20 * MINUTE ? refused : fine;
    await world.play(60 * MINUTE);
    const before = await incidents();
    world.forgetTold();
    await world.store(runsBetween(START + MINUTE, START + 50 * MINUTE));
    world.restart();
    await world.store(runsBetween(START + MINUTE, START + 50 * MINUTE));
    await world.play(5 * MINUTE);
    expect(await incidents()).toEqual(before);
    expect(world.said()).toEqual([]);
  });
});
