import { decode } from "dns-packet";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  MAX_RECORDS,
  type Question,
  type Reply,
  type Sent,
  decodeReply,
  encodeQuestion,
} from "../../../src/probes/dns/message.ts";
import { BITS, record, replyTo, soa } from "./support/raw-server.ts";

const QUESTION: Question = { name: "portal.hn.test", type: "AAAA" };

function sentWith(question: Question = QUESTION, edns = true): Sent {
  return encodeQuestion(question, edns);
}

/** An answer to a question with these parts. */
function answering(sent: Sent, parts: Parameters<typeof replyTo>[1] = {}): Buffer {
  return replyTo({ packet: decode(sent.bytes) }, parts);
}

function read(bytes: Buffer, sent: Sent): Reply {
  const reply = decodeReply(bytes, sent);
  if (typeof reply === "string") throw new Error(reply);
  return reply;
}

const AAAA = record("portal.hn.test", "AAAA", "fd53::80");

describe("questions", () => {
  test("carry the bits that are asked for, and EDNS with 1232 octets", () => {
    const all = { ...QUESTION, recursion: true, checkingDisabled: true, dnssec: true };
    expect(decode(sentWith(all).bytes)).toMatchObject({
      flag_rd: true,
      flag_cd: true,
      flag_ad: true,
      questions: [{ name: "portal.hn.test", type: "AAAA", class: "IN" }],
      additionals: [{ type: "OPT", udpPayloadSize: 1232, flag_do: true }],
    });
    expect(decode(sentWith().bytes)).toMatchObject({
      flag_rd: false,
      flag_cd: false,
      flag_ad: false,
      additionals: [{ type: "OPT", flag_do: false }],
    });
    expect(decode(sentWith(QUESTION, false).bytes).additionals).toEqual([]);
  });

  test("ids differ from question to question", () => {
    const ids = new Set(Array.from({ length: 100 }, () => sentWith().id));
    expect(ids.size).toBeGreaterThan(90);
  });
});

describe("answers", () => {
  test("tell bits, code, records and extended errors", () => {
    const sent = sentWith();
    const data = Buffer.from([0, 6, 0x78]);
    const opt = { type: "OPT", name: ".", udpPayloadSize: 1232, options: [{ code: 15, data }] };
    const reply = read(
      answering(sent, {
        answers: [AAAA],
        authorities: [record("HN.test", "NS", "NS1.hn.test"), soa("hn.test")],
        additionals: [record("ns1.hn.test", "A", "127.0.0.1"), opt as never],
        bits: BITS.aa | BITS.ad,
      }),
      sent,
    );
    expect(reply).toEqual({
      rcode: "NOERROR",
      authoritative: true,
      truncated: false,
      authentic: true,
      edns: true,
      answers: [{ name: "portal.hn.test", type: "AAAA", value: "fd53::80", preference: 0 }],
      authorities: [
        { name: "hn.test", type: "NS", value: "ns1.hn.test", preference: 0 },
        { name: "hn.test", type: "SOA", value: ". . 1", preference: 0 },
      ],
      additionals: [{ name: "ns1.hn.test", type: "A", value: "127.0.0.1", preference: 0 }],
      beyond: 0,
      extendedErrors: [6],
    });
  });

  test("with another id, another question or the form of a question are strays", () => {
    const sent = sentWith();
    const others = [
      answering(sent, { id: (sent.id + 1) % 65_536 }),
      answering(sent, { questions: [{ name: "other.hn.test", type: "AAAA" }] }),
      answering(sent, { questions: [{ name: "portal.hn.test", type: "A" }] }),
      answering(sent, { type: "query" }),
      Buffer.alloc(0),
      Buffer.alloc(11),
    ];
    for (const bytes of others) expect(decodeReply(bytes, sent)).toBe("stray");
  });

  test("capitals of the question don't matter", () => {
    const sent = sentWith();
    const questions = [{ name: "Portal.HN.test", type: "AAAA" as const }];
    expect(read(answering(sent, { questions, answers: [AAAA] }), sent).answers).toHaveLength(1);
  });

  test("a refusal without the question is taken, an answer without it is malformed", () => {
    const sent = sentWith();
    expect(read(answering(sent, { questions: [], rcode: 1 }), sent).rcode).toBe("FORMERR");
    expect(decodeReply(answering(sent, { questions: [] }), sent)).toBe("malformed");
  });

  test("cut off anywhere after the question they are malformed, and never thrown about", () => {
    const sent = sentWith();
    const whole = answering(sent, { answers: [AAAA], authorities: [soa("hn.test")] });
    const question = sent.bytes.length - OPT_BYTES;
    for (let length = 0; length < whole.length; length += 1) {
      const reply = decodeReply(whole.subarray(0, length), sent);
      expect(reply).toBe(length < 12 ? "stray" : "malformed");
      expect(length < question || reply === "malformed").toBe(true);
    }
  });

  test.each([
    ["an address of three octets", 28, Buffer.from([1, 2, 3])],
    ["an IPv4 address of five octets", 1, Buffer.alloc(5)],
    ["a name that ends after its data", 2, Buffer.from([3, 0x6e, 0x73, 0x31])],
    ["a name with octets behind it", 2, Buffer.from([0, 1, 2, 3])],
    ["a pointer to itself", 2, "self"],
    ["a pointer forward", 2, Buffer.from([0xc0, 0xff])],
    ["a label of a reserved kind", 2, Buffer.from([0x40, 0])],
    ["a SOA without numbers", 6, Buffer.from([0, 0])],
  ] as const)("%s is malformed", (_, type, data) => {
    const sent = sentWith();
    const bytes = answering(sent);
    bytes.writeUInt16BE(1, 6);
    const at = bytes.length + 1 + 10;
    const own = data === "self" ? Buffer.from([0xc0 | (at >> 8), at & 0xff]) : data;
    expect(decodeReply(Buffer.concat([bytes, rawRecord(type, own)]), sent)).toBe("malformed");
  });

  test("records of other types are passed over unread, 64 KiB of TXT too", () => {
    const sent = sentWith();
    const strings = Array.from({ length: 250 }, () => Buffer.alloc(255, 0x61));
    const reply = read(
      answering(sent, { answers: [record("portal.hn.test", "TXT", strings), AAAA] }),
      sent,
    );
    expect(reply.answers).toHaveLength(1);
  });

  test("of thousands of records the first are read and the rest are counted", () => {
    const sent = sentWith();
    const many = 2200;
    const bytes = answering(sent);
    bytes.writeUInt16BE(many, 6);
    const one = rawRecord(28, Buffer.alloc(16, 0x20), Buffer.from([0xc0, 12]));
    const reply = read(Buffer.concat([bytes, ...Array.from({ length: many }, () => one)]), sent);
    expect([reply.answers.length, reply.beyond]).toEqual([MAX_RECORDS, many - MAX_RECORDS]);
  });

  test("a maze of pointers is malformed", () => {
    const sent = sentWith();
    const bytes = answering(sent);
    bytes.writeUInt16BE(2, 6);
    const start = bytes.length + 11;
    // A record of unread type holds a chain of pointers, each to the one before; another record's name enters it.
    const maze = Buffer.alloc(2 * 4000);
    for (let i = 1; i < 4000; i += 1) maze.writeUInt16BE(0xc000 | (start + 2 * (i - 1)), 2 * i);
    const last = start + 2 * 3999;
    const entry = Buffer.from([0xc0 | (last >> 8), last & 0xff]);
    const message = Buffer.concat([
      bytes,
      rawRecord(16, maze),
      rawRecord(28, Buffer.alloc(16), entry),
    ]);
    expect(decodeReply(message, sent)).toBe("malformed");
  });
});

/** The length of the OPT record that ends a question. */
const OPT_BYTES = 11;

/** A record of the wire form; its owner is the root unless given. */
function rawRecord(type: number, data: Buffer, owner: Buffer = Buffer.from([0])): Buffer {
  const fixed = Buffer.alloc(10);
  fixed.writeUInt16BE(type, 0);
  fixed.writeUInt16BE(1, 2);
  fixed.writeUInt16BE(data.length, 8);
  return Buffer.concat([owner, fixed, data]);
}

describe("whatever bytes arrive", () => {
  test("random ones are strays", () => {
    const sent = sentWith();
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 600 }), (bytes) => {
        const reply = decodeReply(Buffer.from(bytes), sent);
        expect(typeof reply === "string" || reply.answers.length === 0).toBe(true);
      }),
    );
  });

  test("random ones behind our id and question never throw", () => {
    const sent = sentWith();
    const start = answering(sent);
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 600 }),
        fc.uint8Array({ minLength: 6, maxLength: 6 }),
        (tail, counts) => {
          const bytes = Buffer.concat([start, tail]);
          for (const [index, count] of counts.entries()) bytes[6 + index] = count & 7;
          const reply = decodeReply(bytes, sent);
          expect(reply).not.toBe("stray");
        },
      ),
    );
  });

  test("a good answer with some octets changed is read as an answer, as malformed or as a stray", () => {
    const sent = sentWith();
    const whole = answering(sent, {
      answers: [AAAA, record("portal.hn.test", "CNAME", "edge.hn.test")],
      authorities: [soa("hn.test"), record("hn.test", "NS", "ns1.hn.test")],
      additionals: [record("ns1.hn.test", "AAAA", "fd53::3")],
    });
    const change = fc.tuple(fc.nat(whole.length - 1), fc.integer({ min: 0, max: 255 }));
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 6 }), (changes) => {
        const bytes = Buffer.from(whole);
        for (const [at, octet] of changes) bytes[at] = octet;
        const reply = decodeReply(bytes, sent);
        const isOurs = bytes.readUInt16BE(0) === sent.id;
        expect(isOurs || reply === "stray").toBe(true);
      }),
      { numRuns: 1000 },
    );
  });
});
