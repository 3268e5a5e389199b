import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { createServerDatabase } from "../support/database.ts";
import { type ServiceProcess, startServiceProcess } from "../support/service-process.ts";
import { concludePromises, prepareDrill, registerLab, say, tellLab } from "./drill.ts";
import { incidentsStored } from "./stored-incidents.ts";
import { startWebhookReceiver } from "./webhook-receiver.ts";

/**
 * kill -9 again and again while many portals break and are mended: everybody who must be told is told at least once,
 * nothing is told that the database does not know, and what comes twice carries the same key. On PostgreSQL with
 * TEST_DATABASE_URL or `--server URL`.
 */
const { values } = parseArgs({
  options: {
    short: { type: "boolean", default: false },
    server: { type: "string", default: process.env["TEST_DATABASE_URL"] ?? "" },
  },
});

/** Each portal opens one incident and closes it. */
const PLAN = values.short ? { portals: 40, kills: 4 } : { portals: 200, kills: 20 };
const INTERVAL_SECONDS = 2;

/** How long a service lives at random, after it runs: from its first results to a full round of telling. */
const LIFE_MS = { least: 1_500, more: 3_000 };

/**
 * Openings and closings that are still to come when nothing is killed any more. On PostgreSQL what a killed service had
 * claimed is free again only when its lease of a minute ends.
 */
const SETTLE_MS = values.short ? 90_000 : 120_000;

/** Long enough that kills fall between a message and the note that it was sent. */
const ANSWER_AFTER_MS = 400;

/** So many portals fail at once on purpose: this place is not to be doubted for it. */
const POLICY = JSON.stringify({ mass: { share: 1, endShare: 1 } });

const ground = await prepareDrill(PLAN.portals, INTERVAL_SECONDS, {
  labFlags: ["--apart"],
  agencyOf: (portal) => portal,
});
const receiver = await startWebhookReceiver(ground.folder, ANSWER_AFTER_MS);
const database = values.server === "" ? null : await createServerDatabase(values.server);
const policyFile = join(ground.folder, "policy.json");
await writeFile(policyFile, POLICY);
const env = {
  ...ground.env,
  ...receiver.env,
  INCIDENT_POLICY_FILE: policyFile,
  ...(database ? { DATABASE_URL: database.url } : {}),
};
await registerLab({ ...ground, env });

let service: ServiceProcess = await startServiceProcess(env);
let kills = 0;
const portals = ground.lab.portals.map(({ id }) => id);
say("portals break");
await storm(true);
say("the rest is told");
const opened = await receiver.until(() => areTold("opened"), SETTLE_MS);
say("portals are mended");
await storm(false);
say("the rest is told");
const closed = await receiver.until(() => areTold("resolved"), SETTLE_MS);
say("the service stops");
await service.stop();

const stored = await incidentsStored(database?.url ?? null, ground.env["DATA_DIR"] ?? "");
await database?.drop();
const { received } = receiver;
const keys = Map.groupBy(received, ({ dedupeKey }) => dedupeKey);
const known = new Set(stored.incidents.map(({ id }) => id));
const untold = stored.notifications.filter(({ dedupe_key: key }) => !keys.has(key));
concludePromises(
  "storm",
  {
    database: database ? "postgresql" : "embedded",
    portals: portals.length,
    kills,
    incidents: stored.incidents.length,
    messages: received.length,
    keys: keys.size,
    duplicates: received.length - keys.size,
    untold: untold.map(({ dedupe_key: key, state }) => `${key} ${state}`),
  },
  [
    { promise: `killed ${PLAN.kills} times`, kept: kills === PLAN.kills },
    { promise: `every opening of ${portals.length} was told`, kept: opened },
    { promise: `every closing of ${portals.length} was told`, kept: closed },
    {
      promise: "each portal had one incident, and it is over",
      kept:
        stored.incidents.length === portals.length &&
        stored.incidents.every(({ resolved_at: end }) => end !== null),
    },
    { promise: "everything that is to be told was told", kept: untold.length === 0 },
    {
      promise: "nothing was told without its incident in the database",
      kept: received.every(({ message }) => known.has(message.incident?.id ?? -1)),
    },
    {
      promise: "what came twice carries the same key, and a key stands for one thing",
      kept: keys.values().every(isOneThing) && areKeysStable(),
    },
  ],
);
await receiver.close();
await ground.end();

/** Breaks or mends all portals, a few before each kill. */
async function storm(broken: boolean): Promise<void> {
  const rounds = PLAN.kills / 2;
  const each = Math.ceil(portals.length / rounds);
  for (let round = 0; round < rounds; round += 1) {
    for (const id of portals.slice(round * each, (round + 1) * each)) {
      await tellLab(ground, `portals/${id}`, { broken });
    }
    await sleep(LIFE_MS.least + Math.random() * LIFE_MS.more);
    await service.kill();
    kills += 1;
    service = await startServiceProcess(env);
  }
}

function areTold(event: "opened" | "resolved"): boolean {
  const messages = receiver.received.filter(({ message }) => message.event === event);
  const told = new Set(messages.map(({ message }) => message.incident?.portal?.id));
  return portals.every((id) => told.has(id));
}

function isOneThing(same: readonly (typeof received)[number][]): boolean {
  return new Set(same.map(({ message }) => JSON.stringify(message))).size === 1;
}

/** An opening and a closing has one key each, however often it was sent. */
function areKeysStable(): boolean {
  const once = received.filter(
    ({ message: { event } }) => event === "opened" || event === "resolved",
  );
  const byThing = Map.groupBy(once, ({ message }) => `${message.incident?.id} ${message.event}`);
  return byThing
    .values()
    .every((same) => new Set(same.map(({ dedupeKey }) => dedupeKey)).size === 1);
}
