import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Database } from "../../src/store/database.ts";
import {
  type Claim,
  type ClaimedNotification,
  claimDue,
  dueChannels,
  type FailedSend,
  markFailed,
  markSent,
  releaseClaims,
} from "../../src/store/notifications.ts";
import { enqueueTest, notificationEnd, retryNow } from "../../src/store/notification-requests.ts";
import {
  forgetNotifications,
  outboxStanding,
  toldThrough,
} from "../../src/store/notification-upkeep.ts";
import { readChannelState, writeChannelState } from "../../src/store/notify-channels.ts";
import { openTestDatabase } from "../support/database.ts";
import { NOW } from "../support/made-up-notices.ts";
import { enqueue, enqueueAll, openIncident, openIncidents } from "./helpers/notifications.ts";

let db: Database;
let close: () => Promise<void>;
beforeAll(async () => {
  ({ db, close } = await openTestDatabase());
});
afterAll(() => close());
// The few tables that are written here: emptying all takes longer than the tests.
beforeEach(() =>
  sql`truncate notification, incident, audit_log, notify_channel cascade`.execute(db),
);

/** So many seconds after the beginning. */
const at = (seconds: number) => new Date(NOW + seconds * 1000);
const claim = (seconds: number, change: Partial<Claim> = {}) =>
  claimDue(db, {
    channel: "duty",
    rate: null,
    now: at(seconds),
    leaseMs: 60_000,
    limit: 100,
    ...change,
  });
const fail = (claimed: ClaimedNotification, seconds: number, change: Partial<FailedSend> = {}) =>
  markFailed(db, claimed, {
    now: at(seconds),
    what: "HTTP 503",
    permanent: false,
    retryAfterMs: null,
    progress: null,
    random: 0.5,
    ...change,
  });
const sent = (id: number, seconds: number, receipt: string | null = null) =>
  markSent(db, id, { now: at(seconds), receipt, note: null });
const rows = () => db.selectFrom("notification").selectAll().orderBy("id").execute();
const writer = () => ({ db, actor: { keyId: null, name: "test" } });

async function one<Item>(items: Promise<Item[]>): Promise<Item> {
  const [first, ...others] = await items;
  expect(others).toEqual([]);
  if (first === undefined) throw new Error("nothing was claimed");
  return first;
}

async function storm(count: number): Promise<number[]> {
  const subjects = Array.from({ length: count }, (_, which) => `portal:${which}`);
  const incidents = await openIncidents(db, subjects);
  return enqueueAll(
    db,
    incidents.map((incident) => ({ incident, event: "opened", channel: "duty", now: at(0) })),
  );
}

describe("a claim", () => {
  test("is held by one of many workers at a time", async () => {
    const ids = await storm(20);
    const claims = await Promise.all([1, 2, 3, 4].map(() => claim(1, { limit: 5 })));
    const held = claims.flat().map(({ id }) => id);
    expect(new Set(held).size).toBe(held.length);
    const rest = (await claim(1)).map(({ id }) => id);
    expect([...held, ...rest].toSorted((a, b) => a - b)).toEqual(ids);
    expect(await claim(1)).toEqual([]);
  });

  test("of a worker that was killed before it marked is given again, with the same key", async () => {
    await storm(1);
    const first = await one(claim(0));
    expect(await claim(59)).toEqual([]);
    const second = await one(claim(61));
    expect(second).toMatchObject({ id: first.id, dedupeKey: first.dedupeKey, attempts: 2 });
    // What the first worker still says of its failure concerns nobody any more.
    await fail(first, 62, { permanent: true });
    expect(await notificationEnd(db, first.id)).toMatchObject({ state: "pending" });
    // That it was taken is true, whoever says so.
    await sent(first.id, 63);
    expect(await notificationEnd(db, first.id)).toMatchObject({ state: "sent" });
  });

  test("of an earlier process ends with it where nobody else can be there", async () => {
    await storm(1);
    await claim(0);
    await releaseClaims(db);
    expect(await claim(1)).toHaveLength(1);
  });

  test("takes the most urgent first, and no other channel's", async () => {
    for (const severity of ["minor", "critical", "major"] as const) {
      const incident = await openIncident(db, `portal:${severity}`);
      await enqueue(db, {
        incident,
        event: "opened",
        channel: "duty",
        now: at(0),
        notice: { severity },
      });
      await enqueue(db, { incident, event: "opened", channel: "chat", now: at(0) });
    }
    expect(await dueChannels(db, at(0))).toEqual(["chat", "duty"]);
    const claimed = await claim(0);
    expect(claimed.map(({ message }) => message.incident?.severity)).toEqual([
      "critical",
      "major",
      "minor",
    ]);
    expect(await dueChannels(db, at(0))).toEqual(["chat"]);
  });
});

describe("one incident in one channel", () => {
  test("is told in order: the end waits until its opening was sent, and answers it", async () => {
    const incident = await openIncident(db, "portal:1");
    const opened = await enqueue(db, { incident, event: "opened", channel: "duty", now: at(0) });
    const resolved = await enqueue(db, {
      incident,
      event: "resolved",
      channel: "duty",
      now: at(1),
    });
    const first = await one(claim(2));
    expect(first.id).toBe(opened);
    await fail(first, 2);
    expect(await claim(3)).toEqual([]);
    await one(claim(13));
    await sent(opened, 13, "message-5");
    expect(await one(claim(14))).toMatchObject({ id: resolved, receipt: "message-5" });
  });

  test("is told of its end where its opening is dead", async () => {
    const incident = await openIncident(db, "portal:1");
    await enqueue(db, { incident, event: "opened", channel: "duty", now: at(0) });
    await fail(await one(claim(0)), 0, { permanent: true });
    await enqueue(db, { incident, event: "resolved", channel: "duty", now: at(1) });
    expect(await one(claim(1))).toMatchObject({ event: "resolved", receipt: null });
  });
});

describe("a failure", () => {
  test("is followed by a pause, and after a day by none", async () => {
    await storm(1);
    expect(await fail(await one(claim(0)), 0)).toBe("again");
    expect(await claim(9.9)).toEqual([]);
    expect(await fail(await one(claim(86_400)), 86_400)).toBe("dead");
    expect(await outboxStanding(db)).toEqual({ oldestAt: null, pending: 0, dead: 1 });
    expect(await claim(200_000)).toEqual([]);
  });

  test("of a receiver that is down for an hour costs nothing: it is sent when it is back", async () => {
    const [id = 0] = await storm(1);
    let seconds = 0;
    let tries = 1;
    for (let claimed = await one(claim(0)); seconds <= 3600; tries += 1) {
      await fail(claimed, seconds);
      const [row] = await rows();
      seconds = ((row?.next_at.getTime() ?? 0) - NOW) / 1000;
      claimed = await one(claim(seconds));
    }
    await sent(id, seconds);
    expect(tries).toBeLessThan(12);
    expect(seconds).toBeLessThan(7200);
    expect(await notificationEnd(db, id)).toMatchObject({
      state: "sent",
      attempts: tries,
      error: null,
    });
  }, 20_000);

  test("of a receiver that asks for patience is followed by as much", async () => {
    await storm(1);
    await fail(await one(claim(0)), 0, { retryAfterMs: 300_000 });
    expect(await claim(299)).toEqual([]);
    expect(await claim(300)).toHaveLength(1);
  });

  test("keeps what was done already for the next try", async () => {
    await storm(1);
    await fail(await one(claim(0)), 0, { progress: '{"taken":["a@b.vn"],"refused":[]}' });
    expect((await one(claim(10))).progress).toBe('{"taken":["a@b.vn"],"refused":[]}');
  });

  test("for good is dead at once, until somebody has it tried again", async () => {
    const [id = 0] = await storm(1);
    await fail(await one(claim(0)), 0, { permanent: true, what: "HTTP 410" });
    expect(await notificationEnd(db, id)).toEqual({
      state: "dead",
      attempts: 1,
      error: "HTTP 410",
    });
    expect(await retryNow(writer(), id, at(100_000))).toBe(true);
    expect(await retryNow(writer(), id, at(100_000))).toBe(false);
    await sent((await one(claim(100_000))).id, 100_000);
    expect(await notificationEnd(db, id)).toMatchObject({ state: "sent" });
  });
});

describe("beyond a channel's rate", () => {
  const rate = { per_minute: 6, burst: 4 };

  test("the rest is told together, and the number of all is said", async () => {
    const ids = await storm(50);
    const claimed = await claim(0, { rate });
    expect(claimed.map(({ event }) => event)).toEqual(["opened", "opened", "opened", "digest"]);
    const digest = claimed.at(-1);
    expect(digest?.message.digest?.total).toBe(47);
    expect(digest?.message.digest?.items).toHaveLength(20);
    expect(digest?.message.incident).toBeNull();
    const merged = (await rows()).filter(({ state }) => state === "merged");
    expect(merged).toHaveLength(47);
    expect(new Set(merged.map(({ merged_into: into }) => into))).toEqual(new Set([digest?.id]));
    expect(merged.map(({ id }) => id)).toEqual(ids.slice(3));
  });

  test("nothing is sent until there is room again", async () => {
    await storm(4);
    for (const { id } of await claim(0, { rate })) await sent(id, 0);
    const incident = await openIncident(db, "portal:late");
    await enqueue(db, { incident, event: "opened", channel: "duty", now: at(1) });
    expect(await claim(9, { rate })).toEqual([]);
    expect(await claim(10, { rate })).toHaveLength(1);
  });

  test("what was tried alone stays alone, because its receiver may have it already", async () => {
    await storm(6);
    for (const each of await claim(0)) await fail(each, 0);
    const claimed = await claim(10, { rate });
    expect(claimed.map(({ event }) => event)).toEqual(Array(4).fill("opened"));
  });

  test("the end of an incident waits for the message that told its opening among others", async () => {
    await storm(6);
    const claimed = await claim(0, { rate });
    const digest = claimed.at(-1);
    const hidden = (await rows()).find(({ state }) => state === "merged");
    const incident = hidden?.incident_id ?? 0;
    await enqueue(db, { incident, event: "resolved", channel: "duty", now: at(1) });
    expect(await claim(40, { rate })).toEqual([]);
    await sent(digest?.id ?? 0, 41, "message-9");
    expect(await one(claim(42))).toMatchObject({ event: "resolved", receipt: "message-9" });
  });

  test("a test message is never among others", async () => {
    await storm(9);
    const id = await enqueueTest(writer(), "duty", { now: at(0), madeUp: true });
    const claimed = await claim(0, { rate });
    expect(claimed.map(({ event }) => event)).toEqual(["test", "opened", "opened", "digest"]);
    expect(claimed[0]).toMatchObject({ id, message: { event: "test", made_up: true } });
    const [noted] = await db.selectFrom("audit_log").selectAll().execute();
    expect(noted).toMatchObject({ object_type: "notification", object_id: String(id) });
  });
});

describe("what a channel told", () => {
  test("is known of incidents that are open or ended a short while ago", async () => {
    const tell = async (subject: string, resolved: number | null) => {
      const incident = await openIncident(db, subject, resolved === null ? null : at(resolved));
      await enqueue(db, { incident, event: "opened", channel: "duty", now: at(0) });
      if (resolved === null) return incident;
      await enqueue(db, { incident, event: "resolved", channel: "duty", now: at(resolved) });
      return incident;
    };
    const open = await tell("portal:1", null);
    const ended = await tell("portal:2", 100);
    await tell("portal:3", 10);
    await openIncident(db, "portal:4");
    const told = await toldThrough(db, "duty", at(50));
    expect(
      told.map((messages) => messages.map(({ event, incident }) => [incident?.id, event])),
    ).toEqual([
      [[open, "opened"]],
      [
        [ended, "opened"],
        [ended, "resolved"],
      ],
    ]);
    expect(await toldThrough(db, "chat", at(50))).toEqual([]);
  });

  test("is forgotten after its time, but not of what is still open or still to be sent", async () => {
    const open = await openIncident(db, "portal:1");
    const ended = await openIncident(db, "portal:2", at(10));
    for (const incident of [open, ended]) {
      await enqueue(db, { incident, event: "opened", channel: "duty", now: at(0) });
    }
    for (const { id } of await claim(0)) await sent(id, 0);
    await enqueue(db, { incident: ended, event: "resolved", channel: "duty", now: at(10) });
    expect(await forgetNotifications(db, at(100))).toBe(1);
    expect((await rows()).map(({ incident_id: of, event }) => [of, event])).toEqual([
      [open, "opened"],
      [ended, "resolved"],
    ]);
    expect(await forgetNotifications(db, at(100))).toBe(0);
  });

  test("is forgotten together with the message that it was merged into", async () => {
    await storm(6);
    for (const { id } of await claim(0, { rate: { per_minute: 1, burst: 1 } })) await sent(id, 0);
    expect(await forgetNotifications(db, at(100))).toBe(0);
    await db
      .updateTable("incident")
      .set({ resolved_at: at(20), closed_by: "observation" })
      .execute();
    expect(await forgetNotifications(db, at(100))).toBe(7);
  });
});

test("a channel finds again what it kept", async () => {
  const channel = { name: "zalo", kind: "zalo" };
  expect(await readChannelState(db, "zalo")).toEqual({});
  await writeChannelState(db, channel, { a: 1 }, at(0));
  await writeChannelState(db, channel, { b: 2 }, at(1));
  expect(await readChannelState(db, "zalo")).toEqual({ b: 2 });
});
