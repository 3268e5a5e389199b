import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { numberText } from "../../../src/coverage/understand/number-text.ts";

describe("what a text proves about its column", () => {
  test.each([
    ["3.359,80", ",", 3359.8],
    ["1.865.270", ",", 1_865_270],
    ["1,865,270", ".", 1_865_270],
    ["12,5", ",", 12.5],
    ["0.85", ".", 0.85],
    ["0,850", ",", 0.85],
    ["1234.567", ".", 1234.567],
    ["1 865 270,5", ",", 1_865_270.5],
    ["-12,5", ",", -12.5],
    ["1,2E5", ",", 120_000],
  ])("%s proves the decimal sign %s", (text, evidence, value) => {
    const said = numberText(text);
    expect(said).toMatchObject({ evidence, ambiguous: false });
    expect((evidence === "," ? said?.comma : said?.dot)?.value).toBe(value);
  });

  test.each(["1.234", "30,509", "-1.234"])("%s alone proves nothing and is two numbers", (text) => {
    expect(numberText(text)).toMatchObject({ evidence: null, ambiguous: true });
  });

  test.each([
    ["0", 0],
    ["-0", 0],
    ["1234", 1234],
    ["1 865 270", 1_865_270],
    ["1\u00A0865\u202F270", 1_865_270],
    ["1'865'270", 1_865_270],
    ["−5", -5],
    ["1E3", 1000],
    [" 12 hộ", 12],
    ["85%", 85],
  ])("%j is %d either way", (text, value) => {
    const said = numberText(text);
    expect(said).toMatchObject({ evidence: null, ambiguous: false });
    expect([said?.comma?.value, said?.dot?.value]).toEqual([value, value]);
  });

  test.each([
    "",
    "x",
    "12 nghìn",
    "1.23.4",
    "1 23",
    "12,34,5",
    "1e999",
    "12/5",
    "(3)",
    "1.",
    "Infinity",
    "NaN",
    "0x10",
    "١٢",
  ])("%j is no number", (text) => {
    expect(numberText(text)).toBeNull();
  });
});

/** A number as Vietnamese spreadsheets print it: groups by dot (or space), decimals behind a comma. */
function printed(whole: number, decimals: string, group: string): string {
  const digits = String(whole).replaceAll(/\B(?=(?:\d{3})+$)/g, group);
  return decimals === "" ? digits : `${digits},${decimals}`;
}

const whole = fc.nat({ max: 2_000_000_000 });
const decimals = fc.stringMatching(/^\d{0,4}$/);

test("a number printed in the Vietnamese way is read as what it was", () => {
  fc.assert(
    fc.property(whole, decimals, fc.constantFrom(".", "", " ", "\u00A0"), (count, rest, group) => {
      const read = numberText(printed(count, rest, group));
      expect(read?.comma).toEqual({
        value: Number(`${count}.${rest || "0"}`),
        decimals: rest.length,
      });
    }),
  );
});

test("a number printed in the English way is read as what it was", () => {
  fc.assert(
    fc.property(whole, decimals, (count, rest) => {
      const [digits = "", part] = printed(count, rest, ".").split(",");
      const english = [digits.replaceAll(".", ","), part]
        .filter((each) => each !== undefined)
        .join(".");
      expect(numberText(english)?.dot?.value).toBe(Number(`${count}.${rest || "0"}`));
    }),
  );
});

test("whatever the text, a reading is a finite number", () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[-\d., eE'%]{0,12}$/), (text) => {
      const said = numberText(text);
      const values = [said?.comma?.value ?? 0, said?.dot?.value ?? 0];
      expect(values.every(Number.isFinite)).toBe(true);
    }),
  );
});
