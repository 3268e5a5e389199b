import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseHsts } from "../../src/checks/hsts.ts";

const valid = (maxAge: number, includeSubDomains = false) => {
  return { valid: true, maxAge, includeSubDomains };
};

describe("the HSTS parser", () => {
  test.each([
    // The examples of RFC 6797 section 6.2.
    ["max-age=31536000", valid(31_536_000)],
    ["max-age=15768000 ; includeSubDomains", valid(15_768_000, true)],
    ['max-age="31536000"', valid(31_536_000)],
    ["max-age=0", valid(0)],
    ["max-age=0; includeSubDomains", valid(0, true)],
    // Names in any case, empty directives, unknown directives, spaces around.
    [" ;MAX-AGE=1;;", valid(1)],
    ["max-age=63072000; includeSubDomains; preload", valid(63_072_000, true)],
    ['max-age=1; note="a;b \\" c"; INCLUDESUBDOMAINS', valid(1, true)],
    ["max-age=99999999999999999999", valid(Number.MAX_SAFE_INTEGER)],
  ])("reads %s", (field, expected) => {
    expect(parseHsts(field)).toEqual(expected);
  });

  test.each([
    "",
    ";",
    "includeSubDomains",
    "max-age",
    "max-age=",
    'max-age=""',
    "max-age=-1",
    "max-age=1.5",
    "max-age=1e3",
    "max-age=31536000, max-age=31536000",
    "max-age=1; max-age=1",
    "max-age=1; MAX-AGE=2",
    "max-age=1; includeSubDomains; includeSubDomains",
    "max-age=1; includeSubDomains=true",
    'max-age="1',
    "max-age:1",
    "max-age=1 includeSubDomains",
    "max-age=１",
  ])("finds %s not well formed", (field) => {
    expect(parseHsts(field)).toEqual({ valid: false });
  });

  test("reads back what it is given, in any case, order and quoting", () => {
    const space = fc.constantFrom("", " ", "\t ");
    fc.assert(
      fc.property(
        fc.nat({ max: 10 ** 9 }),
        fc.boolean(),
        fc.boolean(),
        fc.boolean(),
        fc.array(fc.stringMatching(/^x[a-z]{1,8}$/), { maxLength: 3 }),
        space,
        (maxAge, subDomains, quoted, upper, others, gap) => {
          const age = `max-age=${quoted ? `"${maxAge}"` : maxAge}`;
          const parts = [...new Set(others), age, ...(subDomains ? ["includeSubDomains"] : [])];
          const field = parts
            .map((part) => (upper ? part.toUpperCase() : part))
            .join(`${gap};${gap}`);
          expect(parseHsts(field)).toEqual(valid(maxAge, subDomains));
        },
      ),
    );
  });

  test("gives an answer for any text, and the same one again", () => {
    const text = fc.oneof(
      fc.string({ maxLength: 2000 }),
      fc
        .array(fc.constantFrom("max-age", "=", '"', "\\", ";", ",", "1", " ", "preload"))
        .map((parts) => parts.join("")),
    );
    fc.assert(
      fc.property(text, (field) => {
        const parsed = parseHsts(field);
        expect(parseHsts(field)).toEqual(parsed);
        expect(parsed.valid ? parsed.maxAge : 0).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});
