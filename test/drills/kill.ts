import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { openDatabase } from "../../src/store/open-database.ts";
import { createServerDatabase } from "../support/database.ts";
import { startServiceProcess } from "../support/service-process.ts";
import { conclude, prepareDrill, registerLab } from "./drill.ts";
import { type AliveSpan, danglingReferences, missingSlots } from "./stored-slots.ts";

/**
 * kill -9 at a random moment, again and again: the service must start each time, and afterwards there must be no half
 * batch and no hole other than the time it was dead and what was not flushed yet. With `--server URL` on PostgreSQL.
 */
const { values } = parseArgs({
  options: {
    short: { type: "boolean", default: false },
    kills: { type: "string", default: "10" },
    server: { type: "string", default: process.env["TEST_DATABASE_URL"] ?? "" },
  },
});

const PORTALS = 25;
const INTERVAL_SECONDS = 2;

/** From the start text to the wheel's first turn, and from a run's end to its row: one batch of a second and its write. */
const SETTLE_MS = 1_000;
const UNFLUSHED_MS = 1_800;

const kills = values.short ? 3 : Number(values.kills);
const ground = await prepareDrill(PORTALS, INTERVAL_SECONDS);
const database = values.server === "" ? null : await createServerDatabase(values.server);
const env = { ...ground.env, ...(database ? { DATABASE_URL: database.url } : {}) };
await registerLab({ ...ground, env });

const spans: AliveSpan[] = [];
const startMs: number[] = [];
for (let kill = 0; kill <= kills; kill += 1) {
  const began = Date.now();
  const service = await startServiceProcess(env);
  const up = Date.now();
  startMs.push(up - began);
  await sleep(SETTLE_MS + UNFLUSHED_MS + 1_000 + Math.random() * 4_000);
  spans.push({ from: up + SETTLE_MS, to: Date.now() - UNFLUSHED_MS });
  // The last one ends in good order, so that the tables can be read.
  if (kill < kills) await service.kill();
  else await service.stop();
}

const opened = await openDatabase({
  databaseUrl: database?.url ?? null,
  dataDir: ground.env["DATA_DIR"] ?? "",
});
const slots = await missingSlots(opened.db, ground.lab.portals, INTERVAL_SECONDS * 1000, spans);
const dangling = await danglingReferences(opened.db);
await opened.close();
await database?.drop();
await ground.end();

conclude(
  "kill",
  {
    database: database ? "postgresql" : "embedded",
    kills,
    slotsExpected: slots.expected,
    slotsMissing: slots.missing.length,
    halfBatchRows: dangling,
    startMs,
  },
  [
    ...slots.missing.slice(0, 10).map((slot) => `missing ${slot}`),
    ...(dangling > 0 ? [`${dangling} rows refer to what is not there`] : []),
  ],
);
