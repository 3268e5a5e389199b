import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { sql } from "kysely";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import type { ProbeResult } from "../../src/domain/observation.ts";
import { type Database, openPostgres } from "../../src/store/database.ts";
import { migrate } from "../../src/store/migrate.ts";
import { createResultWriter } from "../../src/store/result-writer.ts";
import { failedResult, registerPortals, result, START } from "../store/helpers/results.ts";
import { recordingLog } from "../store/helpers/tables.ts";
import { startThrowAwayServer, type ThrowAwayServer } from "../support/throw-away-server.ts";

/** How long the server is away. */
const AWAY_MS = Number(process.env["LOST_SECONDS"] ?? 5) * 1000;

/** Results come in as from a thousand portals over both families every minute. */
const PER_SECOND = 33;

let server: ThrowAwayServer;
let db: Database;
let spoolFolder: string;

beforeAll(async () => {
  server = await startThrowAwayServer();
  spoolFolder = await mkdtemp(join(tmpdir(), "hatangso-lost-"));
  db = openPostgres(server.url);
  await migrate(db);
  await registerPortals(db, PER_SECOND);
});
afterAll(async () => {
  await db.destroy();
  await server.remove();
  await rm(spoolFolder, { recursive: true });
});

test(
  "every result is in the table after the server was stopped for a while and started",
  async () => {
    const writer = createResultWriter({ db, spoolFolder, log: recordingLog() });
    const added: ProbeResult[] = [];
    const feed = setInterval(() => {
      const batch = Array.from({ length: PER_SECOND }, (_, index) =>
        (index % 3 === 0 ? failedResult : result)({
          portal: index + 1,
          scheduledAt: START + added.length * 1000,
        }),
      );
      added.push(...batch);
      writer.add(batch);
    }, 1000);
    const reachable = async (wanted: boolean) => {
      const check = () => expect(writer.status().databaseReachable).toBe(wanted);
      await vi.waitFor(check, { timeout: 30_000 });
    };

    await vi.waitFor(async () => expect(await countRuns()).toBeGreaterThan(0), { timeout: 10_000 });
    await server.stop();
    await reachable(false);
    await sleep(AWAY_MS);
    expect(writer.status().spoolDepth).toBeGreaterThan(0);
    await server.start();
    await reachable(true);
    clearInterval(feed);
    await writer.flush();

    expect(await countRuns()).toBe(added.length);
    expect(writer.status()).toMatchObject({
      spoolDepth: 0,
      queued: 0,
      dropped: { spoolFull: 0, refused: 0, expired: 0 },
    });
    await writer.stop();
  },
  AWAY_MS + 90_000,
);

async function countRuns(): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from probe_result`.execute(db);
  return rows[0]?.count ?? 0;
}
