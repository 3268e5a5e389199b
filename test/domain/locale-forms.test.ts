import { expect, it } from "vitest";
import { dateForm, numberForm } from "../../src/domain/locale-forms.ts";

const AT = Date.parse("2026-11-22T20:00:00Z");

it("writes an instant as a form that was made for it alone does, in many zones and languages", () => {
  const zones = Intl.supportedValuesOf("timeZone").slice(0, 100);
  for (const timeZone of [...zones, ...zones]) {
    for (const locale of ["vi-VN", "en-GB", "sv-SE"]) {
      const options = { timeZone, dateStyle: "short", timeStyle: "medium" } as const;
      expect(dateForm(locale, options).format(AT)).toBe(
        new Intl.DateTimeFormat(locale, options).format(AT),
      );
    }
  }
});

it("writes a number as a form that was made for it alone does", () => {
  for (const locale of ["vi-VN", "en-GB"]) {
    for (const options of [
      { maximumFractionDigits: 0 },
      { style: "percent", maximumFractionDigits: 1 },
    ] as const) {
      for (const value of [0, 0.123_45, 1234.5, -7]) {
        expect(numberForm(locale, options).format(value)).toBe(
          new Intl.NumberFormat(locale, options).format(value),
        );
      }
    }
  }
});

it("makes a form once", () => {
  const options = { timeZone: "Asia/Ho_Chi_Minh" } as const;
  expect(dateForm("sv-SE", options)).toBe(dateForm("sv-SE", { ...options }));
  expect(dateForm("sv-SE", options)).not.toBe(dateForm("en-GB", options));
});

it("refuses a zone that does not exist, each time", () => {
  const ask = () => dateForm("sv-SE", { timeZone: "Asia/Nowhere" });
  expect(ask).toThrow(RangeError);
  expect(ask).toThrow(RangeError);
});
