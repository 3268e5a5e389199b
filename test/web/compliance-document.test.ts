import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { CHECK_IDS } from "../../src/domain/finding.ts";
import { complianceReport, type ComplianceReport } from "../../src/reports/compliance-report.ts";
import { complianceDocument } from "../../src/web/compliance/document.ts";
import { evidenceTable } from "../../src/web/compliance/evidence-table.ts";
import { inMendingOrder } from "../../src/web/compliance/main-problem.ts";
import { COMPLIANCE_WORDS } from "../../src/web/compliance/words.ts";
import type { Html } from "../../src/web/layout.ts";
import { numberText, percentText } from "../../src/web/number-text.ts";
import { dayText } from "../../src/web/time-text.ts";
import { webLink } from "../../src/web/web-link.ts";
import { buildComplianceWorld, NOW } from "../reports/compliance-world.ts";
import { openTestDatabase } from "../support/database.ts";
import { linksOf, textOf } from "./compliance-page.ts";

let opened: Awaited<ReturnType<typeof openTestDatabase>>;
let report: ComplianceReport;
beforeAll(async () => {
  opened = await openTestDatabase();
  await buildComplianceWorld(opened.db);
  const request = { filter: {}, sort: "agency", order: "asc", madeUp: true } as const;
  report = await complianceReport(opened.db, NOW, request);
});
afterAll(() => opened.close());

/** A part of a page as it is sent; parts of ours wait for nothing. */
function sourceOf(part: Html | null): string {
  if (part === null || part instanceof Promise) throw new Error("not a part that is there");
  return part.toString();
}

describe("the printed form", () => {
  test.each([
    ["vi", "theo tiêu chí của hệ thống", "Dữ liệu giả định", "Đo từ điểm đo “local”"],
    ["en", "by this system's criteria", "Made up: a demonstration", "vantage point “local”"],
  ] as const)("in %s has criteria, vantage point, legal basis and certainty", (lang, ...lines) => {
    const source = complianceDocument(report, lang);
    const text = textOf(source);
    for (const line of lines) expect(text).toContain(line);
    expect(source).toContain(`<html lang="${lang}">`);
    expect(text).toContain("38/QĐ-BTTTT");
    expect(text).toContain(lang === "vi" ? "chưa xác minh" : "unverified");
  });

  test("needs nothing else: style inside, no script, no resource, A4 landscape, header on each sheet", () => {
    const source = complianceDocument(report, "vi");
    expect(source).toContain("size: A4 landscape");
    expect(source).toContain("counter(page)");
    expect(source).not.toMatch(/<script|<link|<img|@import|url\(/i);
    expect(source).toContain("default-src 'none'");
    const header = /<thead>\s*<tr class="running"[^>]*>([\s\S]*?)<\/tr>/.exec(source)?.[1] ?? "";
    expect(textOf(header)).toContain("Tính đến ngày 22/11/2026, theo tiêu chí của hệ thống.");
  });

  test("has a page of its own for each portal, with ladder and findings, that the list leads to", () => {
    const source = complianceDocument(report, "en");
    const sheets = [...source.matchAll(/<h2 id="(portal-[a-z]+)"/g)].map(([, id]) => id ?? "");
    expect(sheets.toSorted()).toEqual(report.portals.map(({ id }) => `portal-${id}`).toSorted());
    for (const { id } of report.portals) expect(linksOf(source)).toContain(`#portal-${id}`);
    expect(source.match(/aria-current="step"/g)).toHaveLength(2 * report.portals.length);
  });

  test("without findings says that they are not shown", () => {
    const text = textOf(complianceDocument({ ...report, problems: null }, "en"));
    expect(text).toContain("Findings, evidence and what to do are shown to those");
    expect(text).not.toContain("2001:db8::7");
  });
});

describe("the words", () => {
  test("are there in both languages for everything, with no word left out", () => {
    const flat = (words: object): [string, unknown][] =>
      Object.entries(words).flatMap(([name, value]) =>
        typeof value === "object" && value !== null
          ? flat(value).map(([inner, text]): [string, unknown] => [`${name}.${inner}`, text])
          : [[name, value]],
      );
    const [vi, en] = [flat(COMPLIANCE_WORDS.vi), flat(COMPLIANCE_WORDS.en)];
    expect(vi.map(([name]) => name).toSorted()).toEqual(en.map(([name]) => name).toSorted());
    for (const [name, text] of [...vi, ...en]) expect([name, text]).not.toEqual([name, ""]);
    const english = new Map(en);
    const same = vi.filter(
      ([name, text]) => typeof text === "string" && english.get(name) === text,
    );
    expect(same.map(([name]) => name)).toEqual(["most", "ratio"]);
  });

  test("never accuse", () => {
    const texts = JSON.stringify(COMPLIANCE_WORDS).toLowerCase();
    expect(texts).not.toContain("vi phạm");
    expect(texts).not.toContain("violat");
  });
});

describe("numbers and days", () => {
  test("are written as each language writes them", () => {
    expect(numberText(1234.56, "vi", 1)).toBe("1.234,6");
    expect(numberText(1234.56, "en", 1)).toBe("1,234.6");
    expect(percentText(0.875, "vi")).toBe("87,5%");
    expect(dayText("2026-02-03", "vi")).toBe("03/02/2026");
    expect(dayText("2026-02-03", "en")).toBe("3 Feb 2026");
  });
});

describe("evidence", () => {
  const text = (evidence: Record<string, unknown>) =>
    textOf(sourceOf(evidenceTable(evidence, null, "en")));

  test("is a small table of whatever it holds, however it is nested", () => {
    expect(text({ failed_tries: 3, ocsp_stapled: false, code: null })).toBe(
      "tries that failed 3 OCSP stapled no",
    );
    expect(text({ addresses: [{ address: "::1", outcome: "refused" }] })).toBe(
      "addresses address outcome ::1 refused",
    );
    expect(text({ names: ["a", "b"] })).toBe("names in the certificate a b");
    expect(text({ a: { b: { c: { d: { e: 1 } } } } })).toContain('{"e":1}');
    expect(text({ hosts: Array.from({ length: 14 }, (_, index) => index) })).toContain("+ 2");
  });

  test("is nothing where there is nothing, and has durations in milliseconds", () => {
    expect(evidenceTable({ causes: [], code: null }, null, "vi")).toBeNull();
    expect(textOf(sourceOf(evidenceTable({}, { tcp: 12.34 }, "vi")))).toBe("TCP 12,3 ms");
  });
});

test("what fails is mended before what warns, and of both what the ladder asks first", () => {
  const problems = CHECK_IDS.flatMap((check) => [
    { check, verdict: "warn" } as const,
    { check, verdict: "fail" } as const,
  ]);
  const order = inMendingOrder(problems).map(({ check, verdict }) => `${check} ${verdict}`);
  expect(order.slice(0, 8)).toEqual(
    ["D1", "D2", "W1", "W2", "W5", "W3", "W6", "H1"].map((check) => `${check} fail`),
  );
  expect(order[CHECK_IDS.length]).toBe("D1 warn");
  expect(new Set(order).size).toBe(2 * CHECK_IDS.length);
});

test("only http and https addresses become links", () => {
  for (const address of [
    "javascript:alert(1)",
    "data:text/html,x",
    " javascript:x",
    "//evil.example",
  ]) {
    expect(linksOf(sourceOf(webLink(address)))).toEqual([]);
  }
  expect(linksOf(sourceOf(webLink("https://example.gov.vn/?a=1&b=2")))).toEqual([
    "https://example.gov.vn/?a=1&b=2",
  ]);
});
