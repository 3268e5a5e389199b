import { quarterName } from "../../domain/coverage/quarter.ts";
import type { CoverageSum } from "../../domain/coverage/sum.ts";
import { type SheetCell, type SheetColumn, type SheetPlan, toXlsx } from "../xlsx.ts";
import type { ReleaseFigureRow } from "./figures.ts";
import { RELEASE_WORDS, type ReleaseLang } from "./release-words.ts";
import type { ReleaseWorkbookData } from "./workbook-data.ts";
import { definitionsSheet, missingSheet, provenanceSheet } from "./workbook-sheets.ts";

/**
 * A release as an XLSX file: sums with their bounds, the figures of its own day, one sheet per level, definitions with
 * targets and their legal documents, where the figures are from, and what is missing. Equal data gives equal bytes.
 */
export function releaseWorkbook(data: ReleaseWorkbookData, lang: ReleaseLang): Promise<Uint8Array> {
  const words = RELEASE_WORDS[lang];
  const lines = headLines(data, lang);
  return toXlsx(
    [
      sumsSheet(data.sums, lines, lang),
      ...(["country", "province", "commune"] as const).map((level) =>
        figuresSheet(
          words.sheets[level],
          data.figures.filter(({ unit }) => unit.level === level),
          lines,
          lang,
        ),
      ),
      definitionsSheet(data, lines, lang),
      provenanceSheet(data, lines, lang),
      missingSheet(data, lines, lang),
    ],
    {
      title: words.title(data.release.code),
      description: lines.slice(1).join(". "),
      created: new Date(data.release.published_at),
    },
  );
}

function headLines({ release }: ReleaseWorkbookData, lang: ReleaseLang): string[] {
  const words = RELEASE_WORDS[lang];
  const note = lang === "vi" ? release.note_vi : release.note_en;
  return [
    words.title(release.code),
    `${words.asOf(release.as_of)} (${quarterName(release.as_of)}). ${words.published(release.published_at.slice(0, 10))}`,
    ...(release.made_up ? [words.madeUp] : []),
    ...(note === null ? [] : [note]),
    ...release.breaks.map((each) =>
      words.breaks(`${each.indicator}: ${lang === "vi" ? each.note_vi : each.note_en}`),
    ),
    words.licence(release.licence),
    words.checksum(release.sha256),
    words.ratioNote,
  ];
}

function sumsSheet(
  sums: readonly CoverageSum[],
  lines: readonly string[],
  lang: ReleaseLang,
): SheetPlan {
  const { columns, sheets } = RELEASE_WORDS[lang];
  return {
    name: sheets.sums,
    lines,
    columns: [
      { header: columns.indicator, width: 24 },
      { header: columns.version, width: 9, as: "count" },
      { header: columns.basis, width: 12 },
      { header: columns.level, width: 10 },
      { header: columns.code, width: 9 },
      { header: columns.name, width: 24 },
      { header: columns.numerator, width: 14, as: "count" },
      { header: columns.denominator, width: 14, as: "count" },
      { header: columns.ratio, width: 9, as: "ratio" },
      { header: columns.lower, width: 9, as: "ratio" },
      { header: columns.upper, width: 9, as: "ratio" },
      { header: columns.reported, width: 11, as: "count" },
      { header: columns.expected, width: 11, as: "count" },
    ],
    rows: sums.map((sum) => [
      sum.indicator,
      sum.indicator_version,
      sum.basis,
      sum.unit.level,
      sum.unit.code,
      sum.unit.name_vi,
      sum.numerator,
      sum.denominator,
      sum.ratio,
      sum.lower,
      sum.upper,
      sum.reported_communes,
      sum.expected_communes,
    ]),
  };
}

function figuresSheet(
  name: string,
  figures: readonly ReleaseFigureRow[],
  lines: readonly string[],
  lang: ReleaseLang,
): SheetPlan {
  const { columns, status } = RELEASE_WORDS[lang];
  const plan: readonly [SheetColumn, (figure: ReleaseFigureRow) => SheetCell][] = [
    [{ header: columns.code, width: 9 }, ({ unit }) => unit.code],
    [{ header: columns.name, width: 24 }, ({ unit }) => unit.name_vi],
    [{ header: columns.province, width: 18 }, ({ province }) => province?.name_vi ?? null],
    [{ header: columns.indicator, width: 24 }, ({ indicator }) => indicator],
    [{ header: columns.version, width: 9, as: "count" }, (figure) => figure.indicator_version],
    [{ header: columns.operator, width: 12 }, ({ operator }) => operator],
    [{ header: columns.basis, width: 12 }, ({ basis }) => basis],
    [{ header: columns.source, width: 16 }, ({ source }) => source],
    [{ header: columns.status, width: 14 }, (figure) => status[figure.status]],
    [{ header: columns.numerator, width: 12, as: "count" }, ({ numerator }) => numerator],
    [{ header: columns.denominator, width: 12, as: "count" }, ({ denominator }) => denominator],
    [{ header: columns.ratio, width: 9, as: "ratio" }, ({ ratio }) => ratio],
    [{ header: columns.revision, width: 8, as: "count" }, ({ revision }) => revision],
    [{ header: columns.note, width: 40 }, ({ note }) => note],
  ];
  return {
    name,
    lines,
    columns: plan.map(([column]) => column),
    rows: figures.map((figure) => plan.map(([, cell]) => cell(figure))),
  };
}
