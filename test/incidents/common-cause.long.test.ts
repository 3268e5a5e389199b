import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { Database } from "../../src/store/database.ts";
import { openTestDatabase } from "../support/database.ts";
import { type IncidentWorld, makeWorld, MINUTE, START } from "../support/incident-world.ts";
import { fails, fine, type Run, type Seen } from "./support/made-up-runs.ts";

let db: Database;
let close: () => Promise<void>;
let world: IncidentWorld;
beforeAll(async () => {
  ({ db, close } = await openTestDatabase());
});
afterAll(() => close());
afterEach(() => world.stop());

const T = START + 5 * MINUTE;

/** Portals 1 to 8 lie behind one address of each family. */
function shared({ portal, family }: Run): Seen {
  const address = family === "ip4" ? "100.99.99.99" : "2001:db8:ffff::99";
  return portal <= 8 ? { address, addresses: [address] } : fine;
}

describe("a hosting address that dies", () => {
  test("is one message for all its portals, with what they have in common and the portals by name", async () => {
    world = await makeWorld(db, { portals: 40 });
    world.sky = (run) =>
      run.portal <= 8 && run.at >= T && run.at < T + 12 * MINUTE
        ? fails("connect_timeout", shared(run))
        : shared(run);
    await world.play(25 * MINUTE);
    expect(world.said()).toEqual(["opened down address", "resolved down address"]);
    const [told] = world.told;
    expect(told?.after).toBeLessThanOrEqual(T - START + 3 * MINUTE);
    expect(told?.message.incident?.members.total).toBe(8);
    expect(told?.message.incident?.members.portals.map(({ id }) => id)).toContain("portal-008");
    const children = await db
      .selectFrom("incident")
      .select(["told_at", "resolved_at"])
      .where("parent_id", "is not", null)
      .execute();
    expect(children).toHaveLength(8);
    expect(children.filter(({ told_at: at }) => at !== null)).toEqual([]);
  });

  test("lets a portal that stays down when it is back speak for itself", async () => {
    world = await makeWorld(db, { portals: 40 });
    world.sky = (run) => {
      const until = run.portal === 3 ? Number.POSITIVE_INFINITY : T + 12 * MINUTE;
      return run.portal <= 8 && run.at >= T && run.at < until
        ? fails("connect_timeout", shared(run))
        : shared(run);
    };
    await world.play(30 * MINUTE);
    expect(world.said()).toContain("opened down portal-003");
    expect(world.said().toSorted()).toEqual([
      "opened down address",
      "opened down portal-003",
      "resolved down address",
    ]);
  });
});

describe("a certificate that expires", () => {
  test("is told once per threshold, however many portals share it", async () => {
    world = await makeWorld(db, { portals: 50 });
    const fingerprint = "c".repeat(64);
    const end = START + 14 * 24 * 60 * MINUTE + 25 * MINUTE;
    world.sky = (run) => {
      const { certificate } = certified;
      return run.portal <= 50 ? { certificate } : fine;
    };
    const certified = {
      certificate: {
        fingerprint,
        subject: "CN=*.example.gov.vn",
        issuer: "CN=Example CA",
        serial: "02",
        notBefore: new Date(end - 365 * 24 * 60 * MINUTE).toISOString(),
        notAfter: new Date(end).toISOString(),
        earliestNotAfter: new Date(end).toISOString(),
        names: ["*.example.gov.vn"],
        keyType: "ec",
        keyBits: 256,
        chainLength: 2,
      },
    };
    // Below 30 days from the start on, below 14 after half an hour.
    await world.play(20 * MINUTE);
    expect(world.said()).toEqual(["opened certificate certificate"]);
    expect(world.told[0]?.message.incident?.members.total).toBe(50);
    await world.play(15 * MINUTE);
    expect(world.said().slice(1)).toEqual(["changed certificate certificate"]);
  });
});
