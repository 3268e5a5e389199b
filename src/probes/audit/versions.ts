import {
  TLS_VERSIONS,
  type TlsSight,
  type TlsVersion,
  type VersionSight,
} from "../../domain/audit/host.ts";
import { type Sight, isUnseen, unseen } from "../../domain/audit/sight.ts";
import { isEnd } from "../../domain/probe-facts.ts";
import type { Endpoint } from "../connect.ts";
import { CLOSED, withTls } from "./dial.ts";
import { isAlert } from "./tls.ts";
import type { AuditTools } from "./tools.ts";
import { trySight } from "./try-sight.ts";

export type Versions = Readonly<Record<TlsVersion, Sight<VersionSight>>>;

/** The same for every version. */
export function everyVersion(sight: Sight<VersionSight>): Versions {
  return { TLSv1: sight, "TLSv1.1": sight, "TLSv1.2": sight, "TLSv1.3": sight };
}

/**
 * Which versions a server accepts, each offered alone with the least demands of ours (H4). That it refuses one is
 * believed only while it accepts another: a server that refuses everything has some other fault.
 */
export async function seeVersions(
  endpoint: Endpoint,
  host: string,
  tls: TlsSight,
  tools: AuditTools,
): Promise<Versions> {
  const seen = await Promise.all(
    TLS_VERSIONS.map((version) => seeVersion(version, endpoint, host, tls, tools)),
  );
  const accepts = seen.some((sight) => !isUnseen(sight) && sight.outcome === "accepted");
  const believed = seen.map((sight) => (accepts || isUnseen(sight) ? sight : doubted(sight)));
  return Object.fromEntries(
    TLS_VERSIONS.map((version, at) => [version, believed[at]!]),
  ) as unknown as Versions;
}

const ACCEPTED: VersionSight = { outcome: "accepted", code: null };

function doubted(sight: VersionSight): VersionSight {
  return sight.outcome === "refused" ? { ...sight, outcome: "unclear" } : sight;
}

async function seeVersion(
  version: TlsVersion,
  endpoint: Endpoint,
  host: string,
  tls: TlsSight,
  tools: AuditTools,
): Promise<Sight<VersionSight>> {
  const { offers, session } = tools;
  // The handshake with all versions has shown this one already.
  if (tls.outcome === "completed" && tls.protocol === version) return ACCEPTED;
  if (!(await offers.canOffer(version))) return unseen("not_offered");
  const greeting = { host, trust: offers.alone[version] };
  const attempt = async (): Promise<Sight<VersionSight>> => {
    const met = await withTls(endpoint, greeting, tools, async () => "accepted" as const);
    if (met === "accepted") return ACCEPTED;
    if (!isEnd(met)) return met;
    return { outcome: saysNo(met.code) ? "refused" : "unclear", code: met.code };
  };
  const tried = await trySight(session, attempt, (sight) => sight.outcome === "unclear");
  return tried.outcome;
}

/** The server chose a version that was not offered, which is one more way of saying no. */
const OTHER_VERSION = new Set(["ERR_SSL_UNSUPPORTED_PROTOCOL", "ERR_SSL_WRONG_VERSION_NUMBER"]);

function saysNo(code: string | null): boolean {
  return isAlert(code) || code === CLOSED || OTHER_VERSION.has(code ?? "");
}
