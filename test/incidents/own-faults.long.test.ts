import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { Database } from "../../src/store/database.ts";
import { openTestDatabase } from "../support/database.ts";
import {
  HEALTHY,
  type IncidentWorld,
  makeWorld,
  MINUTE,
  SECOND,
  START,
} from "../support/incident-world.ts";
import { fails, fine } from "./support/made-up-runs.ts";

let db: Database;
let close: () => Promise<void>;
let world: IncidentWorld;
beforeAll(async () => {
  ({ db, close } = await openTestDatabase());
});
afterAll(() => close());
afterEach(() => world.stop());

const T = START + 5 * MINUTE;
const timeout = fails("connect_timeout");
const aboutPortals = () =>
  db.selectFrom("incident").select("id").where("portal_id", "is not", null).execute();

describe("our own uplink that dies", () => {
  test("is told as one vantage point that is degraded, and no portal is spoken of", async () => {
    world = await makeWorld(db, { portals: 40 });
    const dead = (at: number) => at >= T && at < T + 12 * MINUTE;
    world.health = () => (dead(world.now) ? { ip4: false, ip6: false, resolver: false } : HEALTHY);
    await world.play(15 * MINUTE);
    expect(world.said()).toEqual(["opened vantage_degraded vantage"]);
    await world.play(15 * MINUTE);
    expect(world.said()).toEqual([
      "opened vantage_degraded vantage",
      "resolved vantage_degraded vantage",
    ]);
    expect(await aboutPortals()).toEqual([]);
  });

  test("for twenty seconds that the self-tests missed accuses no portal", async () => {
    world = await makeWorld(db, { portals: 40 });
    world.sky = ({ at }) => (at >= T && at < T + 20 * SECOND ? timeout : fine);
    await world.play(20 * MINUTE);
    expect(world.said().filter((each) => !each.includes("vantage_degraded"))).toEqual([]);
    expect(await aboutPortals()).toEqual([]);
  });

  test("over one family is told for that family alone", async () => {
    world = await makeWorld(db, { portals: 40 });
    world.health = () => (world.now >= T ? { ...HEALTHY, ip6: false } : HEALTHY);
    await world.play(25 * MINUTE);
    expect(world.said()).toEqual(["opened vantage_degraded vantage"]);
    expect(world.told[0]?.message.incident?.family).toBe("ip6");
    expect(await aboutPortals()).toEqual([]);
  });
});

describe("many portals of many networks that fail at once, while the anchors answer", () => {
  test("are held back, and one vantage point is told as degraded", async () => {
    world = await makeWorld(db, { portals: 40 });
    world.sky = ({ at, portal }) =>
      at >= T && at < T + 12 * MINUTE && portal <= 30 ? timeout : fine;
    await world.play(35 * MINUTE);
    expect(world.said()).toEqual([
      "opened vantage_degraded vantage",
      "resolved vantage_degraded vantage",
    ]);
    const held = await db
      .selectFrom("probe_result")
      .select((row) => row.fn.countAll<number>().as("kept"))
      .where("outcome", "=", "fail")
      .executeTakeFirstOrThrow();
    expect(held.kept).toBeGreaterThan(30 * 2 * 12);
  });

  test("are told when it is over for the others and they are still down", async () => {
    world = await makeWorld(db, { portals: 40 });
    world.sky = ({ at, portal }) => {
      const until = portal === 7 ? Number.POSITIVE_INFINITY : T + 12 * MINUTE;
      return at >= T && at < until && portal <= 30 ? timeout : fine;
    };
    await world.play(35 * MINUTE);
    expect(world.said().toSorted()).toEqual([
      "opened down portal-007",
      "opened vantage_degraded vantage",
      "resolved vantage_degraded vantage",
    ]);
  });
});

describe("our own machine", () => {
  test("that is starved or out of sockets accuses nobody", async () => {
    world = await makeWorld(db, { portals: 20 });
    world.sky = ({ at, portal }) => {
      if (at < T) return fine;
      return fails(portal % 2 === 0 ? "event_loop_lag" : "own_sockets");
    };
    await world.play(30 * MINUTE);
    expect(await aboutPortals()).toEqual([]);
    expect(world.said().filter((each) => !each.includes("vantage_degraded"))).toEqual([]);
  });
});
