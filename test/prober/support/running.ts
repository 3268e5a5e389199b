import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import type { Worker } from "node:worker_threads";
import { type Lab, startLab } from "../../../lab/index.ts";
import type { Family } from "../../../src/domain/family.ts";
import type { ProbeResult } from "../../../src/domain/observation.ts";
import type { ProbeTarget } from "../../../src/domain/portal.ts";
import type { VantageState } from "../../../src/domain/vantage.ts";
import { parseRootHints, type RootHints } from "../../../src/probes/dns/index.ts";
import {
  type AuditRun,
  type AuditsOptions,
  type Prober,
  type ProberLimits,
  type ProberOptions,
  startProber,
} from "../../../src/prober/index.ts";

/** Short enough to see several slots, long enough that a busy machine skips few. */
export const INTERVAL_MS = 500;

/** A prober at work in a lab, and everything that it has said. */
export interface Running {
  readonly prober: Prober;
  readonly results: ProbeResult[];
  /** What scheduled slots of audits came to. */
  readonly audits: AuditRun[];
  readonly states: VantageState[];
  readonly faults: Error[];
  /** The workers that were started, in order. */
  readonly workers: readonly Worker[];
  /** Resolves when the condition holds, which is looked at whenever the prober says something. */
  readonly until: (condition: () => boolean) => Promise<void>;
}

/** What a test changes of a prober that fits the lab. */
export type Changes = Partial<Omit<ProberOptions, "limits" | "audits">> & {
  readonly limits?: Partial<ProberLimits>;
  /** Audits too, with what differs from `auditsFor`. */
  readonly audits?: Partial<AuditsOptions>;
};

/** Options of a prober that knows the lab's resolver, root and anchors. */
export function optionsFor(lab: Lab, { limits, audits, ...changes }: Changes = {}): ProberOptions {
  return {
    audits: audits ? { ...auditsFor(lab), ...audits } : null,
    threads: 1,
    vantage: { name: "test", country: null, anchors: lab.anchors },
    dnsServers: [lab.dnsServer],
    allowedNetworks: lab.allowedNetworks.split(","),
    timeoutMs: 3000,
    intervalMs: INTERVAL_MS,
    extraRoots: [lab.caPem],
    contact: null,
    onResults: () => undefined,
    onVantage: () => undefined,
    onFault: () => undefined,
    ...changes,
    limits: {
      inFlight: 100,
      newConnectionsPerSecond: 1000,
      perAddress: 100,
      lagLimitMs: 5000,
      ...limits,
    },
  };
}

/** Audits that know the lab, and have no patience for what fails in it. */
function auditsFor(lab: Lab): AuditsOptions {
  return {
    // A week: no regular slot falls into a test.
    intervalMs: 604_800_000,
    firstRoundMs: 100,
    timeoutMs: 30_000,
    tryGapMs: 50,
    inFlight: 20,
    perAddress: 20,
    rootHints: rootHintsOf(lab),
    authorityPort: lab.authorityPort,
    httpPort: lab.httpPort,
    lastAudits: new Map(),
    onAudit: () => undefined,
  };
}

function rootHintsOf(lab: Lab): RootHints {
  const parsed = parseRootHints(lab.rootHints);
  if ("wrong" in parsed) throw new Error(`The lab's root hints are wrong: ${parsed.wrong}`);
  return parsed.hints;
}

/** The threads of the prober that was started last: tests run one at a time. */
let born: Worker[] = [];
process.on("worker", (worker) => born.push(worker));

/** Starts a prober in the lab; the caller stops it. */
export async function run(lab: Lab, changes: Changes = {}): Promise<Running> {
  const results: ProbeResult[] = [];
  const audits: AuditRun[] = [];
  const states: VantageState[] = [];
  const faults: Error[] = [];
  const workers = (born = []);
  const waiting = new Set<() => void>();
  const said = () => waiting.forEach((look) => look());
  const prober = await startProber(
    optionsFor(lab, {
      ...changes,
      ...(changes.audits && {
        audits: {
          ...changes.audits,
          onAudit: (slot) => {
            audits.push(slot);
            said();
          },
        },
      }),
      onResults: (batch) => {
        results.push(...batch);
        said();
      },
      onVantage: (state) => {
        states.push(state);
        said();
      },
      onFault: (error) => {
        faults.push(error);
        said();
      },
    }),
  );
  await prober.auditsBegun();
  const until = (condition: () => boolean) =>
    new Promise<void>((resolve) => {
      const look = () => {
        if (!condition()) return;
        waiting.delete(look);
        resolve();
      };
      waiting.add(look);
      look();
    });
  return { prober, results, audits, states, faults, workers, until };
}

/** The lab's portals of these ids, numbered from 1, as the prober wants them. */
export function targetsOf(lab: Lab, ids: readonly string[]): ProbeTarget[] {
  return ids.map((id, index) => {
    const { url, expectation } = lab.portal(id);
    return { portal: index + 1, slug: id, url, expectation };
  });
}

/** What came of one portal and family, in order of the slots. */
export function of(results: readonly ProbeResult[], portal: number, family: Family): ProbeResult[] {
  return results
    .filter((result) => result.portal === portal && result.family === family)
    .toSorted((a, b) => a.scheduledAt - b.scheduledAt);
}

/** A web server that counts. */
export interface CountingServer {
  readonly url: string;
  /** Connections since the start, and the most that waited for their answer at the same time. */
  readonly seen: { accepted: number; most: number };
  close(): Promise<void>;
}

/** Answers each connection's request after so long, or never where that is Infinity. */
export async function startCountingServer(
  answerAfterMs: number,
  address = "127.0.0.1",
): Promise<CountingServer> {
  const seen = { accepted: 0, most: 0 };
  const waiting = new Set<Socket>();
  const server = createServer(({ socket }, response) => {
    if (answerAfterMs === Infinity) return;
    setTimeout(() => {
      // Before the answer, because the client may come again before its close is seen here.
      waiting.delete(socket);
      response.end("ok");
    }, answerAfterMs);
  });
  server.on("connection", (socket: Socket) => {
    seen.accepted += 1;
    waiting.add(socket);
    seen.most = Math.max(seen.most, waiting.size);
    socket.on("close", () => waiting.delete(socket));
  });
  server.listen(0, address);
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://${address}:${port}/`,
    seen,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

/** Many portals at the same URL. */
export function targetsAt(url: string, count: number, first = 1): ProbeTarget[] {
  return Array.from({ length: count }, (_, index) => ({
    portal: first + index,
    slug: `at-${first + index}`,
    url,
    expectation: {},
  }));
}

/** A lab for tests of the prober: a few healthy portals and the slow one. */
export function startProberLab(): Promise<Lab> {
  return startLab({ only: ["healthy", "redirect-good", "idn", "headers-slow", "http-500"] });
}

/** Lets a thread die of a fault of its own, and resolves when it is gone. */
export async function die(worker: Worker | undefined): Promise<void> {
  const gone = new Promise((resolve) => worker?.once("exit", resolve));
  worker?.postMessage(null, []);
  await gone;
}
