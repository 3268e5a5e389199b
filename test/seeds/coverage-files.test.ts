import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { checkedRow } from "../../seeds/checked-rows.ts";
import {
  readDenominatorKinds,
  readIndicators,
  readRegions,
  readSources,
  readTargets,
} from "../../seeds/read-coverage.ts";
import { headerDictionary } from "../../src/coverage/understand/header-dictionary.ts";
import { indicatorOn } from "../../src/domain/coverage/indicator.ts";

const indicators = await readIndicators();
const denominatorKinds = await readDenominatorKinds();
const targets = await readTargets();
const codes = indicators.map(({ code }) => code);
const called = (code: string) => {
  const found = indicatorOn(indicators, code, "2026-09-30");
  if (!found) throw new Error(`There is no ${code}`);
  return found;
};

/** Everything that a programme or the first set asks for. */
const FIRST_SET = [
  "fibre_hh_passed",
  "fibre_hh_able",
  "fibre_hh_using",
  "commune_has_fibre",
  "commune_has_5g",
  "commune_fibre_and_mobile",
  "commune_state_network",
  "pop_mobile_any",
  "pop_4g",
  "pop_5g",
  "hamlet_signal_none",
  "hamlet_signal_none_no_power",
  "hamlet_signal_weak",
  "hamlet_signal_ok",
  "hamlet_4g",
  "hamlet_mobile",
  "hamlet_mobile_broadband",
  "hamlet_internet",
  "hamlet_mobile_or_internet",
  "hamlet_fibre",
  "sites_2g",
  "sites_3g",
  "sites_4g",
  "sites_5g",
  "cities_5g",
  "regions_5g",
  "egdi",
  "idi",
  "gii",
  "gci_cybersecurity",
  "gci_competitiveness",
  "internet_users",
  "epayment_accounts",
];

test("the first set of indicators is there, each in Vietnamese and English", () => {
  expect(codes).toEqual(expect.arrayContaining(FIRST_SET));
  for (const each of indicators) {
    expect(each.definitionVi).toMatch(/[à-ỹ].{40,}\.$/u);
    expect(each.definitionEn).toMatch(/^[A-Z0-9].{30,}\.$/);
    expect(each.nameEn).not.toMatch(/[ạ-ỹ]/u);
    expect(each.numeratorVi).not.toBe(each.numeratorEn);
  }
});

test("what networks reach, what people can get and what they use are three indicators, one within the other", () => {
  const passed = called("fibre_hh_passed");
  const able = called("fibre_hh_able");
  const using = called("fibre_hh_using");
  expect([passed.sense, able.sense, using.sense]).toEqual(["reaches", "can_get", "uses"]);
  expect([using.partOf, able.partOf, passed.partOf]).toEqual([able.code, passed.code, null]);
});

test("at least 4G includes 5G, and every part is over the denominator of its whole", () => {
  expect([called("pop_5g").partOf, called("pop_4g").partOf]).toEqual(["pop_4g", "pop_mobile_any"]);
  expect(called("pop_4g").atLeast).toBe(true);
  const parts = indicators.filter(({ partOf }) => partOf !== null);
  expect(parts.map(({ code, denominatorKind }) => [code, denominatorKind])).toEqual(
    parts.map(({ code, partOf }) => [code, called(partOf ?? "").denominatorKind]),
  );
});

test("no indicator is part of itself, however far one goes up", () => {
  for (const { code } of indicators) {
    const above = new Set<string>();
    for (let at = called(code).partOf; at !== null; at = called(at).partOf) {
      expect(above.has(at)).toBe(false);
      above.add(at);
    }
    expect(above.has(code)).toBe(false);
  }
});

test("the three signal classes of hamlets divide all hamlets", () => {
  const classes = indicators.filter(({ partition }) => partition === "hamlet_signal");
  expect(classes.map(({ code, denominatorKind }) => [code, denominatorKind])).toEqual([
    ["hamlet_signal_none", "hamlets"],
    ["hamlet_signal_weak", "hamlets"],
    ["hamlet_signal_ok", "hamlets"],
  ]);
});

test("every header that provinces write means one thing", () => {
  const { meaningOf } = headerDictionary({ indicators, denominatorKinds });
  const meant = (alias: string) => JSON.stringify(meaningOf(alias));
  for (const { code, aliases } of indicators) {
    for (const alias of aliases) {
      const percent = alias.startsWith("%");
      expect([alias, meant(percent ? alias.slice(1) : alias)]).toEqual([
        alias,
        JSON.stringify({ role: `${percent ? "ratio" : "numerator"}:${code}` }),
      ]);
    }
  }
  for (const { code, aliases } of denominatorKinds) {
    for (const alias of aliases) {
      expect([alias, meant(alias)]).toEqual([
        alias,
        JSON.stringify({ role: `denominator:${code}` }),
      ]);
    }
  }
});

test("the two indices called GCI are two indicators without headers of their own", () => {
  expect(called("gci_cybersecurity").nameVi).toContain("an toàn, an ninh mạng");
  expect(called("gci_competitiveness").nameVi).toContain("cạnh tranh");
  const indices = indicators.filter(({ sense }) => sense === "index");
  expect(
    indices.map(({ code, aliases, denominatorKind }) => [code, aliases, denominatorKind]),
  ).toEqual(
    ["egdi", "idi", "gii", "gci_cybersecurity", "gci_competitiveness"].map((code) => [
      code,
      [],
      null,
    ]),
  );
  expect(new Set(indices.map(({ lowestLevel }) => lowestLevel))).toEqual(new Set(["country"]));
});

test("targets of the four decisions stand side by side, each at the indicator that it speaks of", () => {
  const of = (indicator: string) =>
    targets
      .filter((each) => each.indicator === indicator)
      .map(({ legalDocument, threshold, dueOn, certainty }) => [
        legalDocument.split(" ")[2],
        threshold,
        dueOn.slice(0, 4),
        certainty,
      ]);
  expect(of("fibre_hh_passed")).toEqual([
    ["749/QĐ-TTg", 0.8, "2025", "press"],
    ["1132/QĐ-TTg", 1, "2025", "secondary"],
  ]);
  expect(of("fibre_hh_able")).toEqual([
    ["749/QĐ-TTg", 1, "2030", "unverified"],
    ["36/QĐ-TTg", 1, "2025", "press"],
    ["805/QĐ-TTg", 1, "2025", "press"],
  ]);
  expect(of("commune_has_fibre")).toEqual([["749/QĐ-TTg", 1, "2025", "press"]]);
  expect(of("pop_5g").filter(([, threshold]) => threshold === 0.99)).toEqual([
    ["36/QĐ-TTg", 0.99, "2030", "unverified"],
    ["805/QĐ-TTg", 0.99, "2030", "press"],
    ["1132/QĐ-TTg", 0.99, "2030", "press"],
  ]);
});

test("a target on reach or access is never compared with use", () => {
  const sensesOf = (words: RegExp) =>
    targets
      .filter(({ indicator, textVi }) => indicator.startsWith("fibre_") && words.test(textVi))
      .map(({ indicator }) => called(indicator).sense);
  expect(sensesOf(/khả năng/u)).toEqual(["can_get", "can_get", "can_get"]);
  expect(sensesOf(/ phủ trên \d/u)).toEqual(["reaches"]);
  expect(sensesOf(/sử dụng cáp quang/u)).toEqual(["uses"]);
});

test("what nobody read has no address to show for it, and nothing claims to be the text of a decision", () => {
  for (const { certainty, sourceUrl, noteVi, noteEn } of targets) {
    expect(["press", "secondary", "unverified"]).toContain(certainty);
    expect(sourceUrl ?? "https://").toMatch(/^https:\/\//);
    expect(noteVi === null).toBe(noteEn === null);
    expect(certainty === "unverified" && noteVi === null).toBe(false);
  }
});

test("a rank is good when it is small, and is of an index", () => {
  const ranks = targets.filter(({ thresholdKind }) => thresholdKind === "rank");
  expect(ranks).toHaveLength(13);
  expect(new Set(ranks.map(({ comparison }) => comparison))).toEqual(new Set(["at_most"]));
  expect(new Set(ranks.map(({ indicator }) => called(indicator).sense))).toEqual(
    new Set(["index"]),
  );
});

test("no text accuses anybody", () => {
  for (const { textVi, textEn, noteVi, noteEn } of targets) {
    expect(`${textVi} ${textEn} ${noteVi} ${noteEn}`).not.toMatch(/vi phạm|violat/i);
  }
});

test("key economic regions have a legal source, and members by the provinces of their time", async () => {
  const regions = await readRegions();
  expect(regions.map(({ code, members, certainty }) => [code, members.length, certainty])).toEqual([
    ["kttd-bac-bo", 7, "text"],
    ["kttd-mien-trung", 5, "text"],
    ["kttd-phia-nam", 8, "press"],
    ["kttd-dbscl", 4, "text"],
  ]);
});

test("the guide has every indicator and every target with its certainty", async () => {
  const guide = await readFile(
    new URL("../../docs/coverage-indicators.md", import.meta.url),
    "utf8",
  );
  const rows = guide.split("\n").map((line) => line.split("|").map((cell) => cell.trim()));
  expect(rows.map((row) => row[1])).toEqual(
    expect.arrayContaining(codes.map((code) => `\`${code}\``)),
  );
  const told = rows
    .filter((row) => row.length === 7)
    .map(([, of, document, , due, how]) => [of, document, due, how]);
  expect(told).toEqual(
    expect.arrayContaining(
      targets.map((each) => [
        `\`${each.indicator}\``,
        each.legalDocument,
        each.dueOn,
        each.certainty,
      ]),
    ),
  );
});

test("no source in the list is made up", async () => {
  expect((await readSources()).some(({ madeUp }) => madeUp)).toBe(false);
});

test.each([
  [
    "no day",
    { day: "2025-02-30" },
    (row: ReturnType<typeof checkedRow>) => row.day("day"),
    "day is no day YYYY-MM-DD: 2025-02-30",
  ],
  [
    "blank",
    { name: "" },
    (row: ReturnType<typeof checkedRow>) => row.text("name"),
    "name is blank",
  ],
  [
    "untidy",
    { name: "Hà  " },
    (row: ReturnType<typeof checkedRow>) => row.text("name"),
    "name is not tidy",
  ],
  [
    "no column",
    {},
    (row: ReturnType<typeof checkedRow>) => row.text("name"),
    "there is no column name",
  ],
  [
    "no number",
    { n: "1,5" },
    (row: ReturnType<typeof checkedRow>) => row.number("n"),
    "n is no number: 1,5",
  ],
  [
    "other word",
    { f: "yes" },
    (row: ReturnType<typeof checkedRow>) => row.flag("f"),
    "f is yes, none of true, false",
  ],
])("a broken row (%s) is told by file and line", (_, row, ask, message) => {
  expect(() => ask(checkedRow("some.csv", 3, row))).toThrow(`seeds/some.csv, line 5: ${message}`);
});
