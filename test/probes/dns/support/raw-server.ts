import { createSocket } from "node:dgram";
import { once } from "node:events";
import { type Socket, createServer } from "node:net";
import { type Answer, type DecodedPacket, type Packet, decode, encode } from "dns-packet";
import { tryListen } from "../../../../lab/ports.ts";
import type { ReadType } from "../../../../src/probes/dns/record.ts";

/** One question as it arrived. */
export interface Arrived {
  readonly bytes: Buffer;
  readonly packet: DecodedPacket;
  readonly transport: "udp" | "tcp";
  readonly port: number;
  readonly name: string;
  readonly type: string;
}

/** What a server of a test does with a question: whatever is sent goes out as it is, in order. */
export type Behave = (asked: Arrived, send: (bytes: Buffer) => void, socket?: Socket) => void;

/** A DNS server that does what the test says, over UDP and TCP on one port of one address. */
export interface RawServer {
  readonly address: string;
  readonly port: number;
  /** `address:port`, IPv6 in brackets. */
  readonly text: string;
  readonly arrived: Arrived[];
  readonly close: () => Promise<void>;
}

/** Starts one; port 0: any that is free for both. */
export async function rawServer(
  behave: Behave,
  address = "127.0.0.1",
  wantedPort = 0,
): Promise<RawServer> {
  const arrived: Arrived[] = [];
  const open = new Set<Socket>();
  const take = (bytes: Buffer, transport: "udp" | "tcp", port: number): Arrived => {
    const packet = decode(bytes);
    const { name, type } = packet.questions![0]!;
    const asked = { bytes, packet, transport, port, name: name.toLowerCase(), type };
    arrived.push(asked);
    return asked;
  };
  const ip6 = address.includes(":");
  const udp = createSocket({ type: ip6 ? "udp6" : "udp4", ipv6Only: ip6 });
  udp.on("message", (bytes, from) => {
    behave(take(bytes, "udp", from.port), (out) => udp.send(out, from.port, from.address));
  });
  udp.bind(wantedPort, address);
  await once(udp, "listening");
  const { port } = udp.address();
  const tcp = createServer((socket) => {
    open.add(socket);
    socket.on("error", () => socket.destroy());
    let pending: Buffer = Buffer.alloc(0);
    socket.on("data", (chunk) => {
      pending = Buffer.concat([pending, chunk]);
      if (pending.length < 2 || pending.length < 2 + pending.readUInt16BE(0)) return;
      const asked = take(pending.subarray(2), "tcp", socket.remotePort ?? 0);
      behave(asked, (out) => socket.write(framed(out)), socket);
    });
  });
  if ((await tryListen(tcp, address, port)) !== "listening") {
    // A stranger's port for TCP: another draw.
    await new Promise<void>((resolve) => void udp.close(() => resolve()));
    return rawServer(behave, address, wantedPort);
  }
  return {
    address,
    port,
    text: address.includes(":") ? `[${address}]:${port}` : `${address}:${port}`,
    arrived,
    async close() {
      for (const socket of open) socket.destroy();
      await Promise.all([
        new Promise<void>((resolve) => void udp.close(() => resolve())),
        new Promise<void>((resolve) => void tcp.close(() => resolve())),
      ]);
    },
  };
}

/** A message after its length in two octets (RFC 1035 section 4.2.2). */
export function framed(bytes: Buffer): Buffer {
  const length = Buffer.alloc(2);
  length.writeUInt16BE(bytes.length);
  return Buffer.concat([length, bytes]);
}

/** Header bits by name (RFC 1035 section 4.1.1). */
export const BITS = { aa: 0x400, tc: 0x200, rd: 0x100, ra: 0x80, ad: 0x20, cd: 0x10 } as const;

/** The answer to a question, with these records, bits and response code. */
export function replyTo(
  { packet }: Pick<Arrived, "packet">,
  { answers = [], authorities = [], additionals = [], bits = 0, rcode = 0, ...rest }: ReplyParts,
): Buffer {
  return encode({
    type: "response",
    id: packet.id,
    flags: bits | rcode,
    questions: packet.questions,
    answers: [...answers],
    authorities: [...authorities],
    additionals: [...additionals],
    ...rest,
  });
}

export interface ReplyParts extends Partial<Pick<Packet, "id" | "questions" | "type">> {
  readonly answers?: readonly Answer[];
  readonly authorities?: readonly Answer[];
  readonly additionals?: readonly Answer[];
  readonly bits?: number;
  readonly rcode?: number;
}

/** A record without time to live. */
export function record(name: string, type: ReadType | "TXT", data: unknown): Answer {
  return { name, type, ttl: 0, data } as Answer;
}

/** The SOA of a zone. */
export function soa(zone: string): Answer {
  return record(zone, "SOA", { mname: ".", rname: ".", serial: 1 });
}

/** Answers everything by name and type; what is not listed is denied, with the SOA of `zone`. */
export function fromTable(
  zone: string,
  table: Readonly<Record<string, readonly Answer[]>>,
  bits: number = BITS.aa | BITS.ra,
): Behave {
  return (asked, send) => {
    const answers = table[`${asked.name} ${asked.type}`] ?? [];
    const exists = Object.keys(table).some((key) => key.split(" ")[0]!.endsWith(asked.name));
    const negative = answers.every(({ type }) => type === "CNAME");
    const whole = replyTo(asked, {
      answers,
      authorities: negative ? [soa(zone)] : [],
      rcode: answers.length > 0 || exists ? 0 : 3,
      bits,
    });
    const fits = asked.transport === "tcp" || whole.length <= 1232;
    send(fits ? whole : replyTo(asked, { bits: bits | BITS.tc }));
  };
}
