import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { expectationFault } from "../../src/expectations/expectation-fault.ts";
import { compileJsonPath } from "../../src/expectations/json-path.ts";

function fateOf(path: string): string {
  try {
    return compileJsonPath(path).segments.length < 200 ? "taken" : "too long";
  } catch (error) {
    return error instanceof RangeError ? "refused" : String(error);
  }
}

describe("a JSONPath", () => {
  test.each([
    "$.a.b",
    "$['a'][0]",
    "$[*].state",
    "$..version",
    "$..checks[?@.name == 'db' && !@.hidden].state",
    "$.list[1:9:2]",
    "$.a[?@.b == $.c]",
  ])("%s is taken", (path) => {
    expect(compileJsonPath(path).toString()).toContain("$");
  });

  test.each([
    ["$..*..*", "more than one '..'"],
    ["$['a','b']", "more than one selector"],
    ["$[*,*]", "more than one selector"],
    ["$[?@..a]", "more than single values"],
    ["$[?@[*]]", "more than single values"],
    ["$[?(@.a == 1 || !@..b)]", "more than single values"],
    ["$[?count(@.*) > 1]", "not a JSONPath, or one with functions"],
    ["$[?match(@, '(a+)+b')]", "not a JSONPath, or one with functions"],
    ["$.", "not a JSONPath"],
    ["", "not a JSONPath"],
    [`$.${"a".repeat(200)}`, "longer than 200"],
  ])("%s is refused, because its cost would be the portal's to choose", (path, why) => {
    expect(() => compileJsonPath(path)).toThrow(RangeError);
    expect(() => compileJsonPath(path)).toThrow(why);
  });

  test("of any text is compiled or refused with a RangeError", () => {
    const text = fc.string({ unit: fc.constantFrom(...Array.from("$.[]*?@'ab0:,()&|!=< ")) });
    fc.assert(
      fc.property(text, (path) => {
        expect(["taken", "refused"]).toContain(fateOf(path));
      }),
    );
  });
});

describe("expectationFault", () => {
  test("is null for what can be looked for, and one sentence for what can't", () => {
    expect(expectationFault({})).toBe(null);
    expect(expectationFault({ status: [200, "2xx", "200-204"] })).toBe(null);
    expect(expectationFault({ status: ["2xx", "okay"] })).toContain("okay");
    expect(expectationFault({ bodyRegex: "(?i)dịch vụ|công" })).toBe(null);
    expect(expectationFault({ bodyRegex: "(" })).toContain("RE2");
    expect(expectationFault({ bodyRegex: "(a)\\1" })).toContain("RE2");
    expect(expectationFault({ bodyRegex: "a{900}" })).toContain("too large");
    expect(expectationFault({ jsonPath: { path: "a" } })).toContain("JSONPath");
  });
});
