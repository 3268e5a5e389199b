import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Choice, expand, type View } from "../support/dashboards/expand.ts";
import { parsePromql } from "../support/dashboards/promql.ts";

const one = (value: string): Choice => ({ values: [value], several: false });
const some = (...values: string[]): Choice => ({ values, several: true });

const view = (choices: View["choices"], more: Partial<View> = {}): View => ({
  choices,
  rangeSeconds: 21_600,
  stepSeconds: 60,
  scrapeSeconds: 30,
  ...more,
});

describe("variables are put in as Grafana's Prometheus source does it", () => {
  test.each<[string, Choice, string]>([
    ['x{a="$a"}', one("hà-nội"), 'x{a="hà-nội"}'],
    ['x{a=~"$a"}', some("a.b", "c"), String.raw`x{a=~"(a\\.b|c)"}`],
    ['x{a=~"$a"}', some("a.b"), String.raw`x{a=~"a\\.b"}`],
    ['x{a=~"${a}"}', { all: ".+" }, 'x{a=~".+"}'],
    ["${a:regex}", some("a.b", "c"), String.raw`(a\.b|c)`],
    ["${a:pipe}", some("a.b", "c"), "a.b|c"],
    ["${a:csv}", some("a", "c"), "a,c"],
    ["${a:doublequote}", some("a", "c"), '"a","c"'],
    ["[[a]]", one("b"), "b"],
    ['x{a="$a"}', one("Let's"), String.raw`x{a="Let\\'s"}`],
    ['x{a="$a"}', one("\\"), String.raw`x{a="\\"}`],
  ])("%s with %j", (text, choice, expanded) => {
    expect(expand(text, view({ a: choice }))).toBe(expanded);
  });

  test("the rate interval covers four scrapes, and a step and a scrape", () => {
    const text = "$__interval $__rate_interval $__range ${__range_s}";
    expect(expand(text, view({}))).toBe("60s 120s 21600s 21600");
    expect(expand("$__rate_interval", view({}, { stepSeconds: 300 }))).toBe("330s");
  });

  test("a variable that nobody gives a value is an error", () => {
    expect(() => expand('x{a="$b"}', view({}))).toThrow("nobody gives $b a value");
    expect(() => expand("${b:sql}", view({ b: one("1") }))).toThrow("format sql");
  });

  test("with the option on, any value selects exactly what has it", () => {
    const text = fc.string({ unit: fc.constantFrom(...Array.from("aằ\"'\\.|$(){}[] ")) });
    fc.assert(
      fc.property(text, (value) => {
        const exact = expand('x{a="$a"}', view({ a: one(value) }, { escaping: "special" }));
        expect(parsePromql(exact)).toMatchObject({ matchers: [{ label: "a", op: "=", value }] });
        const anyOf = expand('x{a=~"$a"}', view({ a: some(value, "z") }, { escaping: "special" }));
        const selector = parsePromql(anyOf);
        if (selector.kind !== "selector") throw new Error(anyOf);
        const pattern = new RegExp(`^(?:${selector.matchers[0]?.value})$`);
        expect([pattern.test(value), pattern.test("z"), pattern.test(`${value}y`)]).toEqual([
          true,
          true,
          false,
        ]);
      }),
    );
  });
});
