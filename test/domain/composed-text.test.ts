import fc from "fast-check";
import { expect, test } from "vitest";
import { composed } from "../../src/domain/composed-text.ts";

test("joined and separate marks read the same", () => {
  expect(composed("Cổng dịch vụ công".normalize("NFD"))).toBe("Cổng dịch vụ công");
});

test("a run of marks without end is cut, so that it costs no more than other text", () => {
  expect(composed(`a${"\u0301\u0323".repeat(500_000)}`).length).toBeLessThan(40);
});

test("text of any language is what normalising alone makes of it", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", maxLength: 200 }), (text) => {
      fc.pre(!/\p{M}{31}/u.test(text));
      expect(composed(text)).toBe(text.normalize("NFC"));
    }),
  );
});
