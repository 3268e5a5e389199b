import { createSocket } from "node:dgram";
import { afterEach, describe, expect, test } from "vitest";
import { type Transport, ask } from "../../../src/probes/dns/ask.ts";
import type { Question } from "../../../src/probes/dns/message.ts";
import {
  BITS,
  type Behave,
  type RawServer,
  framed,
  rawServer,
  record,
  replyTo,
} from "./support/raw-server.ts";
import { session } from "./support/sessions.ts";

const open: RawServer[] = [];
afterEach(async () => void (await Promise.all(open.splice(0).map((server) => server.close()))));

async function serve(behave: Behave, address?: string): Promise<RawServer> {
  const server = await rawServer(behave, address);
  open.push(server);
  return server;
}

const QUESTION: Question = { name: "portal.hn.test", type: "AAAA" };
const AAAA = record("portal.hn.test", "AAAA", "fd53::80");

/** Long enough for loopback on a busy machine, short enough for a test of silence. */
const SILENCE_MS = 300;

function asking(server: RawServer, transport: Transport = "either", udpLimitMs?: number) {
  const limit = udpLimitMs === undefined ? {} : { udpLimitMs };
  return ask(QUESTION, server, { transport, session: session(), ...limit });
}

const FOUND = { outcome: "answered", reply: { answers: [{ value: "fd53::80" }] } };
const good: Behave = (asked, send) => send(replyTo(asked, { answers: [AAAA] }));

describe.each(["127.0.0.1", "::1"])("a server at %s", (address) => {
  test.each(["udp", "tcp", "either"] as const)("is asked over %s", async (transport) => {
    const server = await serve(good, address);
    expect(await asking(server, transport)).toMatchObject(FOUND);
    const over = transport === "tcp" ? "tcp" : "udp";
    expect(server.arrived.map((asked) => asked.transport)).toEqual([over]);
  });
});

describe("one question", () => {
  test("has a source port and an id of its own each time", async () => {
    const server = await serve(good);
    for (let i = 0; i < 20; i += 1) await asking(server);
    expect(new Set(server.arrived.map(({ port }) => port)).size).toBeGreaterThan(15);
    expect(new Set(server.arrived.map(({ packet }) => packet.id)).size).toBeGreaterThan(15);
  });

  test("goes over TCP when the answer over UDP was cut, unless UDP alone was asked for", async () => {
    const server = await serve((asked, send) => {
      if (asked.transport === "tcp") good(asked, send);
      else send(replyTo(asked, { bits: BITS.tc }));
    });
    expect(await asking(server)).toMatchObject(FOUND);
    expect(await asking(server, "udp")).toMatchObject({
      outcome: "answered",
      reply: { truncated: true, answers: [] },
    });
    expect(server.arrived.map(({ transport }) => transport)).toEqual(["udp", "tcp", "udp"]);
  });

  test.each([1, 4])(
    "is asked without EDNS of a server that answers it with code %i",
    async (rcode) => {
      const server = await serve((asked, send) => {
        if (asked.packet.additionals!.length > 0) send(replyTo(asked, { rcode }));
        else good(asked, send);
      });
      expect(await asking(server)).toMatchObject(FOUND);
      expect(server.arrived).toHaveLength(2);
    },
  );

  test("passes over forged packets and takes the answer that comes after them", async () => {
    const server = await serve((asked, send) => {
      const forged = record("portal.hn.test", "AAAA", "fd53::bad");
      const id = ((asked.packet.id ?? 0) + 1) % 65_536;
      send(replyTo(asked, { id, answers: [forged] }));
      send(replyTo(asked, { questions: [{ name: "x.test", type: "AAAA" }], answers: [forged] }));
      send(Buffer.from("rubbish"));
      good(asked, send);
    });
    expect(await asking(server)).toMatchObject(FOUND);
  });

  test("takes no packet from another address or port", async () => {
    const stranger = createSocket("udp4");
    const server = await serve((asked, send) => {
      const forged = replyTo(asked, { answers: [record("portal.hn.test", "AAAA", "fd53::bad")] });
      stranger.send(forged, asked.port, "127.0.0.1", () => good(asked, send));
    });
    expect(await asking(server)).toMatchObject(FOUND);
    await new Promise<void>((resolve) => void stranger.close(() => resolve()));
  });

  test("is malformed where the answer is cut off or nothing but strays came", async () => {
    const cut = await serve((asked, send) => {
      send(replyTo(asked, { answers: [AAAA] }).subarray(0, -3));
    });
    expect(await asking(cut)).toEqual({ outcome: "malformed" });
    const strays = await serve((_, send) => send(Buffer.alloc(40)));
    expect(await asking(strays, "udp", SILENCE_MS)).toEqual({ outcome: "malformed" });
  });

  test("ends a flood of strays before its time", async () => {
    const flood = await serve((_, send) => {
      for (let i = 0; i < 200; i += 1) send(Buffer.alloc(40));
    });
    expect(await asking(flood, "udp", 60_000)).toEqual({ outcome: "malformed" });
  });

  test("is a timeout where nothing comes, and a refused connection where nobody listens", async () => {
    const silent = await serve(() => {});
    expect(await asking(silent, "udp", SILENCE_MS)).toEqual({ outcome: "timeout" });
    const gone = await rawServer(good);
    await gone.close();
    expect(await asking(gone, "udp")).toEqual({ outcome: "refused_connection" });
    expect(await asking(gone, "tcp")).toEqual({ outcome: "refused_connection" });
  });

  test("over TCP is a reset where the connection ends before the answer, malformed where that is broken", async () => {
    const ending = await serve((asked, _, socket) => {
      socket!.end(framed(replyTo(asked, { answers: [AAAA] })).subarray(0, 20));
    });
    expect(await asking(ending, "tcp")).toEqual({ outcome: "reset" });
    const resetting = await serve((_asked, _send, socket) => void socket!.resetAndDestroy());
    expect(await asking(resetting, "tcp")).toEqual({ outcome: "reset" });
    const broken = await serve((asked, send) => send(replyTo(asked, { id: 0, questions: [] })));
    expect(await asking(broken, "tcp")).toEqual({ outcome: "malformed" });
  });

  test("over TCP takes an answer of 64 KiB that comes octet by octet at first", async () => {
    const strings = Array.from({ length: 255 }, () => Buffer.alloc(255, 0x61));
    const server = await serve((asked, _, socket) => {
      const text = record("portal.hn.test", "TXT", strings);
      const bytes = framed(replyTo(asked, { answers: [AAAA, text] }));
      socket!.write(bytes.subarray(0, 1));
      socket!.write(bytes.subarray(1, 2));
      setImmediate(() => void socket!.write(bytes.subarray(2)));
    });
    expect(await asking(server, "tcp")).toMatchObject(FOUND);
  });
});

describe("the end of the audit", () => {
  test("cuts a question that is on its way, and says nothing of the server", async () => {
    const stop = new AbortController();
    const server = await serve(() => stop.abort());
    const audit = session({ signal: stop.signal });
    const asked = await ask(QUESTION, server, { transport: "either", session: audit });
    expect(asked).toEqual({ outcome: "cut" });
  });

  test("keeps a question from being sent", async () => {
    const server = await serve(good);
    const audit = session({ signal: AbortSignal.abort() });
    expect(await ask(QUESTION, server, { transport: "tcp", session: audit })).toEqual({
      outcome: "cut",
    });
    expect(server.arrived).toEqual([]);
  });

  test("lets go of the turn that a question over TCP waited for", async () => {
    const stop = new AbortController();
    const server = await serve(good);
    const audit = session({ signal: stop.signal });
    const release = await audit.turnAt(server.address);
    const waiting = ask(QUESTION, server, { transport: "tcp", session: audit });
    stop.abort();
    expect(await waiting).toEqual({ outcome: "cut" });
    release();
    const next = await audit.turnAt(server.address);
    next();
    expect(server.arrived).toEqual([]);
  });
});
