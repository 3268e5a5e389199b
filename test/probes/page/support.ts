import { connect } from "node:net";
import type { Lab } from "../../../lab/index.ts";
import type { GateSight } from "../../../src/domain/audit/gate.ts";
import type { PortSight } from "../../../src/domain/audit/host.ts";
import type { Family } from "../../../src/domain/family.ts";
import { addressPolicy, parseNetworks } from "../../../src/probes/address-policy.ts";
import { AuditSession, createTurns } from "../../../src/probes/audit/session.ts";
import { IANA_ROOT_HINTS, createDnsSight } from "../../../src/probes/dns/index.ts";
import {
  type FetchedPage,
  type ParsedPage,
  type ResourceTools,
  readPage,
} from "../../../src/probes/page/index.ts";
import { trustedContext } from "../../../src/probes/trust.ts";
import { getFrom } from "../../support/lab-client.ts";

/** Reads a page that came as UTF-8 from a portal of a made-up ministry. */
export function pageOf(
  body: string | Buffer,
  other: Partial<Omit<FetchedPage, "body">> = {},
): Promise<ParsedPage> {
  return readPage({
    body: Buffer.from(body),
    contentType: "text/html; charset=utf-8",
    finalUrl: "https://www.bo.gov.vn/tin/",
    status: 200,
    cut: false,
    ...other,
  });
}

/** The landing page of a lab portal as it comes over one family. */
export async function landingOf(lab: Lab, id: string, family: Family = "ip4"): Promise<ParsedPage> {
  const portal = lab.portal(id);
  const { bytes } = await getFrom(lab, portal, family);
  const start = bytes.indexOf("\r\n\r\n") + 4;
  const chunked = /^transfer-encoding: *chunked/im.test(bytes.toString("latin1", 0, start));
  const body = bytes.subarray(start);
  return pageOf(chunked ? unchunked(body) : body, { finalUrl: portal.url });
}

/** A body out of its chunks (RFC 9112 section 7.1), whose lengths would read like text that differs. */
function unchunked(body: Buffer): Buffer {
  const lineEnd = body.indexOf("\r\n");
  const length = Number.parseInt(body.toString("latin1", 0, lineEnd), 16);
  if (lineEnd < 0 || !(length > 0)) return Buffer.alloc(0);
  const start = lineEnd + 2;
  const rest = body.subarray(start + length + 2);
  return Buffer.concat([body.subarray(start, start + length), unchunked(rest)]);
}

/** The distinct URLs of a page by host: how many, and of which kinds. */
export function hostsOf({ resources }: ParsedPage): Record<string, string> {
  return Object.fromEntries(
    Array.from(resources.hosts, ([host, { urls, kinds }]) => [
      host,
      `${urls} ${[...kinds].sort().join(" ")}`,
    ]),
  );
}

const OPEN: GateSight = {
  families: { ip4: true, ip6: true },
  resolverUsable: true,
  resolverDoubtful: false,
  dns64Prefix: null,
};

/** A session whose gate is open but for what is said. */
export function sessionOf(
  gate: Partial<GateSight> = {},
  options: { timeoutMs?: number; allowedNetworks?: string } = {},
): AuditSession {
  const allowed = parseNetworks(options.allowedNetworks ?? "");
  if ("wrong" in allowed) throw new RangeError(allowed.wrong);
  return new AuditSession({
    policy: addressPolicy(allowed.networks),
    trust: trustedContext([]),
    userAgent: "test",
    gate: { ...OPEN, ...gate },
    turns: createTurns(),
    timeoutMs: options.timeoutMs ?? 30_000,
    tryGapMs: 0,
    clock: Date.now,
  });
}

/** What `seeResources` needs in a lab: the audit's own names, one connection per address, and where they went. */
export interface LabTools extends ResourceTools {
  readonly tried: string[];
  readonly close: () => void;
}

/** Tools that ask the lab's resolver and connect once. */
export function labTools(lab: Lab): LabTools {
  const tried: string[] = [];
  const sight = createDnsSight({
    servers: [lab.dnsServer],
    rootHints: IANA_ROOT_HINTS,
    authorityPort: 53,
  });
  return {
    tried,
    seeName: (host, session) => sight.seeName(host, session),
    tryTcp(address, port) {
      tried.push(`${address} ${port}`);
      return connectTo(address, port);
    },
    close: () => sight.close(),
  };
}

function connectTo(host: string, port: number): Promise<PortSight> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, autoSelectFamily: false }, () => {
      socket.destroy();
      resolve({ outcome: "open", code: null, failedTries: 0 });
    });
    socket.on("error", ({ code }: NodeJS.ErrnoException) =>
      resolve({ outcome: "refused", code: code ?? null, failedTries: 1 }),
    );
  });
}
