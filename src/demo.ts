import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Config } from "./config.ts";
import { fillCoverage, type MadeUpCoverage } from "./demo-coverage.ts";
import { createLogger } from "./log.ts";
import { runService } from "./main.ts";
import { dayIn } from "./reports/zone-day.ts";
import { createService } from "./service.ts";
import { addAgencies } from "./store/agencies.ts";
import type { Database } from "./store/database.ts";
import { toExpectationInput } from "./store/portal-record.ts";
import { createPortal } from "./store/portals.ts";
import type { Lab, LabPortal } from "../lab/index.ts";
import { seed } from "../seeds/seed.ts";

/** Short enough to see an outage while one looks, long enough for the portals that answer slowly or never. */
const DEMO_INTERVAL_MS = 5_000;
const DEMO_TIMEOUT_MS = 3_000;

/**
 * The same for audits: first levels within seconds, all within a minute or two. The lab's servers share this process and this
 * machine with the prober, so that few are audited at once.
 */
const DEMO_AUDIT_INTERVAL_MS = 120_000;
const DEMO_AUDIT_PACE = { timeoutMs: 45_000, tryGapMs: 500, firstRoundMs: 60_000, inFlight: 12 };

/**
 * Runs the service against the local lab until it is stopped: made-up portals with known defects, no network.
 * Its data live in a folder of its own that goes with it, so that nothing made up meets real data.
 */
export async function runDemo(config: Config): Promise<void> {
  const { startLab } = await import("../lab/index.ts");
  const madeUp: MadeUpCoverage = await import("../lab/coverage-figures.ts");
  const log = createLogger(config.logLevel);
  const dataDir = await mkdtemp(join(tmpdir(), "hatangso-demo-"));
  const lab = await startLab();
  try {
    process.stderr.write(`${labText(lab).join("\n")}\n`);
    const fill = (db: Database) => registerLab(db, lab.portals);
    const fillRegister = (db: Database, stop: AbortSignal) =>
      fillCoverage(db, madeUp, { today: dayIn(config.reportTimezone, Date.now()), stop });
    const options = { log, fill, fillCoverage: fillRegister };
    await runService(createService(demoConfig(config, dataDir, lab), options), log);
  } finally {
    await lab.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}

function demoConfig(config: Config, dataDir: string, lab: Lab): Config {
  return {
    ...config,
    databaseUrl: null,
    dataDir,
    dnsServers: [lab.dnsServer],
    rootHints: { path: "lab", text: lab.rootHints },
    dnsAuthorityPort: lab.authorityPort,
    auditIntervalMs: Math.min(config.auditIntervalMs, DEMO_AUDIT_INTERVAL_MS),
    auditHttpPort: lab.httpPort,
    allowedNetworks: lab.allowedNetworks.split(","),
    probeIntervalMs: Math.min(config.probeIntervalMs, DEMO_INTERVAL_MS),
    probeTimeoutMs: Math.min(config.probeTimeoutMs, DEMO_TIMEOUT_MS),
    // All portals of the lab share one IPv6 address, and some of them hang by design.
    probesPerAddress: lab.portals.length * 2,
    auditPace: { ...DEMO_AUDIT_PACE, perAddress: lab.portals.length * 2 },
    vantageName: "demo",
    vantageAnchors: [...lab.anchors],
    extraRoots: [lab.caPem],
    madeUp: true,
  };
}

function labText(lab: Lab): string[] {
  return [
    `The lab plays ${lab.portals.length} made-up portals on this machine; nothing leaves it.`,
    `  Break one: curl -X PUT ${lab.controlUrl}/portals/healthy/behaviour -d '"http-500"'`,
    `  Mend it:   curl -X PUT ${lab.controlUrl}/portals/healthy/behaviour -d '"healthy"'`,
    "  More: lab/README.md",
    "  Coverage figures are made up too; they come in during the first seconds.",
    ...(lab.ip6 ? [] : ["  This machine has no IPv6 loopback: the lab plays IPv4 only."]),
  ];
}

/** The real provinces and communes, no published figure beside made-up ones, and the lab's portals under made-up agencies. */
async function registerLab(db: Database, portals: readonly LabPortal[]): Promise<void> {
  await seed(db, { portals: false, published: false });
  const names = [...new Set(portals.map((portal) => portal.agency))];
  const code = (agency: string) => `lab-${names.indexOf(agency) + 1}`;
  await addAgencies(
    db,
    names.map((nameVi) => ({
      ownerType: "made-up",
      ownerCode: code(nameVi),
      nameVi,
      madeUp: true,
    })),
  );
  const actor = { keyId: null, name: "demo" };
  for (const portal of portals) {
    const made = await createPortal(
      { db, actor },
      toInput(portal, `made-up-${code(portal.agency)}`),
    );
    if (!made.ok)
      throw new Error(`The lab's portal ${portal.id} was refused: ${made.problem.kind}`);
  }
}

function toInput(portal: LabPortal, agency: string): Parameters<typeof createPortal>[1] {
  return {
    id: portal.id,
    url: portal.url,
    name_vi: portal.nameVi,
    name_en: portal.nameEn,
    kind: portal.kind,
    agency,
    note: portal.defect,
    expectation: toExpectationInput(portal.expectation),
  };
}
