import { randomInt } from "node:crypto";
import * as packet from "dns-packet";
import { type Frame, HEADER_BYTES, frameOf, nameHolds } from "./frame.ts";
import { type DnsRecord, type ReadType, readRecord, readType } from "./record.ts";

/** What is asked; the bits that are left out are 0. */
export interface Question {
  /** As `dnsName` gives it. */
  readonly name: string;
  readonly type: ReadType;
  /** RD: the server may ask others. */
  readonly recursion?: boolean;
  /** CD: the resolver shall not hold back what fails its validation (RFC 4035 section 3.2.2). */
  readonly checkingDisabled?: boolean;
  /** DO and AD: the asker wants to know whether the answer was validated (RFC 6840 section 5.7). */
  readonly dnssec?: boolean;
}

/** A question on its way. */
export interface Sent {
  readonly question: Question;
  readonly id: number;
  readonly edns: boolean;
  readonly bytes: Buffer;
}

/** An answer that belongs to the question. */
export interface Reply {
  /** Mnemonic, or `RCODE_n` for what has none here. */
  readonly rcode: string;
  readonly authoritative: boolean;
  readonly truncated: boolean;
  /** AD: the resolver has validated it. */
  readonly authentic: boolean;
  /** Whether it had an OPT record (RFC 6891). */
  readonly edns: boolean;
  readonly answers: readonly DnsRecord[];
  readonly authorities: readonly DnsRecord[];
  readonly additionals: readonly DnsRecord[];
  /** Answer records of the type that was asked for that were left unread, beyond `MAX_RECORDS`. */
  readonly beyond: number;
  /** Codes of RFC 8914, in order. */
  readonly extendedErrors: readonly number[];
}

/** Payload that passes everywhere unfragmented (DNS flag day 2020). */
const UDP_BYTES = 1232;

/** Records read of one message: a name with more of anything is not read to its end. */
export const MAX_RECORDS = 1024;

/** A name, its type and its class. */
const MAX_QUESTION_BYTES = 255 + 4;

/** Option code of extended errors (RFC 8914 section 2). */
const EXTENDED_ERROR = 15;
const OPT = 41;

/** A question with a fresh random id. */
export function encodeQuestion(question: Question, edns: boolean): Sent {
  const id = randomInt(0x10000);
  const { name, type, recursion, checkingDisabled, dnssec } = question;
  const flags =
    (recursion ? packet.RECURSION_DESIRED : 0) |
    (checkingDisabled ? packet.CHECKING_DISABLED : 0) |
    (dnssec ? packet.AUTHENTIC_DATA : 0);
  const opt: packet.OptAnswer = {
    type: "OPT",
    name: ".",
    udpPayloadSize: UDP_BYTES,
    extendedRcode: 0,
    ednsVersion: 0,
    flags: dnssec ? packet.DNSSEC_OK : 0,
    flag_do: dnssec ?? false,
    options: [],
  };
  const bytes = packet.encode({
    type: "query",
    id,
    flags,
    questions: [{ name, type }],
    additionals: edns ? [opt] : [],
  });
  return { question, id, edns, bytes };
}

/** Codes with which a server may answer without repeating a question that it did not understand. */
const WITHOUT_QUESTION = new Set(["FORMERR", "NOTIMP", "SERVFAIL", "REFUSED"]);

/**
 * The answer in these bytes: `stray` if it is none to this question (id, opcode, question), `malformed` if it is
 * but can't be read. Never throws, and takes time in proportion to the length at most.
 */
export function decodeReply(bytes: Buffer, sent: Sent): Reply | "stray" | "malformed" {
  if (bytes.length < HEADER_BYTES || bytes.readUInt16BE(0) !== sent.id) return "stray";
  const flags = bytes.readUInt16BE(2);
  if ((flags & 0xf800) !== 0x8000) return "stray";
  const asked = questionOf(bytes);
  if (asked === "none") {
    const rcode = RCODES[flags & 0xf] ?? "";
    return WITHOUT_QUESTION.has(rcode) ? empty(rcode) : "malformed";
  }
  if (asked === null) return "malformed";
  if (asked.name !== sent.question.name || asked.type !== sent.question.type) return "stray";
  const frame = frameOf(bytes);
  return frame === null ? "malformed" : readReply(bytes, flags, frame, sent.question);
}

/** The one question that a message repeats; null where there is not exactly one, `none` where there is none. */
function questionOf(bytes: Buffer): { name: string; type: string } | null | "none" {
  const count = bytes.readUInt16BE(4);
  if (count === 0) return "none";
  if (count !== 1 || !nameHolds(bytes, HEADER_BYTES)) return null;
  // The header with no records announced, and the longest question that there can be.
  const alone = Buffer.from(bytes.subarray(0, HEADER_BYTES + MAX_QUESTION_BYTES));
  alone.fill(0, 6, HEADER_BYTES);
  try {
    const { questions } = packet.decode(alone);
    const [question] = questions ?? [];
    if (question === undefined || question.class !== "IN") return null;
    return { name: question.name.toLowerCase(), type: question.type };
  } catch {
    // The library throws RangeError and plain Error alike for bytes that end too early: no question.
    return null;
  }
}

function readReply(
  bytes: Buffer,
  flags: number,
  { records }: Frame,
  { type }: Question,
): Reply | "malformed" {
  const sections = { answers: [], authorities: [], additionals: [] } as Record<
    "answers" | "authorities" | "additionals",
    DnsRecord[]
  >;
  const opt = records.find((record) => record.type === OPT && record.section === "additionals");
  const wanted = records.filter((record) => readType(record) !== null);
  for (const frame of wanted.slice(0, MAX_RECORDS)) {
    const record = readRecord(bytes, frame);
    if (record === null) return "malformed";
    sections[frame.section].push(record);
  }
  const unread = wanted.slice(MAX_RECORDS);
  const code = (flags & 0xf) | (opt === undefined ? 0 : (opt.ttl >>> 24) << 4);
  return {
    ...sections,
    rcode: RCODES[code] ?? `RCODE_${code}`,
    authoritative: (flags & 0x0400) !== 0,
    truncated: (flags & 0x0200) !== 0,
    authentic: (flags & 0x0020) !== 0,
    edns: opt !== undefined,
    beyond: unread.filter((each) => each.section === "answers" && readType(each) === type).length,
    extendedErrors:
      opt === undefined
        ? []
        : extendedErrors(bytes.subarray(opt.dataAt, opt.dataAt + opt.dataLength)),
  };
}

/** Codes of the OPT record's options (RFC 6891 section 6.1.2); an option that is cut off ends the list. */
function extendedErrors(options: Buffer): number[] {
  const codes: number[] = [];
  for (let at = 0; at + 4 <= options.length; at += 4 + options.readUInt16BE(at + 2)) {
    const whole = at + 6 <= options.length && options.readUInt16BE(at + 2) >= 2;
    if (options.readUInt16BE(at) === EXTENDED_ERROR && whole) {
      codes.push(options.readUInt16BE(at + 4));
    }
  }
  return codes.slice(0, MAX_ERRORS);
}

/** A resolver has a handful of things to say of one answer. */
const MAX_ERRORS = 8;

function empty(rcode: string): Reply {
  return {
    rcode,
    authoritative: false,
    truncated: false,
    authentic: false,
    edns: false,
    answers: [],
    authorities: [],
    additionals: [],
    beyond: 0,
    extendedErrors: [],
  };
}

/** Mnemonics of the IANA registry of response codes that a question can meet. */
const RCODES: Readonly<Record<number, string>> = {
  0: "NOERROR",
  1: "FORMERR",
  2: "SERVFAIL",
  3: "NXDOMAIN",
  4: "NOTIMP",
  5: "REFUSED",
  6: "YXDOMAIN",
  7: "YXRRSET",
  8: "NXRRSET",
  9: "NOTAUTH",
  10: "NOTZONE",
  16: "BADVERS",
  23: "BADCOOKIE",
};
