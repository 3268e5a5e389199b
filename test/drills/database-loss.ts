import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { openPostgres } from "../../src/store/database.ts";
import { startThrowAwayServer } from "../support/throw-away-server.ts";
import { startServiceProcess } from "../support/service-process.ts";
import { conclude, prepareDrill, registerLab } from "./drill.ts";
import { missingSlots } from "./stored-slots.ts";

/**
 * PostgreSQL is stopped for a minute while the service probes, and started again: /readyz tells it, and every result
 * of that minute is in the table afterwards.
 */
const { values } = parseArgs({ options: { short: { type: "boolean", default: false } } });

const PORTALS = 50;
const INTERVAL_SECONDS = 2;
const DOWN_MS = values.short ? 8_000 : 60_000;

const ground = await prepareDrill(PORTALS, INTERVAL_SECONDS);
const server = await startThrowAwayServer();
const env = { ...ground.env, DATABASE_URL: server.url };
await registerLab({ ...ground, env });
const service = await startServiceProcess(env);
const ready = async () => (await fetch(`${service.url}/readyz`)).status;

await sleep(1_000);
const from = Date.now();
await sleep(5_000);
const before = await ready();
await server.stop();
await sleep(DOWN_MS);
const during = await ready();
await server.start();
await sleep(15_000);
const after = await ready();
const to = Date.now() - 5_000;
await service.stop();

const db = openPostgres(server.url);
const slots = await missingSlots(db, ground.lab.portals, INTERVAL_SECONDS * 1000, [{ from, to }]);
await db.destroy();
await server.remove();
await ground.end();

conclude(
  "database-loss",
  {
    downMs: DOWN_MS,
    readyz: { before, during, after },
    slotsExpected: slots.expected,
    slotsMissing: slots.missing.length,
  },
  [
    ...slots.missing.slice(0, 10).map((slot) => `missing ${slot}`),
    ...(before === 200 ? [] : [`/readyz said ${before} before`]),
    ...(during === 503 ? [] : [`/readyz said ${during} while the database was down`]),
    ...(after === 200 ? [] : [`/readyz said ${after} afterwards`]),
  ],
);
