import type { Socket } from "node:net";
import type { SecureContext, TLSSocket } from "node:tls";
import { type Unseen, unseen } from "../../domain/audit/sight.ts";
import { type Stop, isEnd } from "../../domain/probe-facts.ts";
import { type Endpoint, connectTcp } from "../connect.ts";
import type { Deadline } from "../deadline.ts";
import { handshake } from "../handshake.ts";
import { codeOf } from "../socket-failure.ts";
import { type AuditTools, unseenEnd } from "./tools.ts";

/** Whether nothing may be sent to an endpoint, and why: the family's gate is closed or the address is refused. */
function barred({ session }: AuditTools, { address, family }: Endpoint): Unseen | null {
  const closed = session.closed(family);
  if (closed !== null) return closed;
  return session.policy(address) === null ? null : unseen("refused_here");
}

/**
 * Opens one TCP connection when it is its turn at the address, hands it to `use` and closes it.
 * A `Stop` is the portal's doing; whatever else kept the connection from coming about is unseen.
 */
export async function withTcp<Value>(
  endpoint: Endpoint,
  tools: AuditTools,
  use: (socket: Socket, tcpMs: number, deadline: Deadline) => Promise<Value>,
): Promise<Value | Stop | Unseen> {
  const early = barred(tools, endpoint);
  if (early !== null) return early;
  const { session } = tools;
  const release = await session.turnAt(endpoint.address);
  const makeRoom = await tools.slots.take();
  const deadline = session.step(session.remaining());
  try {
    if (session.remaining() === 0) return unseen("deadline");
    // The gate may have closed while it was others' turn.
    const late = barred(tools, endpoint);
    if (late !== null) return late;
    const startedAt = performance.now();
    const socket = await connectTcp(endpoint, tools.limits.tcpMs, deadline);
    if (isEnd(socket)) return unseenEnd(socket, tools.report) ?? (socket as Stop);
    try {
      return await use(socket, performance.now() - startedAt, deadline);
    } finally {
      socket.destroy();
    }
  } finally {
    deadline.clear();
    makeRoom();
    release();
  }
}

/** How to greet over a connection of `withTls`. */
export interface TlsGreeting {
  readonly host: string;
  readonly trust: SecureContext;
  readonly alpn?: readonly string[];
  readonly onStaple?: (stapled: boolean) => void;
}

/** How long the stages before HTTP took, milliseconds. */
export interface DialTimes {
  readonly tcp: number;
  readonly tls: number;
}

/** As `withTcp`, with a TLS handshake that demands nothing of the certificate. */
export function withTls<Value>(
  endpoint: Endpoint,
  greeting: TlsGreeting,
  tools: AuditTools,
  use: (socket: TLSSocket, times: DialTimes) => Promise<Value>,
): Promise<Value | Stop | Unseen> {
  return withTcp(endpoint, tools, async (raw, tcp, deadline) => {
    const startedAt = performance.now();
    const timeoutMs = tools.limits.tlsMs;
    const socket = await handshake(raw, { ...greeting, timeoutMs, readCode }, deadline);
    if (isEnd(socket)) return unseenEnd(socket, tools.report) ?? (socket as Stop);
    try {
      return await use(socket, { tcp, tls: performance.now() - startedAt });
    } finally {
      socket.destroy();
    }
  });
}

/** Code of an orderly end in the middle of the handshake, which Node tells as ECONNRESET without a system call. */
export const CLOSED = "CLOSED";

/** Beginning of the codes of what OpenSSL's decoders could not read, which Node tells like those of TLS itself. */
export const UNDECODABLE = "ERR_OSSL_";

/** Parts of OpenSSL that read what is inside a certificate. */
const DECODERS: ReadonlySet<unknown> = new Set([
  "asn1 encoding routines",
  "digital envelope routines",
  "x509 certificate routines",
]);

function readCode(error: Error): string {
  const code = codeOf(error);
  if (code === "ECONNRESET") return "syscall" in error ? code : CLOSED;
  // Node tells which part of OpenSSL spoke.
  const part: unknown = Reflect.get(error, "library");
  return DECODERS.has(part) ? code.replace("ERR_SSL_", UNDECODABLE) : code;
}
