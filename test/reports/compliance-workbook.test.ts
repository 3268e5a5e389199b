import { readXlsx } from "hucre/xlsx";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { complianceDiff } from "../../src/reports/compliance-diff.ts";
import { complianceReport, type ComplianceReport } from "../../src/reports/compliance-report.ts";
import { CRITERIA, MADE_UP, REPORT_WORDS } from "../../src/reports/compliance-words.ts";
import { complianceWorkbook } from "../../src/reports/compliance-workbook.ts";
import { openTestDatabase } from "../support/database.ts";
import { unzip } from "../support/unzip.ts";
import { buildComplianceWorld, dayAgo, NOW } from "./compliance-world.ts";

let close: () => Promise<void>;
let report: ComplianceReport;
beforeAll(async () => {
  const opened = await openTestDatabase();
  close = opened.close;
  await buildComplianceWorld(opened.db);
  report = await complianceReport(opened.db, NOW, {
    filter: {},
    sort: "agency",
    order: "asc",
    madeUp: false,
  });
  const days = { from: dayAgo(15), to: dayAgo(0) };
  const changes = await complianceDiff(opened.db, NOW, days, {}, { limit: 100, after: null });
  report = { ...report, changes: { since: days.from, rows: changes.rows } };
});
afterAll(() => close());

const sheetsOf = async (some: ComplianceReport, lang: "vi" | "en") =>
  (await readXlsx(await complianceWorkbook(some, lang), { readStyles: true })).sheets;

/** The rows under the header, by its words. */
const table = (sheet: Awaited<ReturnType<typeof sheetsOf>>[number] | undefined, lines = 3) => {
  const [header = [], ...rows] = sheet?.rows.slice(lines) ?? [];
  return rows.map((row) => Object.fromEntries(header.map((name, at) => [String(name), row[at]])));
};

describe.each(["vi", "en"] as const)("the workbook in %s", (lang) => {
  const words = REPORT_WORDS[lang];

  test("has sheets of changes, portals, agencies, shares, findings, each agency, and definitions", async () => {
    const names = (await sheetsOf(report, lang)).map(({ name }) => name);
    expect(names).toEqual([
      words.sheets.changes,
      words.sheets.portals,
      words.sheets.agencies,
      words.sheets.shares,
      words.sheets.findings,
      lang === "en" ? "Ministry of Health" : "Bộ Y tế",
      "UBND thành phố Hà Nội",
      "UBND thành phố Huế",
      words.sheets.definitions,
    ]);
  });

  test("says on every sheet by whose criteria and of which day it is", async () => {
    for (const sheet of await sheetsOf(report, lang)) {
      expect(String(sheet.rows[1]?.[0])).toContain(CRITERIA[lang]);
      expect(String(sheet.rows[1]?.[0])).toContain(report.day);
      expect(sheet.freezePane?.rows).toBeGreaterThan(3);
      expect(sheet.autoFilter?.range).toMatch(/^A\d+:[A-Z]+\d+$/);
    }
  });

  test("says on every sheet of a demonstration that it is made up", async () => {
    for (const sheet of await sheetsOf({ ...report, madeUp: true }, lang)) {
      expect(sheet.rows.slice(0, 4).flat()).toContain(MADE_UP[lang]);
    }
  });

  test("tells how sure each legal basis is, and nothing more of what could not be verified", async () => {
    const sheet = (await sheetsOf(report, lang)).find(
      ({ name }) => name === words.sheets.definitions,
    );
    const rows = table(sheet);
    const basis = rows.filter((row) => row[words.columns.group] === words.groups.requirement);
    expect(basis).toHaveLength(report.requirements.length);
    const certainties = new Set(basis.map((row) => row[words.columns.certainty]));
    expect(certainties).toEqual(new Set(Object.values(words.certainties)));
    const unverified = basis.find(
      (row) => row[words.columns.certainty] === words.certainties.unverified,
    );
    expect(unverified?.[words.columns.force]).toBe(words.certainties.unverified);
    expect(unverified?.[words.columns.duty]).toBeNull();
    const ended = basis.find((row) => row[words.columns.code] === "38/QĐ-BTTTT");
    expect(ended?.[words.columns.validTo]).toEqual(new Date("2025-12-31T00:00:00Z"));
    expect(ended?.[words.columns.force]).toBe(words.forces.ended);
  });

  test("never uses a word that accuses", async () => {
    const texts = [...unzip(await complianceWorkbook(report, lang)).values()].join("\n");
    expect(texts).not.toMatch(/vi phạm|violat/i);
  });
});

describe("portals in the workbook", () => {
  const { columns, verdicts } = REPORT_WORDS.vi;

  test("have level and grade in words and colour, and dates as dates of the reporting time zone", async () => {
    const sheet = (await sheetsOf(report, "vi")).find(({ name }) => name === "Cổng");
    const rows = table(sheet);
    const hanoi = rows.findIndex((row) => row[columns.portal] === "Cổng Hà Nội");
    expect(rows[hanoi]).toMatchObject({
      [columns.level]: expect.stringMatching(/^L4 – ./),
      [columns.levelSince]: new Date(`${dayAgo(6)}T00:00:00Z`),
      [columns.grade]: expect.stringMatching(/^A – ./),
      [columns.lastAudit]: new Date(`${dayAgo(0)}T15:00:00Z`),
      "38/QĐ-BTTTT · ≥ L4": verdicts.met,
      "38/QĐ-BTTTT · ≥ L5": verdicts.not_met,
    });
    const at = Object.keys(rows[0] ?? {}).indexOf(columns.level);
    expect(sheet?.cells?.get(`${hanoi + 4},${at}`)?.style?.fill).toMatchObject({
      fgColor: { rgb: expect.stringContaining("C6E7CE") },
    });
  });

  test("say what is provisional, what is stale and what is not counted", async () => {
    const rows = table((await sheetsOf(report, "vi")).find(({ name }) => name === "Cổng"));
    const note = (portal: string) => rows.find((row) => row[columns.portal] === portal);
    expect(note("Cổng slow")?.[columns.note]).toBe("tạm thời, 12/30 ngày");
    expect(note("Cổng stale")?.[columns.note]).toBe(REPORT_WORDS.vi.stale);
    expect(note("Cổng Đô thị Huế")?.[columns.scope]).toBe(REPORT_WORDS.vi.scopes.redirected);
  });

  test("with names and reasons that a spreadsheet would run are texts", async () => {
    const bytes = await complianceWorkbook(report, "vi");
    const parts = unzip(bytes);
    const sheets = [...parts].filter(([name]) => name.startsWith("xl/worksheets/"));
    expect(sheets.length).toBeGreaterThan(5);
    for (const [, xml] of sheets) expect(xml).not.toMatch(/<f[ >]/);
    const texts = [...(parts.get("xl/sharedStrings.xml") ?? "").matchAll(/<t[^>]*>([^<]*)/g)];
    expect(texts.map(([, text]) => text)).toContain("'=1+1");
    for (const [, text] of texts) expect(text).not.toMatch(/^\s*[=+\-@]/);
  });
});

test("findings have what was found, what to do, since when, where, and the evidence", async () => {
  const { columns } = REPORT_WORDS.en;
  const rows = table((await sheetsOf(report, "en")).find(({ name }) => name === "Findings"));
  expect(rows.find((row) => row[columns.code] === "W3")).toMatchObject({
    [columns.url]: "https://half.example.gov.vn/",
    [columns.family]: "IPv6",
    [columns.says]: "'=expired",
    [columns.since]: new Date(`${dayAgo(8)}T00:00:00Z`),
    [columns.causes]: expect.stringContaining("www.example"),
    [columns.evidence]: '{"note":"=cmd","address":"2001:db8::7"}',
  });
  expect(rows.find((row) => row[columns.code] === "D5")).toMatchObject({
    [columns.says]: expect.stringContaining("DNSSEC"),
    [columns.mend]: expect.stringContaining("DNSSEC"),
  });
});

test("shares have numerator, denominator, share and what is unknown, portals and agencies side by side", async () => {
  const { columns } = REPORT_WORDS.en;
  const rows = table((await sheetsOf(report, "en")).find(({ name }) => name === "Shares"));
  expect(rows.find((row) => String(row[columns.yardstick]).startsWith("≥ L3"))).toMatchObject({
    [columns.portalsPassed]: 2,
    [columns.portalsOf]: 3,
    [columns.portalsShare]: 2 / 3,
    [columns.portalsUnknown]: 3,
    [columns.agenciesPassed]: 1,
    [columns.agenciesOf]: 2,
    [columns.agenciesUnknown]: 0,
  });
});

test("a reader who may not see findings gets a workbook without them", async () => {
  const names = (await sheetsOf({ ...report, problems: null }, "en")).map(({ name }) => name);
  expect(names).not.toContain("Findings");
});
