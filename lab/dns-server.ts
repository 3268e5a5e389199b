import { type Socket as UdpSocket, createSocket } from "node:dgram";
import { type Server, type Socket, createServer } from "node:net";
import { encodeReply, parseQuery } from "./dns-message.ts";
import { validated } from "./dns-validation.ts";
import { type DnsSubject, type ResolverState, replyTo } from "./dns-zone.ts";
import { tryListen } from "./ports.ts";

/** A DNS server on loopback; UDP and TCP, each address on the same port. */
export interface DnsServer {
  readonly port: number;
  readonly state: ResolverState;
  /** Questions received for a name, of one type or of all. */
  readonly queries: (name: string, type?: string) => number;
  /** Opens the sockets; throws if the port is taken. */
  readonly open: () => Promise<void>;
  /** Closes them; every client then meets a closed port. */
  readonly close: () => Promise<void>;
}

/** Where a server answers, and as what. */
export interface Place {
  readonly addresses: readonly string[];
  readonly port: number;
  readonly role: "resolver" | "authority";
}

/** TCP clients that say nothing are let go after this long (RFC 7766 asks for seconds). */
const IDLE_MS = 10_000;

/** Names counted at most, so that a client asking at random can't fill the memory. */
const COUNTED = 10_000;

const NO_LIMIT = 65_535;

/** A resolver, or the name server of all zones, for the hosts that `find` knows; closed until `open`. */
export function createDnsServer(
  { addresses, port, role }: Place,
  state: ResolverState,
  find: (host: string) => DnsSubject | undefined,
): DnsServer {
  const counts = new Map<string, number>();
  let closers: (() => Promise<void>)[] = [];

  const answer = (bytes: Buffer, limit: number | null): Buffer | null => {
    const query = parseQuery(bytes);
    const question = query?.packet.questions?.[0];
    if (query === null || question === undefined) return null;
    const key = `${question.name.toLowerCase()} ${question.type}`;
    if (counts.has(key) || counts.size < COUNTED) counts.set(key, (counts.get(key) ?? 0) + 1);
    const said = replyTo(question, state, find);
    const reply =
      role === "authority" ? { ...said, authoritative: true } : validated(query, said, state);
    return encodeReply(query, reply, limit ?? query.udpBytes);
  };

  return {
    port,
    state,
    queries(name, type) {
      const prefix = `${name.toLowerCase()} `;
      if (type !== undefined) return counts.get(prefix + type) ?? 0;
      let sum = 0;
      for (const [key, count] of counts) if (key.startsWith(prefix)) sum += count;
      return sum;
    },
    async open() {
      for (const address of addresses) {
        closers.push(await openUdp(address, port, (bytes) => answer(bytes, null)));
        closers.push(await openTcp(address, port, (bytes) => answer(bytes, NO_LIMIT)));
      }
    },
    async close() {
      const closing = closers;
      closers = [];
      await Promise.all(closing.map((close) => close()));
    },
  };
}

/** What comes back for one message; null for silence. */
export type Answerer = (bytes: Buffer) => Buffer | null;

/** Answers over UDP at one address; the returned function closes it. Throws if the port is taken. */
export async function openUdp(address: string, port: number, answer: Answerer) {
  const ip6 = address.includes(":");
  const socket: UdpSocket = createSocket({ type: ip6 ? "udp6" : "udp4", ipv6Only: ip6 });
  socket.on("message", (bytes, from) => {
    const reply = answer(bytes);
    // An answer that finds no way back is lost, as on any network: whoever asked asks again.
    if (reply !== null) socket.send(reply, from.port, from.address, () => undefined);
  });
  await new Promise<void>((resolve, reject) => {
    socket.once("error", reject);
    socket.bind(port, address, resolve);
  });
  return () => new Promise<void>((resolve) => void socket.close(() => resolve()));
}

/** Answers over TCP at one address; the returned function closes it. Throws if the port is taken. */
export async function openTcp(address: string, port: number, answer: Answerer) {
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
    // A client that resets its connection has its answer or does not want it.
    socket.on("error", () => socket.destroy());
    socket.setTimeout(IDLE_MS, () => socket.destroy());
    serveStream(socket, answer);
  });
  const outcome = await tryListen(server, address, port);
  if (outcome !== "listening") throw new Error(`DNS over TCP: ${address} port ${port} ${outcome}`);
  return () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      for (const socket of sockets) socket.destroy();
    });
}

/** Messages on a stream, each after its length in two octets (RFC 1035 section 4.2.2). */
function serveStream(socket: Socket, answer: Answerer): void {
  let pending: Buffer = Buffer.alloc(0);
  socket.on("data", (chunk) => {
    pending = Buffer.concat([pending, chunk]);
    while (pending.length >= 2) {
      const end = 2 + pending.readUInt16BE(0);
      if (pending.length < end) return;
      const reply = answer(pending.subarray(2, end));
      pending = pending.subarray(end);
      if (reply === null) continue;
      const length = Buffer.alloc(2);
      length.writeUInt16BE(reply.length);
      socket.write(Buffer.concat([length, reply]));
    }
  });
}
