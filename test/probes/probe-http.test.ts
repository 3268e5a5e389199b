import type { Socket } from "node:net";
import { describe, expect, test } from "vitest";
import { createProbe } from "../../src/probes/index.ts";
import { endlessly, page, runAgainst } from "./support/run-against.ts";
import { loopbackOptions, order, target, verdict } from "./support/runs.ts";
import { answerWith, httpAnswer, serveTcp } from "./support/servers.ts";

const LIMIT = 256 * 1024;

describe("the request", () => {
  test("names the host, says who asks and whom to ask, and wants nothing compressed", async () => {
    const heads: string[] = [];
    const answer = (socket: Socket) => {
      socket.once("data", (data) => {
        heads.push(data.toString());
        socket.end(httpAnswer("hello"));
      });
    };
    const contact = "mailto:watch@example.vn\r\nx: y";
    const path = "/path?query=1#fragment";
    expect(verdict(await runAgainst(answer, {}, { contact, path }))).toBe("ok");
    const [head = ""] = heads;
    expect(head).toMatch(/^GET \/path\?query=1 HTTP\/1\.1\r\n/);
    expect(head).toMatch(/^host: 127\.0\.0\.1:\d+\r$/im);
    expect(head).toMatch(/^user-agent: hatangso\/\S+ .*mailto:watch@example\.vnx:y/im);
    expect(head).toMatch(/^accept-encoding: identity\r$/im);
    expect(head).toMatch(/^connection: close\r$/im);
  });
});

describe("the answer", () => {
  test("is measured: status, bytes, and phases that together fit into the whole", async () => {
    const result = await runAgainst(page("x".repeat(1234)));
    expect(result).toMatchObject({
      status: 200,
      bodyBytes: 1234,
      redirects: [],
      certificate: null,
    });
    const { resolve, connect, tls, processing, transfer } = result.phasesMs;
    expect(tls).toBe(0);
    expect(resolve + connect + processing + transfer).toBeLessThanOrEqual(result.totalMs);
    expect(Math.min(resolve, connect, processing, transfer)).toBeGreaterThanOrEqual(0);
  });

  test("without a length ends where the connection does", async () => {
    const result = await runAgainst(answerWith("HTTP/1.0 200 OK\r\n\r\nold but fine"));
    expect(result).toMatchObject({ outcome: "ok", bodyBytes: 12 });
  });

  test("may be announced by interim ones, but not for ever", async () => {
    const early = "HTTP/1.1 103 Early Hints\r\nlink: </a.css>\r\n\r\n";
    expect(verdict(await runAgainst(answerWith(early + httpAnswer("hello").toString())))).toBe(
      "ok",
    );
    const result = await runAgainst((socket) => endlessly(socket, early, early));
    expect(verdict(result)).toBe("fail http_header_overflow target");
  });

  test("has at most 256 KiB of body read; more is cut, not failed", async () => {
    const result = await runAgainst((socket) => {
      socket.once("data", () => {
        const first = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n";
        endlessly(socket, first, `1000\r\n${"a".repeat(0x1000)}\r\n`);
      });
    });
    expect(result).toMatchObject({ outcome: "ok", bodyBytes: LIMIT });
  });

  test("is cut where chunks carry more about themselves than body", async () => {
    const first = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n";
    const result = await runAgainst((socket) => {
      socket.once("data", () => endlessly(socket, first, `1;${"x".repeat(500)}\r\na\r\n`));
    });
    expect(verdict(result)).toBe("ok");
    expect(result.bodyBytes).toBeLessThan(LIMIT);
  });

  test("ends the connection on our side, whatever it was", async () => {
    const { promise: closed, resolve } = Promise.withResolvers<void>();
    const server = await serveTcp((socket) => {
      socket.once("close", () => resolve());
      socket.write("HTTP/1.1 500 Oh\r\ncontent-length: 999\r\n\r\n");
    });
    const probe = createProbe(loopbackOptions("127.0.0.1:9", { timeoutMs: 500 }));
    const url = target(`http://127.0.0.1:${server.port}/`);
    expect(verdict(await probe.run(url, order("ip4")))).toBe("fail http_status target");
    await closed;
    probe.close();
    await server.close();
  });
});

describe("a slow portal", () => {
  test("is degraded when it answers well but later than expected, with every reason kept", async () => {
    const result = await runAgainst(page("ok"), { maxResponseMs: 0 });
    expect(verdict(result)).toBe("degraded too_slow target");
    expect(result.evidence?.detail).toEqual({ limitMs: 0 });
  });
});
