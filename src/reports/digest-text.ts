import { READINESS_LEVELS } from "../domain/readiness.ts";
import type { ValueChange } from "./compliance-change.ts";
import type { ComplianceDiffRow } from "./compliance-diff.ts";
import { findingTexts, levelWords } from "./compliance-texts.ts";
import { CRITERIA, MADE_UP, REPORT_WORDS, type ReportLang } from "./compliance-words.ts";
import type { Digest } from "./digest.ts";

/** A digest as mail: a subject of one line and plain text. */
export interface DigestText {
  readonly subject: string;
  readonly text: string;
}

/** A mail that nobody can read to its end helps nobody; the attachment has all of them. */
const MAX_CHANGES = 30;

const WORDS = {
  vi: {
    subject: (agency: string, month: string) => `IPv6 và HTTPS tháng ${month}: ${agency}`,
    changed: (count: number, since: string) => `Thay đổi kể từ ngày ${since}: ${count} cổng`,
    unchanged: (since: string) => `Không có thay đổi nào kể từ ngày ${since}.`,
    more: (count: number) => `… và ${count} cổng khác, xem tệp đính kèm.`,
    now: (day: string) => `Tình trạng ngày ${day}, ${CRITERIA.vi}`,
    portals: (count: number) => `${count} cổng được tính`,
    redirected: (count: number) => `${count} cổng đã chuyển hướng, không tính`,
    attached: "Danh sách đầy đủ với bằng chứng và cách khắc phục ở tệp đính kèm.",
    reply:
      "Thư này được gửi tự động. Cơ quan có thể trả lời từng phát hiện qua API bằng khoá của mình.",
    mend: "Cần làm",
    none: "chưa có",
  },
  en: {
    subject: (agency: string, month: string) => `IPv6 and HTTPS in ${month}: ${agency}`,
    changed: (count: number, since: string) => `Changed since ${since}: ${count} portals`,
    unchanged: (since: string) => `Nothing has changed since ${since}.`,
    more: (count: number) => `… and ${count} more, see the attachment.`,
    now: (day: string) => `As of ${day}, ${CRITERIA.en}`,
    portals: (count: number) => `${count} portals counted`,
    redirected: (count: number) => `${count} redirected, not counted`,
    attached: "The whole list, with evidence and what to do, is attached.",
    reply:
      "This message was sent automatically. The agency can reply to each finding through the API with its own key.",
    mend: "To do",
    none: "none",
  },
} as const;

/** What a digest says in a mail: what changed on top, then how things stand. */
export function digestText({ agency, month, report }: Digest, lang: ReportLang): DigestText {
  const words = WORDS[lang];
  const { changes, shares } = report;
  const monthName = `${month.slice(5, 7)}/${month.slice(0, 4)}`;
  const shown = changes.rows.slice(0, MAX_CHANGES);
  const more = changes.rows.length - shown.length;
  const sections = [
    [agency.name_vi, ...(report.madeUp ? [MADE_UP[lang]] : [])],
    changes.rows.length === 0
      ? [words.unchanged(changes.since)]
      : [words.changed(changes.rows.length, changes.since)],
    ...shown.map((row) => changeLines(row, lang)),
    ...(more > 0 ? [[words.more(more)]] : []),
    [
      words.now(report.day),
      `- ${words.portals(shares.portals.counted)}`,
      ...(shares.portals.redirected > 0
        ? [`- ${words.redirected(shares.portals.redirected)}`]
        : []),
      ...levelLines(shares.levels, lang),
    ],
    [words.attached],
    [words.reply],
  ];
  return {
    subject: words.subject(agency.name_vi, monthName),
    text: `${sections.map((lines) => lines.join("\n")).join("\n\n")}\n`,
  };
}

function changeLines(row: ComplianceDiffRow, lang: ReportLang): string[] {
  const words = WORDS[lang];
  const { changes, families, columns } = REPORT_WORDS[lang];
  const values = [
    valueLine(columns.level, row.level, words.none),
    valueLine(columns.grade, row.grade, words.none),
  ].filter((line) => line !== null);
  const name = lang === "en" ? (row.name_en ?? row.name_vi) : row.name_vi;
  return [
    `* ${name} – ${changes[row.change]}`,
    `  ${row.url}`,
    ...values,
    ...row.because.flatMap(({ check, family, to }) => {
      if (to === null) return [];
      const { title, says, mend } = findingTexts({ check, ...to }, lang);
      const over = family === null ? "" : ` (${families[family]})`;
      return [
        `  - ${title}${over}: ${says}`,
        ...(mend === null ? [] : [`    ${words.mend}: ${mend}`]),
      ];
    }),
  ];
}

function valueLine(
  name: string,
  value: { from: string | null; to: string | null; change: ValueChange | null },
  none: string,
): string | null {
  if (value.change === "same") return null;
  return `  ${name}: ${value.from ?? none} → ${value.to ?? none}`;
}

function levelLines(levels: Digest["report"]["shares"]["levels"], lang: ReportLang): string[] {
  return READINESS_LEVELS.toReversed()
    .filter((level) => levels[level] > 0)
    .map((level) => `- ${levelWords(level, lang)}: ${levels[level]}`);
}
