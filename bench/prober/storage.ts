import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ProbeResult } from "../../src/domain/observation.ts";
import type { ProbeTarget } from "../../src/domain/portal.ts";
import { openEmbedded } from "../../src/store/database.ts";
import { migrate } from "../../src/store/migrate.ts";
import { listTargets } from "../../src/store/portals.ts";
import { createResultWriter } from "../../src/store/result-writer.ts";
import { addBenchPortals } from "../kit/add-portals.ts";
import type { RunRecord } from "./accounting.ts";
import type { ScalePortal } from "./scale-process.ts";

/** Where the results of the benchmark go, and how they are found again. */
export interface Storage {
  /** The portals as the prober wants them. */
  readonly targets: readonly ProbeTarget[];
  add(results: readonly ProbeResult[]): void;
  /** All that was added, as it can be read back. */
  records(): Promise<RunRecord[]>;
  close(): Promise<void>;
}

/** Keeps the results in memory: the prober without a database. */
export function openMemory(portals: readonly ScalePortal[]): Storage {
  const records: RunRecord[] = [];
  return {
    targets: portals.map(({ id, url }, index) => ({
      portal: index + 1,
      slug: id,
      url,
      expectation: {},
    })),
    add: (results) => {
      const scheduled = results.filter(({ attempt }) => attempt === 0);
      for (const { portal, family, scheduledAt, outcome, skipReason, failure } of scheduled) {
        const reason = skipReason ?? failure?.kind ?? null;
        records.push({ portal, family, scheduledAt, outcome, reason });
      }
    },
    records: async () => records,
    close: async () => undefined,
  };
}

/** A throw-away embedded database, written to as the service does. */
export async function openDatabase(portals: readonly ScalePortal[]): Promise<Storage> {
  const folder = await mkdtemp(join(tmpdir(), "hatangso-bench-"));
  const db = await openEmbedded(join(folder, "database"));
  await migrate(db);
  await addBenchPortals(
    db,
    portals.map(({ id: slug, url, host }) => ({ slug, url, host })),
  );
  const log = { error: complain, warn: complain, info: () => undefined };
  const writer = createResultWriter({ db, spoolFolder: folder, log });
  return {
    targets: await listTargets(db),
    add: (results) => writer.add(results),
    records: async () => {
      await writer.flush();
      const found = await db
        .selectFrom("probe_result")
        .select(["portal_id", "family", "scheduled_at", "outcome", "failure"])
        .where("attempt", "=", 0)
        .execute();
      return found.map((row) => ({
        portal: row.portal_id,
        family: row.family,
        scheduledAt: row.scheduled_at.getTime(),
        outcome: row.outcome,
        reason: row.failure,
      }));
    },
    close: async () => {
      await writer.stop();
      await db.destroy();
      await rm(folder, { recursive: true });
    },
  };
}

function complain(facts: object, message: string): void {
  process.stderr.write(`${message}: ${JSON.stringify(facts)}\n`);
}
