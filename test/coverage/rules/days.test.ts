import { describe, expect, it } from "vitest";
import {
  BA_DINH,
  faultOf,
  figure,
  fileSlugs,
  HOAN_KIEM,
  row,
  verdictOf,
  verdicts,
} from "./support/made-rows.ts";

const on = (asOf: string, indicator = "fibre_hh_passed") =>
  row(BA_DINH, [figure(indicator)], { asOf });

describe("V20, the day", () => {
  it.each([
    ["2026-09-30", "accepted"],
    ["2025-12-31", "accepted"],
    ["2026-09-29", "V20.not_quarter_end"],
    ["2026-12-31", "V20.in_future"],
    ["2026-02-30", "V20.not_a_day"],
    ["30/9/2026", "V20.not_a_day"],
    ["1900-03-31", "V20.not_a_day"],
  ])("judges %s as %s", async (day, expected) => {
    expect(await verdictOf(on(day))).toContain(expected);
  });

  it("holds what is not the end of a quarter and names the one that is", async () => {
    const fault = await faultOf(on("2026-08-31"), "V20");
    expect(fault).toMatchObject({
      severity: "hold",
      column: "Kỳ báo cáo",
      value: "2026-08-31",
      detail: { quarter_end: "2026-09-30" },
    });
  });

  it("says nothing more of a day that could not be read", async () => {
    const told = {
      sheet: null,
      row: 2,
      column: "Kỳ báo cáo",
      value: "9/30/2026",
      rule: "V20",
      severity: "reject_row",
      detail: { code: "unreadable_day" },
    } as const;
    const settings = { asOf: null };
    const fine = on("2026-09-30");
    const unread = row(BA_DINH, [figure("fibre_hh_passed")], { faults: [told] });
    const missing = row(BA_DINH, [figure("fibre_hh_passed")]);
    expect(await verdicts([unread, fine], { settings })).toEqual([
      ["refused", "V20.unreadable_day"],
      ["accepted"],
    ]);
    expect(await verdicts([missing, fine], { settings })).toEqual([
      ["refused", "V20.no_day"],
      ["accepted"],
    ]);
  });

  it("refuses a technology before it existed", async () => {
    const [early, late] = ["2024-09-30", "2024-12-31"].map((day) => on(day, "pop_5g"));
    const around = { settings: { unitsDay: "2026-09-30" } };
    expect(await verdictOf(early ?? on(""), around)).toEqual(["refused", "V20.before_it_existed"]);
    expect(await verdictOf(late ?? on(""), around)).toEqual(["accepted"]);
  });

  it("refuses a row without a day, and a file without any", async () => {
    const around = { settings: { asOf: null } };
    expect(await verdicts([on("2026-09-30"), row(HOAN_KIEM)], around)).toEqual([
      ["accepted"],
      ["refused", "V20.no_day"],
    ]);
    expect(await fileSlugs([row(BA_DINH)], around)).toEqual(["refused", "V20.file_without_day"]);
  });
});

describe("V27, the definition", () => {
  const of = (indicator: string, more: object = {}) =>
    row(BA_DINH, [figure(indicator, 1, 1000, more)], { asOf: "2026-09-30" });

  it("takes the version in force on the day, stated or not", async () => {
    expect(await verdictOf(of("pop_4g"))).toEqual(["accepted"]);
    expect(await verdictOf(of("pop_4g", { version: 2 }))).toEqual(["accepted"]);
  });

  it("refuses another version, and a day without any", async () => {
    expect(await verdictOf(of("pop_4g", { version: 1 }))).toEqual(["refused", "V27.other_version"]);
    const early = row(BA_DINH, [figure("pop_4g")], { asOf: "2019-12-31" });
    expect(await verdictOf(early, { settings: { unitsDay: "2026-09-30" } })).toEqual([
      "refused",
      "V27.not_in_force",
    ]);
    expect(await verdictOf(of("nothing_known"))).toEqual(["refused", "V27.unknown_indicator"]);
  });

  it("refuses a figure that does not say how it came about, and a file in which none does", async () => {
    const around = { settings: { basis: null } };
    const stated = row(HOAN_KIEM, [figure("pop_4g", 1, 1000, { basis: "measured" })]);
    expect(await verdicts([stated, of("pop_4g")], around)).toEqual([
      ["accepted"],
      ["refused", "V27.no_basis"],
    ]);
    expect(await fileSlugs([of("pop_4g")], around)).toEqual(["refused", "V27.file_without_basis"]);
  });

  it("refuses an unknown operator, and an indicator below its lowest level", async () => {
    expect(await verdictOf(of("pop_4g", { operator: "vnpt" }))).toEqual(["accepted"]);
    expect(await verdictOf(of("pop_4g", { operator: "ai-do" }))).toEqual([
      "refused",
      "V27.unknown_operator",
    ]);
    expect(await verdictOf(of("cities_with_5g"))).toEqual(["refused", "V27.too_fine"]);
  });
});
