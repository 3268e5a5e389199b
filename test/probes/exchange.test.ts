import { connect, type Socket } from "node:net";
import { once } from "node:events";
import { setImmediate as tick, setTimeout as sleep } from "node:timers/promises";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { isEnd } from "../../src/domain/probe-facts.ts";
import { isRedirect } from "../../src/domain/status-set.ts";
import type { Answer, Request } from "../../src/probes/answer.ts";
import { startDeadline } from "../../src/probes/deadline.ts";
import { exchange } from "../../src/probes/exchange.ts";
import { type Served, serveTcp } from "./support/servers.ts";
import { exchangeByUndici } from "./support/undici-exchange.ts";

/** The pieces that the server sends next, in so many packets. */
let pieces: readonly Buffer[] = [];
let server: Served;
beforeAll(async () => {
  server = await serveTcp((socket) => {
    socket.setNoDelay(true);
    socket.once("data", () => void send(socket));
  });
});
afterAll(() => server.close());

/** How the server ends the connection. */
let ending: "closed" | "reset" = "closed";

async function send(socket: Socket): Promise<void> {
  for (const piece of pieces) {
    socket.write(piece);
    await tick();
  }
  if (ending === "closed") return void socket.end();
  // What was sent has arrived by then.
  await sleep(50);
  socket.resetAndDestroy();
}

type Exchange = (
  socket: Socket,
  request: Request,
  deadline: ReturnType<typeof startDeadline>,
) => ReturnType<typeof exchange>;

/** What a client makes of the pieces. */
async function seenBy(client: Exchange) {
  const socket = connect(server.port, "127.0.0.1");
  socket.on("error", () => undefined);
  await once(socket, "connect");
  const deadline = startDeadline(5000);
  const request = {
    url: new URL(`http://127.0.0.1:${server.port}/`),
    headers: { "user-agent": "test" },
    isFinal: (status: number) => !isRedirect(status),
    keepBody: true,
  };
  try {
    const answer = await client(socket, request, deadline);
    return isEnd(answer) ? ("stop" in answer ? answer.stop : answer.skip) : inShort(answer);
  } finally {
    deadline.clear();
    socket.destroy();
  }
}

function inShort({ status, location, setCookies, contentType, body, stopped, headers }: Answer) {
  return {
    status,
    location,
    setCookies,
    contentType,
    headers: { ...headers },
    body: body.toString("latin1"),
    stopped: stopped?.stop ?? null,
  };
}

/** How an answer ended badly, null if it did not. */
function endOf(seen: Awaited<ReturnType<typeof seenBy>>): string | null {
  return typeof seen === "string" ? seen : seen.stopped;
}

function withEnd(seen: Awaited<ReturnType<typeof seenBy>>, was: string, is: string) {
  if (typeof seen === "string") return seen === was ? is : seen;
  return seen.stopped === was ? { ...seen, stopped: is } : seen;
}

const ANSWERS = fc.record({
  interim: fc.constantFrom("", "", "", "HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n"),
  status: fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom("HTTP/1.1 200 OK", "HTTP/1.1 200", "HTTP/1.1 200 ") },
    fc.constantFrom(
      "HTTP/1.0 404 Không thấy",
      "HTTP/1.1 204 None",
      "HTTP/1.1 304 Same",
      "HTTP/1.1 301 Moved",
      "HTTP/1.1 503 Busy",
      "HTTP/1.1 20 OK",
      "HTTP/1.1 2000 OK",
      "HTTP/1.1  200 OK",
      "HTTP/3.7 200 OK",
      "http/1.1 200 OK",
      "HTTP/1.1 200 O\x01K",
      "ICY 200 OK",
      "",
    ),
  ),
  fields: fc.array(
    fc.oneof(
      {
        weight: 5,
        arbitrary: fc.constantFrom(
          "X: y",
          "set-cookie: a=b",
          "set-cookie:c=d",
          "Location: /x",
          "content-type: text/html",
          "connection: close",
          "empty:",
          "x: \xe1\xbb\x95",
          "__proto__: x",
          "date:\tnow",
        ),
      },
      fc.constantFrom(
        " folded",
        "bad name: x",
        "nothing",
        "x :y",
        ": y",
        "x: a\x01b",
        "x: a\x00b",
        "x: \x7f",
        "naïve: x",
      ),
    ),
    { maxLength: 5 },
  ),
  framing: fc.constantFrom(
    "none",
    "length",
    "length",
    "short",
    "long",
    "chunked",
    "chunked",
    "sign",
    "gzip",
    "gzip, chunked",
    "chunked, gzip",
  ),
  chunks: fc.array(fc.string({ unit: "binary", maxLength: 30 }), { maxLength: 4 }),
  extension: fc.constantFrom("", "", ";a=b", ";a", "x"),
  trailer: fc.constantFrom("", "", "x: y\r\n"),
  end: fc.constantFrom("0", "0", "0", "", "00", "zz", "-1", "0x0"),
  lineEnd: fc.constantFrom("\r\n", "\r\n", "\r\n", "\r\n", "\r\n", "\r\n", "\n"),
  cuts: fc.array(fc.nat(400), { maxLength: 6 }),
  lost: fc.constantFrom(0, 0, 0, 1, 5, 30),
});

function bytesOf(answer: typeof ANSWERS extends fc.Arbitrary<infer A> ? A : never): Buffer {
  const { framing, chunks, lineEnd } = answer;
  const body = chunks.join("");
  const isChunked = ["chunked", "gzip, chunked"].includes(framing);
  const framed: Record<string, readonly string[]> = {
    none: [],
    length: [`Content-Length: ${body.length}`],
    short: [`Content-Length: ${Math.max(0, body.length - 2)}`],
    long: [`Content-Length: ${body.length + 3}`],
    sign: [`Content-Length: +${body.length}`],
  };
  const lines = [
    answer.status,
    ...answer.fields,
    ...(framed[framing] ?? [`Transfer-Encoding: ${framing}`]),
  ];
  const coded = chunks
    .filter((chunk) => chunk !== "")
    .map((chunk) => `${chunk.length.toString(16)}${answer.extension}\r\n${chunk}\r\n`);
  const sent = isChunked ? `${coded.join("")}${answer.end}\r\n${answer.trailer}\r\n` : body;
  const text = `${answer.interim}${lines.join(lineEnd)}${lineEnd}${lineEnd}${sent}`;
  return Buffer.from(text.slice(0, text.length - answer.lost), "latin1");
}

function cutAt(bytes: Buffer, cuts: readonly number[]): Buffer[] {
  const at = [
    0,
    ...cuts.map((cut) => cut % (bytes.length + 1)).toSorted((a, b) => a - b),
    bytes.length,
  ];
  return at
    .slice(1)
    .map((end, index) => bytes.subarray(at[index], end))
    .filter(({ length }) => length > 0);
}

describe("an answer", () => {
  test("is what undici makes of it, in whatever pieces it comes", async () => {
    await fc.assert(
      fc.asyncProperty(ANSWERS, async (answer) => {
        pieces = cutAt(bytesOf(answer), answer.cuts);
        const whole = [bytesOf(answer)];
        const ours = await seenBy(exchange);
        pieces = whole;
        expect(ours).toEqual(await seenBy(exchange));
        const theirs = await seenBy(exchangeByUndici);
        // What did not come whole is not judged here; undici judges what came of it.
        const isCut = answer.lost > 0 && endOf(ours) === "http_closed";
        expect(ours).toEqual(isCut ? withEnd(theirs, "http_protocol", "http_closed") : theirs);
      }),
      { numRuns: 400 },
    );
  });

  const chunkedA = "1\r\na\r\n0\r\n\r\n";
  test.each([
    [
      "an interim answer that nobody asked for",
      "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\ncontent-length: 1\r\n\r\na",
    ],
    [
      "a length beside a coding",
      `HTTP/1.1 200 OK\r\ncontent-length: 9\r\ntransfer-encoding: chunked\r\n\r\n${chunkedA}`,
    ],
    ["the same length twice", "HTTP/1.1 200 OK\r\ncontent-length: 1\r\ncontent-length: 1\r\n\r\na"],
    [
      "an extension without a name",
      "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n1;\r\na\r\n0\r\n\r\n",
    ],
    ["a space after a value", "HTTP/1.1 200 OK\r\ncontent-length: 1 \r\n\r\na"],
    ["line ends before it", "\r\n\r\nHTTP/1.1 200 OK\r\ncontent-length: 1\r\n\r\na"],
  ])("is read as browsers do with %s", async (_what, text) => {
    pieces = [Buffer.from(text)];
    expect(await seenBy(exchange)).toMatchObject({ status: 200, body: "a", stopped: null });
  });

  test.each(["5, 5", "1e3", "-1", "9007199254740993", "0x5"])(
    "with the length %s is none",
    async (length) => {
      pieces = [Buffer.from(`HTTP/1.1 200 OK\r\ncontent-length: ${length}\r\n\r\nabcde`)];
      expect(await seenBy(exchange)).toBe("http_protocol");
    },
  );

  test.each([
    ["HTTP/1.1 200 OK\r\n\r\nabc", { body: "abc", stopped: null }],
    ["HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nabc", { body: "abc", stopped: "http_closed" }],
    ["HTTP/1.1 200 OK\r\nx:", { stopped: "http_closed" }],
  ])("that a reset ends is %j", async (text, made) => {
    pieces = [Buffer.from(text)];
    ending = "reset";
    try {
      for (const client of [exchange, exchangeByUndici]) {
        const seen = await seenBy(client);
        expect(typeof seen === "string" ? { stopped: seen } : seen).toMatchObject(made);
      }
    } finally {
      ending = "closed";
    }
  });
});
