import { FAMILIES } from "../domain/family.ts";
import type { VantageState } from "../domain/vantage.ts";
import { type Anchor, DEFAULT_ANCHORS, parseAnchor } from "./anchors.ts";
import { type AnchorReport, checkAnchor } from "./check-anchor.ts";
import { startDeadline } from "./deadline.ts";
import { type DnsAnswer, type DnsClient, createDnsClient } from "./dns-client.ts";
import { IPV4_ONLY_NAME, dns64Prefix } from "./dns64.ts";
import { judgeFamily, judgeResolver } from "./judge-vantage.ts";
import { probeTools } from "./probe-tools.ts";
import type { ProbeTools } from "./run.ts";

/** How a vantage point tests itself. */
export interface SelfTestOptions {
  readonly name: string;
  /** ISO 3166-1 alpha-2, or null where it is not configured. */
  readonly country: string | null;
  /** `host:port`; null for the built-in list. */
  readonly anchors: readonly string[] | null;
  readonly dnsServers: readonly string[];
  readonly allowedNetworks?: readonly string[] | undefined;
  readonly extraRoots?: readonly string[] | undefined;
  /** Time for all of it, default 5 s. */
  readonly timeoutMs?: number | undefined;
  /** Milliseconds since the epoch; default Date.now. */
  readonly clock?: (() => number) | undefined;
}

/** Tests what this place can reach. */
export interface SelfTest {
  /** One test, all anchors and both families at once; what a network does never makes it reject. */
  check(): Promise<VantageState>;
  close(): void;
}

/** A hand-shake round the world and back takes under two seconds; a slower place is not one to measure from. */
const TIMEOUT_MS = 5000;

/** A self-test with these options; throws a RangeError if an anchor, network or server can't be read. */
export function createSelfTest(options: SelfTestOptions): SelfTest {
  const timeoutMs = options.timeoutMs ?? TIMEOUT_MS;
  const tools = probeTools({ ...options, timeoutMs });
  const dns = createDnsClient(options.dnsServers);
  const anchors = (options.anchors ?? DEFAULT_ANCHORS).map(readAnchor);
  let last: VantageState | null = null;
  return {
    check: async () => {
      last = await check(options, anchors, dns, { tools, last });
      return last;
    },
    close: () => dns.close(),
  };
}

function readAnchor(text: string): Anchor {
  const anchor = parseAnchor(text);
  if (anchor === null) throw new RangeError(`not an anchor (host:port): ${text}`);
  return anchor;
}

async function check(
  { name, country, anchors: named }: SelfTestOptions,
  anchors: readonly Anchor[],
  dns: DnsClient,
  { tools, last }: { readonly tools: ProbeTools; readonly last: VantageState | null },
): Promise<VantageState> {
  const [reports, control] = await Promise.all([
    checkAnchors(anchors, dns, tools),
    askControlName(dns, tools.timeoutMs),
  ]);
  const invented = control.flatMap((answer) =>
    answer.kind === "addresses" ? answer.addresses : [],
  );
  // One lost answer must not turn invented addresses into the portals' own: what was learned holds until denied.
  const told = control.every(({ kind }) => kind === "addresses" || kind === "none");
  return {
    name,
    country,
    checkedAt: tools.clock(),
    families: { ip4: judgeFamily("ip4", reports), ip6: judgeFamily("ip6", reports) },
    resolver: judgeResolver(reports, { bothFamiliesExpected: named === null, control }),
    dns64Prefix: dns64Prefix(invented) ?? (told ? null : (last?.dns64Prefix ?? null)),
  };
}

function checkAnchors(
  anchors: readonly Anchor[],
  dns: DnsClient,
  tools: ProbeTools,
): Promise<AnchorReport[]> {
  return Promise.all(
    anchors.flatMap((anchor) => FAMILIES.map((family) => checkAnchor(anchor, family, dns, tools))),
  );
}

/** A and AAAA of the name that shows whether AAAA records are invented. */
function askControlName(dns: DnsClient, timeoutMs: number): Promise<DnsAnswer[]> {
  return Promise.all(
    FAMILIES.map(async (family) => {
      const deadline = startDeadline(timeoutMs);
      try {
        return await dns.lookup(IPV4_ONLY_NAME, family, deadline);
      } finally {
        deadline.clear();
      }
    }),
  );
}
