import type { AuditSession } from "../audit/session.ts";
import type { Deadline } from "../deadline.ts";
import { askTcp } from "./ask-tcp.ts";
import { askUdp } from "./ask-udp.ts";
import type { Asked, Server } from "./asked.ts";
import { type Question, type Sent, encodeQuestion } from "./message.ts";

/** `either`: UDP, and TCP where that answer was cut (RFC 7766 section 5). */
export type Transport = "udp" | "tcp" | "either";

/** A round trip round the world and a slow server; a resolver may have to ask several. */
const UDP_LIMIT_MS = 2000;
/** A connection costs two round trips more. */
const TCP_LIMIT_MS = 4000;

/** What one question is given. */
export interface AskOptions {
  readonly transport: Transport;
  readonly session: AuditSession;
  /** For one packet over UDP, milliseconds. */
  readonly udpLimitMs?: number;
}

/**
 * Asks one server once. A server that does not know EDNS is asked again without it (RFC 6891 section 7).
 * Ends within the limits of both transports and with the audit at the latest; never rejects.
 */
export async function ask(question: Question, server: Server, options: AskOptions): Promise<Asked> {
  const asked = await send(encodeQuestion(question, true), server, options);
  if (asked.outcome !== "answered" || asked.reply.edns) return asked;
  const { rcode } = asked.reply;
  if (rcode !== "FORMERR" && rcode !== "NOTIMP") return asked;
  return send(encodeQuestion(question, false), server, options);
}

async function send(sent: Sent, server: Server, options: AskOptions): Promise<Asked> {
  const { session, transport, udpLimitMs = UDP_LIMIT_MS } = options;
  if (transport !== "tcp") {
    const asked = await within(session, udpLimitMs, (deadline) => askUdp(server, sent, deadline));
    const cut = asked.outcome === "answered" && asked.reply.truncated;
    if (!cut || transport === "udp") return asked;
  }
  const release = await turnAt(server.address, session);
  if (release === null) return { outcome: "cut" };
  try {
    return await within(session, TCP_LIMIT_MS, (deadline) => askTcp(server, sent, deadline));
  } finally {
    release();
  }
}

async function within(
  session: AuditSession,
  limitMs: number,
  attempt: (deadline: Deadline) => Promise<Asked>,
): Promise<Asked> {
  if (session.remaining() === 0) return { outcome: "cut" };
  const deadline = session.step(limitMs);
  try {
    const asked = await attempt(deadline);
    // The end of the audit's time is no server's fault.
    return asked.outcome === "timeout" && session.remaining() === 0 ? { outcome: "cut" } : asked;
  } finally {
    deadline.clear();
  }
}

/** One connection at a time to each address; null if the audit ended while it waited. */
export async function turnAt(address: string, session: AuditSession): Promise<(() => void) | null> {
  const turn = session.turnAt(address);
  const { promise: over, resolve } = Promise.withResolvers<null>();
  const onAbort = () => resolve(null);
  session.signal.addEventListener("abort", onAbort, { once: true });
  if (session.signal.aborted) onAbort();
  const release = await Promise.race([turn, over]);
  session.signal.removeEventListener("abort", onAbort);
  if (release === null) void turn.then((late) => late());
  return release;
}
