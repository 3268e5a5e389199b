import type { Lab } from "../../../lab/index.ts";
import { readConfig } from "../../../src/config.ts";
import type { Family } from "../../../src/domain/family.ts";
import { createLogger } from "../../../src/log.ts";
import { createService } from "../../../src/service.ts";
import { addAgencies } from "../../../src/store/agencies.ts";
import type { Database } from "../../../src/store/database.ts";
import { createPortal } from "../../../src/store/portals.ts";
import { inFolder, until } from "./child.ts";
import { parseExposition, type Sample } from "./exposition.ts";

/** A service that watches a lab's portals, in this process. */
export interface LabService {
  /** `/probe` for a portal, as a Prometheus asks blackbox_exporter. */
  readonly probe: (url: string, family: Family) => Promise<Sample[]>;
  /** The portal's samples at `/metrics/portals`, once it was probed over this family. */
  readonly series: (url: string, family: Family) => Promise<Sample[]>;
  readonly stop: () => Promise<void>;
}

const PROBED_WITHIN_MS = 30_000;
const AGENCY = { ownerType: "ministry", ownerCode: "thu-nghiem" };

/** Starts the service on an embedded database that holds the lab's portals and nothing else. */
export function startLabService(lab: Lab): Promise<LabService> {
  return inFolder("real", (folder) => startIn(folder, lab));
}

async function startIn(folder: string, lab: Lab): Promise<LabService> {
  const config = readConfig({
    PORT: "0",
    DATA_DIR: folder,
    DNS_SERVERS: lab.dnsServer,
    PROBE_ALLOWED_NETWORKS: lab.allowedNetworks,
    PROBE_INTERVAL_SECONDS: "2",
    VANTAGE_ANCHORS: lab.anchors.join(","),
    PUBLIC_READ: "all",
    LOG_LEVEL: "warn",
  });
  const service = createService(
    { ...config, extraRoots: [lab.caPem] },
    { log: createLogger(config.logLevel), fill: (db) => register(db, lab) },
  );
  const facts = await service.start();
  if (facts === null) throw new Error("The service was stopped while it started");
  const { url } = facts;
  const read = async (path: string) => {
    const answer = await fetch(`${url}${path}`);
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return parseExposition(await answer.text());
  };
  return {
    async probe(target, family) {
      const module = family === "ip4" ? "http_ipv4" : "http_ipv6";
      return read(`/probe?${new URLSearchParams({ target, module }).toString()}`);
    },
    series: (instance, family) =>
      until(`a run of ${instance} over ${family}`, PROBED_WITHIN_MS, async () => {
        const own = (await read("/metrics/portals")).filter(
          ({ labels }) => labels.instance === instance && labels.family === family,
        );
        return own.some(({ name }) => name === "probe_success") ? own : null;
      }),
    stop: () => service.stop(),
  };
}

async function register(db: Database, lab: Lab): Promise<void> {
  await addAgencies(db, [{ ...AGENCY, nameVi: "Bộ Thử nghiệm (bịa)", nameEn: null, madeUp: true }]);
  for (const { id, url, nameVi, kind } of lab.portals) {
    const created = await createPortal(
      { db, actor: { keyId: null, name: "test" } },
      { id, url, name_vi: nameVi, kind, agency: "ministry-thu-nghiem" },
    );
    if (!created.ok) throw new Error(`${id}: ${JSON.stringify(created)}`);
  }
}
