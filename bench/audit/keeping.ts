import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Auditing, createAuditing } from "../../src/auditing.ts";
import type { AuditObservation } from "../../src/domain/audit/observation.ts";
import type { ProbeTarget } from "../../src/domain/portal.ts";
import { createLogger } from "../../src/log.ts";
import { openTestDatabase } from "../../test/support/database.ts";
import { addBenchPortals } from "../kit/add-portals.ts";
import { serverCpuMs, serverProcess } from "../store/server-cost.ts";

/** Portals that audits are stored for, in turn: pages of one site. */
const PORTALS = 100;

/** What judges and stores audits as a service does. */
export interface Keeping {
  /** Audits the portal of this turn, judges what was seen and stores it. */
  keep(turn: number): Promise<void>;
  /** CPU of the database server so far, milliseconds. */
  serverCpuMs(): Promise<number>;
  close(): Promise<void>;
}

/** On a fresh database of the server of TEST_DATABASE_URL, with portals at this address. */
export async function openKeeping(
  url: string,
  audit: (target: ProbeTarget) => Promise<AuditObservation>,
): Promise<Keeping> {
  const { db, close } = await openTestDatabase();
  const spoolFolder = await mkdtemp(join(tmpdir(), "hatangso-bench-"));
  const slugs = Array.from({ length: PORTALS }, (_, number) => `p${number}`);
  const { hostname: host } = new URL(url);
  await addBenchPortals(
    db,
    slugs.map((slug) => ({ slug, url: `${url}?${slug}`, host })),
  );
  const auditing: Auditing = createAuditing({
    db,
    vantage: "bench",
    auditIntervalMs: 21_600_000,
    reportTimezone: "Asia/Ho_Chi_Minh",
    audit,
    portalMetrics: { setStandings: () => undefined },
    recordAudit: ({ outcome }) => {
      if (outcome === "fault") throw new Error("An audit came to nothing");
    },
    spoolFolder,
    log: createLogger("warn"),
    clock: Date.now,
  });
  const server = await serverProcess(db);
  return {
    keep: async (turn) => void (await auditing.auditNow(slugs[turn % PORTALS] ?? "", "schedule")),
    serverCpuMs: () => serverCpuMs(server),
    close: async () => {
      await auditing.stop(10_000);
      await close();
      await rm(spoolFolder, { recursive: true });
    },
  };
}
