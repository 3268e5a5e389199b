import type { SheetPlan } from "../xlsx.ts";
import { RELEASE_WORDS, type ReleaseLang } from "./release-words.ts";
import type { ReleaseWorkbookData } from "./workbook-data.ts";

type Part<Name extends keyof ReleaseWorkbookData> = Pick<ReleaseWorkbookData, Name>;

/** What the indicators of a release count, and the targets that speak of them with their legal documents. */
export function definitionsSheet(
  { indicators, targets }: Part<"indicators" | "targets">,
  lines: readonly string[],
  lang: ReleaseLang,
): SheetPlan {
  const { columns, groups, sheets } = RELEASE_WORDS[lang];
  const vi = lang === "vi";
  return {
    name: sheets.definitions,
    lines,
    columns: [
      { header: columns.group, width: 10 },
      { header: columns.indicator, width: 24 },
      { header: columns.version, width: 9, as: "count" },
      { header: columns.name, width: 32 },
      { header: columns.text, width: 70 },
      { header: columns.numeratorText, width: 36 },
      { header: columns.denominatorText, width: 36 },
      { header: columns.legal, width: 36 },
      { header: columns.certainty, width: 14 },
      { header: columns.due, width: 12, as: "day" },
      { header: columns.threshold, width: 12 },
    ],
    rows: [
      ...indicators.map((each) => [
        groups.indicator,
        each.code,
        each.version,
        vi ? each.name_vi : each.name_en,
        vi ? each.definition_vi : each.definition_en,
        vi ? each.numerator_vi : each.numerator_en,
        vi ? each.denominator_vi : each.denominator_en,
        null,
        null,
        null,
        null,
      ]),
      ...targets.map((each) => [
        groups.target,
        each.indicator_code,
        null,
        each.code,
        vi ? each.text_vi : each.text_en,
        null,
        null,
        [each.legal_document, each.article].filter(Boolean).join(", "),
        each.certainty,
        new Date(`${each.due_on}T00:00:00Z`),
        each.threshold_kind === "ratio"
          ? `${Number((each.threshold * 100).toFixed(4))} %`
          : each.threshold,
      ]),
    ],
  };
}

/** Which files the figures of the release's day came in. */
export function provenanceSheet(
  { origins }: Part<"origins">,
  lines: readonly string[],
  lang: ReleaseLang,
): SheetPlan {
  const { columns, sheets } = RELEASE_WORDS[lang];
  return {
    name: sheets.provenance,
    lines,
    columns: [
      { header: columns.source, width: 18 },
      { header: columns.name, width: 36 },
      { header: columns.submission, width: 12, as: "count" },
      { header: columns.sha256, width: 66 },
      { header: columns.received, width: 17, as: "time" },
      { header: columns.figures, width: 10, as: "count" },
    ],
    rows: origins.map((each) => [
      each.source,
      lang === "vi" ? each.name_vi : each.name_en,
      each.submission,
      each.sha256,
      each.received_at,
      each.figures,
    ]),
  };
}

/** Which communes lack what other communes have on that day, and why. */
export function missingSheet(
  { missing }: Part<"missing">,
  lines: readonly string[],
  lang: ReleaseLang,
): SheetPlan {
  const { columns, sheets, status } = RELEASE_WORDS[lang];
  const reasons: Readonly<Record<string, string>> = status;
  return {
    name: sheets.missing,
    lines,
    columns: [
      { header: columns.province, width: 20 },
      { header: columns.code, width: 9 },
      { header: columns.name, width: 24 },
      { header: columns.missing, width: 12, as: "count" },
      { header: columns.which, width: 80 },
    ],
    rows: missing.map((each) => [
      each.province_name_vi,
      each.code,
      each.name_vi,
      each.missing.length,
      each.missing
        .map(({ indicator, reason }) => `${indicator} (${reasons[reason] ?? reason})`)
        .join("; "),
    ]),
  };
}
