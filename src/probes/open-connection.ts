import type { Socket } from "node:net";
import type { TLSSocket } from "node:tls";
import { FAILURES } from "../domain/failure.ts";
import { type Skip, type Stop, isEnd } from "../domain/probe-facts.ts";
import type { SeenCertificate } from "./certificate.ts";
import { connectTcp } from "./connect.ts";
import { handshake } from "./handshake.ts";
import { hostOf, portOf } from "./location.ts";
import type { Admission, ProbeTools, Run } from "./run.ts";

/** A connection that is ready for HTTP. */
export interface Connection {
  readonly socket: Socket;
  readonly address: string;
  /** Null over plain HTTP. */
  readonly certificate: SeenCertificate | null;
  /** Gives the address back to whoever limits connections; the socket must be closed. */
  readonly release: () => void;
}

/** What connecting needs of a run, and leaves in it. */
export type ConnectionRun = Pick<Run, "family" | "deadline" | "phasesMs" | "failedAddresses">;

/** Addresses tried before a family counts as down: one bad one of a pair must not hide the good one. */
const MAX_ATTEMPTS = 3;

/** TCP opens within 4 s (two lost SYNs, RFC 6298 section 2.1) or counts as closed. */
const CONNECT_LIMIT_MS = 4000;
/** TLS ends within 7 s of that; so do other testers wait. */
const TLS_LIMIT_MS = 7000;
/** With several addresses the attempts together leave a tenth of the deadline to the rest of the run. */
const ATTEMPTS_SHARE = 0.9;
/** A handshake that stalls leaves the next address some time. */
const TLS_SHARE = 0.7;

/**
 * Connects to the first of up to three addresses over which TCP and, for https, TLS come about; those that failed
 * before it are kept in the run. A bad certificate or a bad answer does not lead to the next address, because the
 * browser of a visitor would not go there either: it has a connection and shows the error.
 */
export async function openConnection(
  url: URL,
  addresses: readonly string[],
  tools: ProbeTools,
  run: ConnectionRun,
): Promise<Connection | Stop | Skip> {
  const candidates = addresses.slice(0, MAX_ATTEMPTS);
  const share = (tools.timeoutMs * ATTEMPTS_SHARE) / candidates.length;
  const connectMs = Math.min(CONNECT_LIMIT_MS, share);
  let refused: Skip | null = null;
  let last: Stop | null = null;
  for (const address of candidates) {
    if (run.deadline.cut) return { skip: "skip_stopping" };
    if (last !== null && run.deadline.remaining() === 0) break;
    const admission = await admit(address, tools, run);
    if (typeof admission !== "function") {
      refused = { skip: admission ?? "skip_address_busy" };
      continue;
    }
    const opened = await open(url, address, connectMs, tools, run).catch((fault: unknown) => {
      admission();
      throw fault;
    });
    if (!isEnd(opened)) return { ...opened, address, release: admission };
    admission();
    if ("skip" in opened || FAILURES[opened.stop].source !== "target") return opened;
    run.failedAddresses.push({ address, kind: opened.stop });
    last = opened;
  }
  // An address that our limits kept us from might have worked: that is no failure of the portal.
  return refused ?? last ?? { skip: "skip_address_busy" };
}

async function admit(address: string, tools: ProbeTools, run: ConnectionRun): Promise<Admission> {
  const admission = tools.acquireAddress(address);
  if (!(admission instanceof Promise)) return admission;
  const resume = run.deadline.pause();
  try {
    return await admission;
  } finally {
    resume();
  }
}

async function open(
  url: URL,
  address: string,
  connectMs: number,
  tools: ProbeTools,
  run: ConnectionRun,
): Promise<Pick<Connection, "socket" | "certificate"> | Stop | Skip> {
  const startedAt = performance.now();
  const endpoint = { address, port: portOf(url), family: run.family };
  const raw = await connectTcp(endpoint, connectMs, run.deadline);
  if (isEnd(raw)) return raw;
  const connectedAt = performance.now();
  // As for every phase, only the connection that came about counts, not the attempts before it.
  if (url.protocol === "http:") {
    run.phasesMs.connect += connectedAt - startedAt;
    return { socket: raw, certificate: null };
  }
  const host = hostOf(url);
  const timeoutMs = Math.min(TLS_LIMIT_MS, tools.timeoutMs * TLS_SHARE);
  const secure = await handshake(raw, { host, trust: tools.trust, timeoutMs }, run.deadline);
  if (isEnd(secure)) return secure;
  const certificate = readCertificate(secure, host, tools);
  if (certificate === null) {
    secure.destroy();
    return { stop: "tls_reset", phase: "tls", code: "NO_CERTIFICATE" };
  }
  run.phasesMs.connect += connectedAt - startedAt;
  run.phasesMs.tls += performance.now() - connectedAt;
  return { socket: secure, certificate };
}

/** A certificate that can't be read is our fault to tell, but its connection is closed first. */
function readCertificate(
  secure: TLSSocket,
  host: string,
  tools: ProbeTools,
): SeenCertificate | null {
  try {
    return tools.certificates.read(secure, host);
  } catch (fault) {
    secure.destroy();
    throw fault;
  }
}
