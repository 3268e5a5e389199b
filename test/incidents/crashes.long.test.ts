import { sql } from "kysely";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { Database } from "../../src/store/database.ts";
import { openTestDatabase } from "../support/database.ts";
import { type IncidentWorld, makeWorld, MINUTE, SECOND, START } from "../support/incident-world.ts";
import { fails, fine } from "./support/made-up-runs.ts";

let db: Database;
let close: () => Promise<void>;
let world: IncidentWorld;
beforeAll(async () => {
  ({ db, close } = await openTestDatabase());
  await sql`create function lose() returns trigger language plpgsql as
    $$ begin raise exception 'the database is lost'; end $$`.execute(db);
});
afterAll(() => close());
afterEach(async () => {
  for (const table of ["incident", "notification"]) {
    await sql`drop trigger if exists lose on ${sql.table(table)}`.execute(db);
  }
  await world.stop();
});

const T = START + 5 * MINUTE;
const incidents = () => db.selectFrom("incident").selectAll().orderBy("id").execute();

/** A commit that has written to this table (and fulfils the condition) is lost, until the returned function is called. */
async function loseCommits(
  table: string,
  how: "insert" | "update",
  condition = sql`true`,
): Promise<() => Promise<void>> {
  await sql`create constraint trigger lose after ${sql.raw(how)} on ${sql.table(table)}
    deferrable initially deferred for each row when (${condition}) execute function lose()`.execute(
    db,
  );
  world.process.lossy = true;
  return async () => {
    world.process.lossy = false;
    await sql`drop trigger lose on ${sql.table(table)}`.execute(db);
  };
}

async function downWorld(): Promise<void> {
  world = await makeWorld(db, { portals: 3 });
  world.sky = ({ portal, at }) =>
    portal === 1 && at >= T && at < T + 12 * MINUTE ? fails("connect_refused") : fine;
}

describe("a database that is lost", () => {
  test("between the decision and its commit loses neither incident nor message: the results come again, and it is told once", async () => {
    await downWorld();
    await world.play(5 * MINUTE);
    const back = await loseCommits("incident", "insert");
    await world.play(30 * SECOND);
    expect(world.process.faults.length).toBeGreaterThan(0);
    expect(await incidents()).toEqual([]);
    await back();
    await world.play(20 * MINUTE);
    expect(world.said()).toEqual(["opened down portal-001", "resolved down portal-001"]);
    const [only, ...others] = await incidents();
    expect(others).toEqual([]);
    expect(only?.opened_at).toEqual(new Date(T));
  });

  test("while it is written who is told loses nothing: neither half is there, and the next look does both", async () => {
    await downWorld();
    await world.play(5 * MINUTE);
    const back = await loseCommits("notification", "insert");
    await world.play(3 * MINUTE);
    expect((await incidents())[0]?.told_at).toBeNull();
    expect(world.said()).toEqual([]);
    await back();
    await world.play(20 * MINUTE);
    expect(world.said()).toEqual(["opened down portal-001", "resolved down portal-001"]);
  });
});

describe("a process that is killed", () => {
  test("between the commit and the sending leaves a message that the next one sends, once", async () => {
    await downWorld();
    await world.play(5 * MINUTE);
    // Decides and writes for two minutes, and never gets to send.
    world.process.deliver = () => Promise.resolve();
    await world.play(2 * MINUTE);
    expect(world.ops.calls).toEqual([]);
    expect((await incidents())[0]?.told_at).not.toBeNull();
    world.restart();
    await world.play(20 * MINUTE);
    expect(world.said()).toEqual(["opened down portal-001", "resolved down portal-001"]);
  });

  test("between the sending and its mark has it sent again under the same key", async () => {
    await downWorld();
    await world.play(5 * MINUTE);
    const back = await loseCommits("notification", "update", sql`new.state = 'sent'`);
    while (world.told.length === 0) await world.play(10 * SECOND);
    await back();
    world.restart();
    await world.play(5 * MINUTE);
    expect(world.said()).toEqual(["opened down portal-001", "opened down portal-001"]);
    expect(new Set(world.told.map(({ dedupeKey }) => dedupeKey)).size).toBe(1);
    await world.play(20 * MINUTE);
    expect(world.said().slice(2)).toEqual(["resolved down portal-001"]);
  });

  test("with open incidents leaves them open: the next one tells neither again, and tells the end", async () => {
    await downWorld();
    await world.play(10 * MINUTE);
    expect(world.said()).toEqual(["opened down portal-001"]);
    world.restart();
    await world.play(5 * MINUTE);
    world.restart();
    await world.play(20 * MINUTE);
    expect(world.said()).toEqual(["opened down portal-001", "resolved down portal-001"]);
    expect(await incidents()).toHaveLength(1);
  });

  test("between two failing runs is taken over where it stood: the confirmations count on", async () => {
    await downWorld();
    await world.play(5 * MINUTE + 15 * SECOND);
    world.restart();
    await world.play(20 * MINUTE);
    expect(world.said()).toEqual(["opened down portal-001", "resolved down portal-001"]);
    expect((await incidents())[0]?.confirmed_at).toEqual(new Date(T + 30 * SECOND));
  });
});

describe("two processes that look at the same time", () => {
  test("open, tell and send everything once", async () => {
    await downWorld();
    const other = world.newProcess();
    await world.play(5 * MINUTE);
    for (let step = 0; step < 24; step += 1) {
      await Promise.all([other.settle(), world.play(10 * SECOND)]);
      await Promise.all([other.settle(), world.process.settle()]);
      await Promise.all([other.deliver(), world.process.deliver(), other.deliver()]);
    }
    world.hear();
    expect(world.said()).toEqual(["opened down portal-001"]);
    const rows = await db.selectFrom("notification").selectAll().execute();
    expect(rows).toHaveLength(1);
    await other.stop();
  });
});
