import { brotliCompressSync, deflateSync, gzipSync, zstdCompressSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import type { Expectation } from "../../src/domain/portal.ts";
import { page, runAgainst } from "./support/run-against.ts";
import { verdict } from "./support/runs.ts";
import { answerWith } from "./support/servers.ts";

const LIMIT = 256 * 1024;

describe("what the body must contain", () => {
  const missing = "fail body_mismatch target";

  test("is found as text, as a pattern and as a JSON value", async () => {
    const json = page('{"state":{"database":"up"},"checks":[1,2]}');
    expect(verdict(await runAgainst(page("Cổng dịch vụ công"), { bodyText: "dịch vụ" }))).toBe(
      "ok",
    );
    expect(verdict(await runAgainst(page("v2.14"), { bodyRegex: "v\\d+\\.\\d+" }))).toBe("ok");
    const path = "$.state.database";
    expect(verdict(await runAgainst(json, { jsonPath: { path, equals: "up" } }))).toBe("ok");
    expect(verdict(await runAgainst(json, { jsonPath: { path } }))).toBe("ok");
  });

  test.each<[string, Expectation, string, object]>([
    ["text", { bodyText: "công" }, "cong", { part: "bodyText", why: "absent" }],
    ["a pattern", { bodyRegex: "^b" }, "ab", { part: "bodyRegex", why: "absent" }],
    ["a value", { jsonPath: { path: "$.a" } }, "{}", { part: "jsonPath", why: "absent" }],
    [
      "another value",
      { jsonPath: { path: "$.a", equals: 1 } },
      '{"a":"1"}',
      { part: "jsonPath", why: "other_value" },
    ],
    ["JSON", { jsonPath: { path: "$.a" } }, "<html>", { part: "jsonPath", why: "not_json" }],
  ])("fails when %s is missing, and says what", async (_what, expectation, body, mismatch) => {
    const result = await runAgainst(page(body), expectation);
    expect(verdict(result)).toBe(missing);
    expect(result.evidence?.detail).toEqual({ mismatches: [mismatch] });
  });

  test("is found whether marks are joined or apart, and in the charset that the server names", async () => {
    const apart = "Cổng thông tin".normalize("NFD");
    expect(verdict(await runAgainst(page(apart), { bodyText: "Cổng thông tin" }))).toBe("ok");
    const latin = Buffer.from("caf\xe9", "latin1");
    const headers = { "content-type": 'text/html; charset="ISO-8859-1"' };
    expect(verdict(await runAgainst(page(latin, headers), { bodyText: "café" }))).toBe("ok");
    const unheard = { "content-type": "text/html; charset=klingon" };
    expect(verdict(await runAgainst(page("công", unheard), { bodyText: "công" }))).toBe("ok");
  });

  test.each([
    ["gzip", gzipSync],
    ["deflate", deflateSync],
    ["br", brotliCompressSync],
    ["zstd", zstdCompressSync],
  ])("is found in a body that came as %s unasked", async (coding, compress) => {
    const body = compress(Buffer.from("Cổng thông tin"));
    const result = await runAgainst(page(body, { "content-encoding": coding }), {
      bodyText: "thông tin",
    });
    expect(verdict(result)).toBe("ok");
  });

  test("is looked for in 256 KiB at most of what a compression bomb holds", async () => {
    const bomb = gzipSync(Buffer.concat([Buffer.alloc(LIMIT, "a"), Buffer.from("needle")]));
    const headers = { "content-encoding": "gzip" };
    expect(verdict(await runAgainst(page(bomb, headers), { bodyText: "needle" }))).toBe(missing);
    const prefix = "a".repeat(100);
    expect(verdict(await runAgainst(page(bomb, headers), { bodyText: prefix }))).toBe("ok");
  });

  test("is missing from a body that can't be decoded", async () => {
    for (const coding of ["gzip", "made-up", "gzip, br", "constructor"]) {
      const result = await runAgainst(page("not compressed", { "content-encoding": coding }), {
        bodyText: "not",
      });
      expect(result.evidence?.detail).toEqual({
        mismatches: [{ part: "bodyText", why: "undecodable" }],
      });
    }
  });

  test("is not looked for where the status is bad already", async () => {
    const result = await runAgainst(answerWith("HTTP/1.1 503 No\r\n\r\n"), { bodyText: "x" });
    expect(verdict(result)).toBe("fail http_status target");
  });

  test("that could compute for ever makes the run unknown, never failed", async () => {
    for (const expectation of [
      { bodyRegex: "(?:[ab]?){400}c" },
      { bodyRegex: "(unclosed" },
      { jsonPath: { path: "$..*..*" } },
    ] satisfies Expectation[]) {
      const result = await runAgainst(page("{}"), expectation);
      expect(verdict(result)).toBe("unknown prober_fault internal");
      expect(result.evidence?.code).toBe("RangeError");
    }
  });
});
