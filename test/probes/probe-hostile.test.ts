import type { Socket } from "node:net";
import { describe, expect, test } from "vitest";
import { endlessly, runAgainst } from "./support/run-against.ts";
import { verdict } from "./support/runs.ts";
import { answerWith } from "./support/servers.ts";

/** Writes a beginning, and then a piece every 20 ms. */
const drip = (first: string, piece: string) => (socket: Socket) => {
  socket.write(first);
  const timer = setInterval(() => socket.write(piece), 20);
  socket.once("close", () => clearInterval(timer));
};

/** What ends by itself has time to: where the machine stands still for half a second, that deadline would be first. */
const deadlineOf = (kind: string) => ({ timeoutMs: kind.endsWith("_timeout") ? 500 : 5000 });

describe("a hostile server does not keep us past the deadline", () => {
  test.each([
    ["says nothing", () => undefined, "http_timeout"],
    ["drips its header", drip("HTTP/1.1 200 OK\r\n", "x"), "http_timeout"],
    [
      "drips its body",
      drip("HTTP/1.1 200 OK\r\ncontent-length: 99999\r\n\r\n", "x"),
      "body_timeout",
    ],
    [
      "stops in a chunk",
      drip("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nff\r\n", ""),
      "body_timeout",
    ],
    [
      "sends one endless header",
      (s: Socket) => endlessly(s, "HTTP/1.1 200 OK\r\nx: ", "y"),
      "http_header_overflow",
    ],
    [
      "sends headers without end",
      (s: Socket) => endlessly(s, "HTTP/1.1 200 OK\r\n", "x: yyyyyyyyyyyyyy\r\n"),
      "http_header_overflow",
    ],
    [
      "sends an endless status line",
      (s: Socket) => endlessly(s, "HTTP/1.1 200 ", "OK"),
      "http_header_overflow",
    ],
    ["speaks something else", answerWith("SSH-2.0-OpenSSH_9.6\r\n"), "http_protocol"],
    [
      "upgrades unasked",
      answerWith("HTTP/1.1 101 Switching\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n"),
      "http_closed",
    ],
    [
      "sends no chunk where one must be",
      answerWith("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n"),
      "http_protocol",
    ],
    ["hangs up", (s: Socket) => s.end(), "http_closed"],
    ["hangs up in its header", answerWith("HTTP/1.1 200 OK\r\nx: "), "http_closed"],
    [
      "hangs up in its body",
      answerWith("HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nab"),
      "http_closed",
    ],
    ["resets", (s: Socket) => void s.once("data", () => s.resetAndDestroy()), "http_closed"],
  ])("that %s", async (_what, answer, kind) => {
    expect(verdict(await runAgainst(answer, {}, deadlineOf(kind)))).toBe(`fail ${kind} target`);
  });
});
