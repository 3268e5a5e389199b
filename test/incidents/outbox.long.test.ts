import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { createOutbox } from "../../src/incidents/outbox.ts";
import type { OutboxOptions } from "../../src/incidents/outbox-options.ts";
import type { Channel } from "../../src/notify/channel.ts";
import type { Database } from "../../src/store/database.ts";
import { claimDue } from "../../src/store/notifications.ts";
import { channelOf } from "../notify/support.ts";
import { enqueue, openIncident, openIncidents } from "../store/helpers/notifications.ts";
import { recordingLog } from "../store/helpers/tables.ts";
import { openTestDatabase } from "../support/database.ts";
import { type HttpReceiver, startHttpReceiver } from "../support/http-receiver.ts";
import { NOW } from "../support/made-up-notices.ts";

let db: Database;
let close: () => Promise<void>;
let server: HttpReceiver;
let now = NOW;
beforeAll(async () => {
  ({ db, close } = await openTestDatabase());
  server = await startHttpReceiver();
});
afterAll(async () => {
  await server.stop();
  await close();
});
beforeEach(async () => {
  now = NOW;
  server.requests.length = 0;
  server.answer = () => ({});
  await sql`truncate notification, incident cascade`.execute(db);
});

const webhook = (name: string): Channel => ({
  ...channelOf({ kind: "webhook", url: `${server.url}/${name}`, secret: { env: "SECRET" } }),
  name,
});

function outboxOf(channels: readonly Channel[], change: Partial<OutboxOptions> = {}) {
  const counts = new Map<string, number>();
  const count = (what: string) => void counts.set(what, (counts.get(what) ?? 0) + 1);
  const log = recordingLog();
  const outbox = createOutbox({
    db,
    channels: channels.map((channel) => ({ channel, rate: null })),
    log,
    clock: () => now,
    metrics: {
      setChannels: () => undefined,
      notified: (channel) => count(`${channel} took`),
      notifyFailed: (channel) => count(`${channel} failed`),
      setOutbox: ({ pending, dead }) => void counts.set("pending", pending).set("dead", dead),
    },
    random: () => 0.5,
    ...change,
  });
  return { outbox, log, counts: () => Object.fromEntries(counts) };
}

async function tell(
  channel: string,
  subject = "portal:1",
  event: "opened" | "resolved" = "opened",
) {
  const known = await db
    .selectFrom("incident")
    .select("id")
    .where("subject", "=", subject)
    .executeTakeFirst();
  const incident = known?.id ?? (await openIncident(db, subject));
  await enqueue(db, { incident, event, channel, now: new Date(now) });
  return incident;
}

const keys = () => server.requests.map(({ headers }) => String(headers["idempotency-key"]));

test("what waits is sent and counted", async () => {
  const incident = await tell("hook");
  const { outbox, counts } = outboxOf([webhook("hook")]);
  await outbox.passNow();
  await outbox.passNow();
  expect(keys()).toEqual([`${incident}:opened:0:hook`]);
  expect(counts()).toEqual({ "hook took": 1, pending: 0, dead: 0 });
});

test("who looks at the outbox is told after each message was tried and marked", async () => {
  await tell("hook");
  const seen: Promise<unknown>[] = [];
  const onChanged = () => void seen.push(db.selectFrom("notification").select("state").execute());
  await outboxOf([webhook("hook")], { onChanged }).outbox.passNow();
  expect(await Promise.all(seen)).toEqual([[{ state: "sent" }]]);
});

test("killed between sending and marking, it is sent again under the same key", async () => {
  await tell("hook");
  const channel = webhook("hook");
  const killed = { channel: "hook", rate: null, now: new Date(now), leaseMs: 60_000, limit: 9 };
  for (const { message, dedupeKey } of await claimDue(db, killed)) {
    const signal = new AbortController().signal;
    await channel.send(message, { dedupeKey, receipt: null, progress: null, now, signal });
  }
  const { outbox } = outboxOf([channel]);
  await outbox.passNow();
  expect(keys()).toHaveLength(1);
  now += 60_001;
  await outbox.passNow();
  await outbox.passNow();
  expect(keys()).toHaveLength(2);
  expect(new Set(keys()).size).toBe(1);
});

test("two workers send each message once", async () => {
  for (const incident of await openIncidents(db, ["a", "b", "c", "d", "e", "f"])) {
    await enqueue(db, { incident, event: "opened", channel: "hook", now: new Date(now) });
  }
  const workers = [outboxOf([webhook("hook")]), outboxOf([webhook("hook")])];
  await Promise.all(workers.map(({ outbox }) => outbox.passNow()));
  expect(keys()).toHaveLength(6);
  expect(new Set(keys()).size).toBe(6);
});

test("a receiver that is down gets everything in order when it is back, the end after the opening", async () => {
  const incident = await tell("hook");
  await tell("hook", "portal:1", "resolved");
  server.answer = () => ({ status: 503 });
  const { outbox, counts } = outboxOf([webhook("hook")]);
  await outbox.passNow();
  now += 3_600_000;
  await outbox.passNow();
  expect(new Set(keys())).toEqual(new Set([`${incident}:opened:0:hook`]));
  server.requests.length = 0;
  server.answer = () => ({});
  now += 3_600_000;
  await outbox.passNow();
  expect(keys()).toEqual([`${incident}:opened:0:hook`, `${incident}:resolved:0:hook`]);
  expect(counts()).toMatchObject({ "hook failed": 2, "hook took": 2, pending: 0 });
});

test("a receiver that answers 429 is left alone for as long as it asks", async () => {
  await tell("hook");
  server.answer = () => ({ status: 429, headers: { "retry-after": "120" } });
  const { outbox } = outboxOf([webhook("hook")]);
  await outbox.passNow();
  now += 119_000;
  await outbox.passNow();
  expect(keys()).toHaveLength(1);
  now += 1_000;
  await outbox.passNow();
  expect(keys()).toHaveLength(2);
});

test("a channel that hangs holds up no other, and its try ends", async () => {
  await tell("slow");
  await tell("quick");
  const heard = Promise.withResolvers<void>();
  server.answer = ({ path }) => {
    if (path === "/slow") return "hang";
    heard.resolve();
    return {};
  };
  const { outbox, counts } = outboxOf([webhook("slow"), webhook("quick")], { tryMs: 300 });
  const pass = outbox.passNow();
  await heard.promise;
  await pass;
  expect(counts()).toMatchObject({ "quick took": 1, "slow failed": 1, pending: 1 });
  const [row] = await db
    .selectFrom("notification")
    .select("error")
    .where("channel", "=", "slow")
    .execute();
  expect(row?.error).toMatch(/^(no answer|no end within 0\.3 s)/);
});

test("of several receivers one that hangs makes nobody else hear twice", async () => {
  await tell("sms");
  const settings = { kind: "sms", to: ["111", "222"], url: `${server.url}/sms`, json: "{to}" };
  server.answer = ({ body }) => (body === '"222"' ? "hang" : {});
  const { outbox } = outboxOf([{ ...channelOf(settings), name: "sms" }], { tryMs: 300 });
  await outbox.passNow();
  server.answer = () => ({});
  now += 60_000;
  await outbox.passNow();
  expect(server.requests.map(({ body }) => body)).toEqual(['"111"', '"222"', '"222"']);
});

test("a channel that fails by a fault of ours is told of, waits, and stops no other", async () => {
  await tell("broken");
  await tell("hook");
  const broken: Channel = {
    name: "broken",
    kind: "webhook",
    send: () => Promise.reject(new TypeError("x is not a function: s3cret")),
    close: () => undefined,
  };
  const { outbox, counts, log } = outboxOf([broken, webhook("hook")]);
  await outbox.passNow();
  expect(counts()).toMatchObject({ "hook took": 1, "broken failed": 1, pending: 1 });
  expect(log.lines.map(({ level }) => level)).toContain("error");
  const [row] = await db
    .selectFrom("notification")
    .select("error")
    .where("channel", "=", "broken")
    .execute();
  expect(row?.error).toBe("fault: TypeError");
});

test("what was sent while the database went away is marked when it is back, and not sent again", async () => {
  await tell("hook");
  for (const statement of GO_AWAY) await sql.raw(statement).execute(db);
  const { outbox, counts } = outboxOf([webhook("hook")], { markPauseMs: 1 });
  await outbox.passNow();
  await sql.raw("drop function go_away cascade").execute(db);
  now += 100_000;
  await outbox.passNow();
  expect(keys()).toHaveLength(1);
  expect(counts()).toMatchObject({ "hook took": 1, pending: 0 });
});

/** Marks are refused twice, with what a server says that is shutting down; a sequence does not go back with them. */
const GO_AWAY = [
  "create sequence away",
  `create function go_away() returns trigger language plpgsql as $$ begin
     if nextval('away') <= 2 then raise exception using errcode = '57P01'; end if; return new; end $$`,
  `create trigger away before update on notification for each row when (new.state = 'sent')
     execute function go_away()`,
];

test("messages for a channel that is configured no more are given up after a day", async () => {
  await tell("gone");
  const { outbox, counts } = outboxOf([webhook("hook")]);
  await outbox.passNow();
  expect(counts()).toMatchObject({ pending: 1, dead: 0 });
  now += 86_400_000;
  await outbox.passNow();
  expect(counts()).toMatchObject({ pending: 0, dead: 1 });
  expect(server.requests).toEqual([]);
});

test("an Alertmanager is told of what is open every minute, and of an end for five", async () => {
  const alerts = { ...channelOf({ kind: "alertmanager", peers: [server.url] }), name: "am" };
  const incident = await tell("am");
  const { outbox } = outboxOf([alerts]);
  const ends = async () => {
    server.requests.length = 0;
    await outbox.passNow();
    return server.requests.flatMap(({ body }) =>
      (JSON.parse(body) as { endsAt: string }[]).map(({ endsAt }) => Date.parse(endsAt) - now),
    );
  };
  // The opening itself, and the first repetition.
  expect(await ends()).toEqual([240_000, 240_000]);
  now += 59_000;
  expect(await ends()).toEqual([]);
  now += 1_000;
  expect(await ends()).toEqual([240_000]);
  const resolved = { resolved_at: new Date(now), closed_by: "observation" };
  await db.updateTable("incident").set(resolved).where("id", "=", incident).execute();
  const at = new Date(now).toISOString();
  await enqueue(db, {
    incident,
    event: "resolved",
    channel: "am",
    now: new Date(now),
    notice: { resolved_at: at },
  });
  expect(await ends()).toEqual([0]);
  now += 60_000;
  expect(await ends()).toEqual([-60_000]);
  now += 300_000;
  expect(await ends()).toEqual([]);
});
