import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Lab, startLab } from "../../../lab/index.ts";

/** A lab with the environment that makes a command see it. */
export interface AuditLab {
  readonly lab: Lab;
  readonly env: Record<string, string>;
  readonly stop: () => Promise<void>;
}

/** Plays these portals for commands, which know them by files and variables as an operator would set them. */
export async function startAuditLab(only: readonly string[]): Promise<AuditLab> {
  const folder = await mkdtemp(join(tmpdir(), "hatangso-audit-"));
  const lab = await startLab({ only });
  const [authority, hints] = [join(folder, "ca.pem"), join(folder, "named.root")];
  await writeFile(authority, lab.caPem);
  await writeFile(hints, lab.rootHints);
  return {
    lab,
    env: {
      DATA_DIR: join(folder, "data"),
      DNS_SERVERS: lab.dnsServer,
      DNS_ROOT_HINTS: hints,
      DNS_AUTHORITY_PORT: String(lab.authorityPort),
      AUDIT_HTTP_PORT: String(lab.httpPort),
      NODE_EXTRA_CA_CERTS: authority,
      PROBE_ALLOWED_NETWORKS: lab.allowedNetworks,
      VANTAGE_ANCHORS: lab.anchors.join(","),
    },
    stop: async () => {
      await lab.stop();
      await rm(folder, { recursive: true });
    },
  };
}

/** What `audit --json` prints, as far as tests read it. */
export interface AuditJson {
  readonly url: string;
  readonly vantage: string;
  readonly level: string;
  readonly grade: string;
  readonly ruleset: string;
  readonly families: readonly string[];
  readonly findings: readonly {
    readonly check: string;
    readonly family: string | null;
    readonly verdict: string;
    readonly reason: string;
    readonly evidence: object;
  }[];
}
