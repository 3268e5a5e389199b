import { describe, expect, test } from "vitest";
import { SOURCE_KINDS } from "../../src/domain/coverage/figure.ts";
import { assumedBasis } from "../../src/importing/assumed-basis.ts";

const COUNTS = { role: "numerator:pop_4g" };
const BASIS = { role: "basis" };

describe("where neither the file nor its sender says how figures came about", () => {
  test.each(["province", "ministry", "operator"] as const)("a file of a %s is reported", (kind) => {
    expect(assumedBasis(kind, { basis: null }, [COUNTS])).toBe("reported");
  });

  test.each(["survey", "crowd", "publication"] as const)("nothing is assumed of a %s", (kind) => {
    expect(assumedBasis(kind, { basis: null }, [COUNTS])).toBeNull();
  });
});

test.each(SOURCE_KINDS)("nothing is assumed where somebody says it: %s", (kind) => {
  expect(assumedBasis(kind, { basis: "measured" }, [COUNTS])).toBeNull();
  expect(assumedBasis(kind, { basis: null }, [COUNTS, BASIS])).toBeNull();
});
