import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { Database } from "../../src/store/database.ts";
import { openTestDatabase } from "../support/database.ts";
import { type IncidentWorld, makeWorld, MINUTE, START } from "../support/incident-world.ts";
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
const aboutPortals = () => world.said().filter((each) => !each.includes("vantage_degraded"));
const PLACES = ["hanoi", "danang", "hcmc"];

describe("several vantage points", () => {
  test("that agree make a portal down, told once with all of them", async () => {
    world = await makeWorld(db, { portals: 3, vantages: PLACES });
    world.sky = ({ portal, at }) => (portal === 1 && at >= T ? timeout : fine);
    await world.play(20 * MINUTE);
    expect(aboutPortals()).toEqual(["opened down portal-001"]);
    const confirmation = world.told[0]?.message.incident?.confirmation;
    expect(confirmation?.vantages.length).toBeGreaterThanOrEqual(2);
    expect(confirmation?.single_vantage).toBe(false);
  });

  test("that disagree are told as partly down after ten minutes, with the one that fails, and not as down", async () => {
    world = await makeWorld(db, { portals: 3, vantages: PLACES });
    world.sky = ({ portal, at, vantage }) =>
      portal === 1 && at >= T && vantage === "danang" ? timeout : fine;
    await world.play(14 * MINUTE);
    expect(aboutPortals()).toEqual([]);
    await world.play(10 * MINUTE);
    expect(aboutPortals()).toEqual(["opened down portal-001"]);
    expect(world.told.at(-1)?.message.incident).toMatchObject({
      scope: "partial",
      severity: "minor",
      confirmation: { vantages: ["danang"] },
    });
  });

  test("of which one is silent: it has no vote, neither for what it saw last nor against what the others see", async () => {
    world = await makeWorld(db, { portals: 3, vantages: PLACES });
    // Hà Nội sees a failure and falls silent; the others see all well: nothing is down.
    world.sky = ({ portal, at, vantage }) => {
      if (portal === 1 && at >= T && vantage === "hanoi") return timeout;
      // Later both that are left fail: they are all that is eligible.
      return portal === 2 && at >= T + 30 * MINUTE && vantage !== "hanoi" ? timeout : fine;
    };
    await world.play(7 * MINUTE);
    world.silent.add("hanoi");
    await world.play(20 * MINUTE);
    expect(aboutPortals().filter((each) => each.includes("portal-001"))).toEqual([]);
    await world.play(20 * MINUTE);
    expect(aboutPortals()).toEqual(["opened down portal-002"]);
    expect(world.told.at(-1)?.message.incident?.scope).toBe("whole");
  });

  test("close by a stricter rule than they open: one that still fails keeps the incident open as partly down", async () => {
    world = await makeWorld(db, { portals: 3, vantages: PLACES });
    world.sky = ({ portal, at, vantage }) => {
      const until = vantage === "hcmc" ? T + 60 * MINUTE : T + 20 * MINUTE;
      return portal === 1 && at >= T && at < until ? timeout : fine;
    };
    await world.play(50 * MINUTE);
    expect(aboutPortals()).not.toContain("resolved down portal-001");
    await world.play(30 * MINUTE);
    expect(aboutPortals().filter((each) => each.startsWith("opened"))).toHaveLength(1);
    expect(aboutPortals().at(-1)).toBe("resolved down portal-001");
  });
});
