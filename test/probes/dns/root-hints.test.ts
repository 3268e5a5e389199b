import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addressClass } from "../../../src/probes/address-policy.ts";
import { IANA_ROOT_HINTS, type RootHints, parseRootHints } from "../../../src/probes/dns/index.ts";

function hintsOf(text: string): RootHints {
  const parsed = parseRootHints(text);
  if ("wrong" in parsed) throw new Error(parsed.wrong);
  return parsed.hints;
}

/** Hints as IANA writes them. */
function written(hints: RootHints): string {
  return hints
    .flatMap(({ name, ip4, ip6 }) => [
      `.                        3600000      NS    ${name.toUpperCase()}.`,
      ...ip4.map((address) => `${name.toUpperCase()}.      3600000      A     ${address}`),
      ...ip6.map((address) => `${name.toUpperCase()}.      3600000      AAAA  ${address}`),
    ])
    .join("\n");
}

describe("the built-in root hints", () => {
  test("are thirteen servers with one address of each family, all global unicast", () => {
    expect(IANA_ROOT_HINTS.map(({ name }) => name[0]).join("")).toBe("abcdefghijklm");
    for (const { ip4, ip6 } of IANA_ROOT_HINTS) {
      expect([ip4.length, ip6.length]).toEqual([1, 1]);
      expect([...ip4, ...ip6].map(addressClass)).toEqual([null, null]);
    }
  });

  test("are read back from the form in which IANA publishes them", () => {
    expect(hintsOf(written(IANA_ROOT_HINTS))).toEqual(IANA_ROOT_HINTS);
  });
});

describe("parseRootHints", () => {
  test("passes over comments and empty lines, and reads class and missing time to live", () => {
    const text = `; comment\r\n\r\n. IN NS b.test ; first\n. 60 IN NS a.test.\na.test 60 A 127.0.0.1
      B.TEST. IN AAAA ::1\nother.test A 127.0.0.9\n`;
    expect(hintsOf(text)).toEqual([
      { name: "a.test", ip4: ["127.0.0.1"], ip6: [] },
      { name: "b.test", ip4: [], ip6: ["::1"] },
    ]);
  });

  test.each([
    ["", "no NS record of the root"],
    [". NS a.test", "no address of a.test"],
    [". NS a.test\na.test A ::1", 'line 2: not an IPv4 address: "::1"'],
    [". NS a.test\n\na.test AAAA 127.0.0.1", 'line 3: not an IPv6 address: "127.0.0.1"'],
    ["test NS a.test", 'line 1: NS of "test", not of the root'],
    [". NS .", 'line 1: not a name: "."'],
    [". NS a..test", 'line 1: not a name: "a..test"'],
    [". TXT hello", 'line 1: not an NS, A or AAAA record: ". TXT hello"'],
    ["<html>", 'line 1: not an NS, A or AAAA record: "<html>"'],
    ["\n".repeat(20_000), "more than 10000 lines"],
  ])("names what is wrong with %j", (text, wrong) => {
    expect(parseRootHints(text)).toEqual({ wrong });
  });

  test("never throws, and says in one line what is wrong", () => {
    const word = fc.constantFrom(
      ".",
      "NS",
      "A",
      "AAAA",
      "a.test.",
      "127.0.0.1",
      "::1",
      "60",
      ";",
      "\n",
    );
    const texts = fc.oneof(
      fc.string(),
      fc.array(word).map((words) => words.join(" ")),
    );
    fc.assert(
      fc.property(texts, (text) => {
        const parsed = parseRootHints(text);
        const wrong = "wrong" in parsed ? parsed.wrong : "nothing";
        const servers = "hints" in parsed ? parsed.hints.length : 1;
        expect(wrong).toMatch(/^[^\n]{1,200}$/);
        expect(servers).toBeGreaterThan(0);
      }),
    );
  });
});
