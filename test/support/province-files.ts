import { writeXlsx, type CellValue } from "hucre/xlsx";
import iconv from "iconv-lite";
import type { UploadedFile } from "../../src/coverage/contract.ts";
import type { Day } from "../../src/domain/calendar.ts";
import { must, readRows } from "../../seeds/seed-rows.ts";

/** A commune before July 2025 that went whole into one of today's. */
export interface OldCommune {
  readonly code: string;
  readonly name: string;
  readonly district: string;
  readonly provinceCode: string;
  readonly province: string;
}

/** Made-up figures of a real commune: parts are never above their whole, 5G never above 4G. */
export interface CommuneReport {
  readonly code: string;
  /** With its type: `Xã Đông Anh`. */
  readonly name: string;
  readonly provinceCode: string;
  readonly province: string;
  readonly counts: Counts;
  readonly predecessors: readonly OldCommune[];
}

/** What is reported, by code of indicator or of denominator. */
export interface Counts {
  readonly households: number;
  readonly fibre_hh_passed: number;
  readonly population: number;
  readonly pop_4g: number;
  readonly pop_5g: number;
}

/** The five shapes in which the same figures come. */
export const SHAPES = [
  "clean",
  "two_headers",
  "numeric_codes",
  "windows_1258",
  "old_districts",
] as const;

export type Shape = (typeof SHAPES)[number];

const HEADERS = {
  households: "Tổng số hộ gia đình",
  fibre_hh_passed: "Số hộ được phủ cáp quang",
  ratio: "Tỷ lệ hộ được phủ cáp quang (%)",
  population: "Tổng dân số",
  pop_4g: "Dân số được phủ sóng 4G",
  pop_5g: "Dân số được phủ sóng 5G",
} as const;

const COUNT_HEADERS = Object.values(HEADERS);

/**
 * Made-up figures of all communes of a province that came whole from old ones (`part` whole throughout), the same on
 * every run; those with split predecessors are left out, so that the old shape adds up to the same.
 */
export async function communeReports(provinceCode: string): Promise<CommuneReport[]> {
  const province = (await readRows("provinces.csv")).find(({ code }) => code === provinceCode);
  if (!province) throw new Error(`no province ${provinceCode}`);
  const links = await readRows("commune_predecessors.csv");
  const split = new Set(links.filter(({ part }) => part !== "whole").map((row) => row["new_code"]));
  const communes = await readRows("communes.csv");
  return communes
    .filter((row) => row["province_code"] === provinceCode && !split.has(row["code"]))
    .map((row, at) => ({
      code: must(row, "code"),
      name: must(row, "full_name_vi"),
      provinceCode,
      province: must(province, "full_name_vi"),
      counts: countsOf(at),
      predecessors: links
        .filter((link) => link["new_code"] === row["code"])
        .map((link) => ({
          code: must(link, "old_code"),
          name: must(link, "old_name_vi"),
          district: must(link, "old_district_name_vi"),
          provinceCode: must(link, "old_province_code"),
          province: must(link, "old_province_name_vi"),
        })),
    }))
    .filter(({ predecessors }) => predecessors.length > 0);
}

/** The figures as a file of one shape. All codes, names and counts are in it; the day where the shape has a place for it. */
export async function provinceFile(
  shape: Shape,
  reports: readonly CommuneReport[],
  asOf: Day,
): Promise<UploadedFile> {
  switch (shape) {
    case "clean":
      return { name: "so-lieu.xlsx", bytes: await plainSheet(reports, asOf, (code) => code) };
    case "numeric_codes":
      return { name: "ma-so.xlsx", bytes: await plainSheet(reports, asOf, Number) };
    case "two_headers":
      return { name: "bao-cao.xlsx", bytes: await twoHeaders(reports, asOf) };
    case "windows_1258":
      return { name: "so-lieu-ansi.csv", bytes: windows1258Csv(reports, asOf) };
    case "old_districts":
      return { name: "theo-huyen.xlsx", bytes: await oldDistricts(reports, asOf) };
  }
}

/** The figures of a commune told for its predecessors: they add up to the same. */
export function oldReports(
  report: CommuneReport,
): readonly (OldCommune & { readonly counts: Counts })[] {
  const parts = report.predecessors.length;
  return report.predecessors.map((old, at) => ({
    ...old,
    counts: eachCount(report.counts, (count) => {
      const share = Math.floor(count / parts);
      return at === 0 ? count - share * (parts - 1) : share;
    }),
  }));
}

function eachCount(counts: Counts, change: (count: number) => number): Counts {
  return {
    households: change(counts.households),
    fibre_hh_passed: change(counts.fibre_hh_passed),
    population: change(counts.population),
    pop_4g: change(counts.pop_4g),
    pop_5g: change(counts.pop_5g),
  };
}

/** 3.5 to 4 persons per household; fibre reaches 60 to 99 of 100. */
function countsOf(at: number): Counts {
  const households = 2000 + ((at * 37) % 900) * 10;
  const population = Math.round(households * (3.5 + (at % 6) / 10));
  const pop4g = Math.floor(population * (0.9 + (at % 10) / 100));
  return {
    households,
    fibre_hh_passed: Math.floor((households * (60 + (at % 40))) / 100),
    population,
    pop_4g: pop4g,
    pop_5g: Math.floor(pop4g * (0.3 + (at % 5) / 10)),
  };
}

function cells(counts: Counts): number[] {
  const { households, fibre_hh_passed, population, pop_4g, pop_5g } = counts;
  return [households, fibre_hh_passed, percent(counts), population, pop_4g, pop_5g];
}

function percent({ fibre_hh_passed, households }: Counts): number {
  return Math.round((fibre_hh_passed / households) * 10_000) / 100;
}

function plainSheet(
  reports: readonly CommuneReport[],
  asOf: Day,
  code: (code: string) => string | number,
): Promise<Uint8Array> {
  const header = ["STT", "Mã tỉnh", "Tỉnh/thành phố", "Mã xã", "Tên xã/phường", "Kỳ báo cáo"];
  const rows: CellValue[][] = reports.map((each, at) => [
    at + 1,
    code(each.provinceCode),
    each.province,
    code(each.code),
    each.name,
    asOf,
    ...cells(each.counts),
  ]);
  return writeXlsx({
    sheets: [{ name: "Số liệu", rows: [[...header, ...COUNT_HEADERS], ...rows] }],
  });
}

function twoHeaders(reports: readonly CommuneReport[], asOf: Day): Promise<Uint8Array> {
  const [year, month, day] = asOf.split("-").map(Number);
  const total = reports.map(({ counts }) => counts).reduce(addCounts);
  const rows: CellValue[][] = [
    [`BÁO CÁO HẠ TẦNG SỐ ${reports[0]?.province.toUpperCase() ?? ""}`],
    [`Số liệu tính đến ngày ${day}/${month}/${year}`],
    [],
    ["STT", "Mã xã", "Tên xã/phường", "Cáp quang", null, null, "Di động"],
    [null, null, null, ...COUNT_HEADERS],
    ...reports.map((each, at) => [at + 1, each.code, each.name, ...cells(each.counts)]),
    [null, null, "Tổng cộng", ...cells(total)],
  ];
  const merge = (startRow: number, startCol: number, endRow: number, endCol: number) => ({
    startRow,
    startCol,
    endRow,
    endCol,
  });
  const merges = [
    merge(0, 0, 0, 8),
    merge(1, 0, 1, 8),
    merge(3, 3, 3, 5),
    merge(3, 6, 3, 8),
    ...[0, 1, 2].map((column) => merge(3, column, 4, column)),
  ];
  return writeXlsx({ sheets: [{ name: "Biểu 01", rows, merges }] });
}

function addCounts(one: Counts, other: Counts): Counts {
  return {
    households: one.households + other.households,
    fibre_hh_passed: one.fibre_hh_passed + other.fibre_hh_passed,
    population: one.population + other.population,
    pop_4g: one.pop_4g + other.pop_4g,
    pop_5g: one.pop_5g + other.pop_5g,
  };
}

function windows1258Csv(reports: readonly CommuneReport[], asOf: Day): Uint8Array {
  const header = ["STT", "Mã xã", "Tên xã/phường", "Kỳ báo cáo", ...COUNT_HEADERS];
  const rows = reports.map((each, at) => [
    at + 1,
    each.code,
    each.name,
    asOf.split("-").toReversed().join("/"),
    ...cells(each.counts).map((cell) => String(cell).replace(".", ",")),
  ]);
  return encodeWindows1258([header, ...rows].map((row) => row.join(";")).join("\r\n"));
}

function oldDistricts(reports: readonly CommuneReport[], asOf: Day): Promise<Uint8Array> {
  const header = ["STT", "Mã xã", "Tên xã/phường/thị trấn", "Kỳ báo cáo", ...COUNT_HEADERS];
  const districts = Map.groupBy(reports.flatMap(oldReports), ({ district }) => district);
  return writeXlsx({
    sheets: [...districts].map(([district, communes]) => ({
      name: district.slice(0, 31),
      rows: [
        header,
        ...communes.map((each, at) => [at + 1, each.code, each.name, asOf, ...cells(each.counts)]),
      ],
    })),
  });
}

/** Vietnamese in windows-1258, which has most tones as signs of their own after the letter. */
export function encodeWindows1258(text: string): Uint8Array {
  const separate = Array.from(text.normalize("NFC"), (letter) => {
    const direct = iconv.encode(letter, "windows-1258");
    if (iconv.decode(direct, "windows-1258") === letter) return letter;
    // The tone by itself, the rest of the letter in one piece.
    const parts = letter.normalize("NFD");
    const tone = /[\u0300\u0301\u0303\u0309\u0323]/.exec(parts)?.[0] ?? "";
    return parts.replace(tone, "").normalize("NFC") + tone;
  });
  return iconv.encode(separate.join(""), "windows-1258");
}
