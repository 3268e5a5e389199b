import {
  AUTHENTIC_DATA,
  AUTHORITATIVE_ANSWER,
  RECURSION_AVAILABLE,
  RECURSION_DESIRED,
  TRUNCATED_RESPONSE,
  type Answer,
  type Packet,
  type PacketOpt,
  decode,
  encode,
} from "dns-packet";
import { RCODE, type Reply, startOfAuthority } from "./dns-zone.ts";

/** Largest answer without EDNS (RFC 1035 section 4.2.1) and with it (the size agreed on DNS flag day 2020). */
const PLAIN_UDP_BYTES = 512;
const EDNS_UDP_BYTES = 1232;

const HEADER_BYTES = 12;

/** One well-formed question and what its asker can take. */
export interface Query {
  readonly packet: Packet;
  readonly udpBytes: number;
}

/** The query in these bytes; null when there is none that could be answered. */
export function parseQuery(bytes: Buffer): Query | null {
  if (bytes.length < HEADER_BYTES) return null;
  let packet: Packet;
  try {
    packet = decode(bytes);
  } catch {
    // dns-packet throws RangeError and plain Error alike for bytes that are no message: not a query.
    return null;
  }
  if (packet.type !== "query" || packet.questions?.length !== 1) return null;
  const opt = edns(packet);
  const offered = opt?.udpPayloadSize ?? PLAIN_UDP_BYTES;
  return { packet, udpBytes: Math.min(Math.max(offered, PLAIN_UDP_BYTES), EDNS_UDP_BYTES) };
}

/** The answer on the wire, cut to `limit` octets by the TC bit; null for silence. */
export function encodeReply(query: Query, reply: Reply, limit: number): Buffer | null {
  if (reply.kind === "silence") return null;
  if (reply.kind === "malformed") return malformed(query.packet);
  const answers = [...reply.answers];
  const negative =
    (reply.rcode === RCODE.NOERROR || reply.rcode === RCODE.NXDOMAIN) &&
    answers.every((answer) => answer.type === "CNAME");
  const owner = query.packet.questions?.[0]?.name.toLowerCase() ?? "";
  const authorities = negative ? [startOfAuthority(owner)] : [];
  const bits =
    reply.rcode |
    (reply.authoritative ? AUTHORITATIVE_ANSWER : RECURSION_AVAILABLE) |
    (reply.authentic ? AUTHENTIC_DATA : 0);
  const said = { error: reply.extendedError, bits };
  const whole = encode(response(query.packet, said, answers, authorities));
  if (whole.length <= limit) return whole;
  return encode(response(query.packet, { ...said, bits: bits | TRUNCATED_RESPONSE }, [], []));
}

function response(
  packet: Packet,
  { bits, error }: { readonly bits: number; readonly error?: number | undefined },
  answers: Answer[],
  authorities: Answer[],
): Packet {
  const desired = (packet.flags ?? 0) & RECURSION_DESIRED;
  return {
    type: "response",
    id: packet.id,
    flags: desired | bits,
    questions: packet.questions,
    answers,
    authorities,
    additionals: edns(packet) === undefined ? [] : [opt(error)],
  };
}

/** The OPT record, with an extended error (RFC 8914 section 2) where there is one. */
export function opt(error?: number): Answer {
  const data = Buffer.alloc(2);
  data.writeUInt16BE(error ?? 0);
  const option = { code: EXTENDED_ERROR, data } as unknown as PacketOpt;
  return {
    type: "OPT",
    name: ".",
    udpPayloadSize: EDNS_UDP_BYTES,
    extendedRcode: 0,
    ednsVersion: 0,
    flags: 0,
    flag_do: false,
    options: error === undefined ? [] : [option],
  };
}

/** Option code that the library has no name for. */
const EXTENDED_ERROR = 15;

/** The OPT record of a message. */
export function edns(packet: Packet): Extract<Answer, { type: "OPT" }> | undefined {
  return packet.additionals?.find((record) => record.type === "OPT");
}

/** A header that promises a record, and a record that ends in the middle of its address. */
function malformed(packet: Packet): Buffer {
  const name = packet.questions?.[0]?.name ?? ".";
  const promised: Answer = { type: "A", name, ttl: 0, data: "127.0.0.1" };
  const bytes = encode({
    ...response(packet, { bits: RECURSION_AVAILABLE }, [promised], []),
    additionals: [],
  });
  return bytes.subarray(0, -3);
}
