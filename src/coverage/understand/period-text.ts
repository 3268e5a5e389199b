import { addDays, addMonths, type Day, startOfDay, utcDay } from "../../domain/calendar.ts";
import { remembered } from "../../domain/remembered.ts";
import { withoutAccents } from "./fold-header.ts";

const YEAR = String.raw`(?<year>(?:19|20)\d\d)`;
const GAP = String.raw`(?:\s*(?:[/.,-]|nam)\s*|\s+)`;
const BEFORE = String.raw`(?:(?:so lieu )?(?:tinh )?(?:den|tai)?(?: ?het)?(?: ?thoi diem)?\s*)?`;

/** Ways in which a period is written, without accents; the more exact ones first. */
const FORMS: readonly { readonly pattern: string; readonly day: (parts: Parts) => Day | null }[] = [
  {
    pattern: String.raw`(?:ngay\s*)?(?<day>\d{1,2})\s*(?<sign>[/.-])\s*(?<month>\d{1,2})\s*\k<sign>\s*(?<year>(?:19|20)?\d\d)(?!\d)`,
    day: ({ year, month, day }) => dayOf(year.length === 2 ? `20${year}` : year, month, day),
  },
  {
    pattern: String.raw`${YEAR}[-/](?<month>\d{1,2})[-/](?<day>\d{1,2})(?!\d)`,
    day: ({ year, month, day }) => dayOf(year, month, day),
  },
  {
    pattern: String.raw`ngay\s*(?<day>\d{1,2})\s*thang\s*(?<month>\d{1,2})${GAP}${YEAR}`,
    day: ({ year, month, day }) => dayOf(year, month, day),
  },
  {
    pattern: String.raw`(?<month>3|6|9|12|ba|sau|chin)\s*thang\s*(?<half>dau|cuoi)?\s*(?:nam)?${GAP}?${YEAR}`,
    day: ({ year, month, half }) =>
      half === "cuoi" ? monthEnd(year, "12") : monthEnd(year, WORDS[month] ?? month),
  },
  {
    pattern: String.raw`\bq(?:u[yi])?\.?\s*(?<quarter>iv|i{1,3}|[1-4])${GAP}${YEAR}`,
    day: ({ year, quarter }) => quarterOf(year, quarter),
  },
  {
    pattern: String.raw`${YEAR}\s*[-/]?\s*q(?:u[yi])?\s*(?<quarter>iv|i{1,3}|[1-4])\b`,
    day: ({ year, quarter }) => quarterOf(year, quarter),
  },
  {
    pattern: String.raw`\bt(?:hang)?\s*(?<month>\d{1,2})${GAP}${YEAR}`,
    day: ({ year, month }) => monthEnd(year, month),
  },
];

/** Forms that mean a period only where nothing stands around them. */
const ALONE: typeof FORMS = [
  {
    pattern: String.raw`(?<month>\d{1,2})\s*[/.-]\s*${YEAR}`,
    day: ({ year, month }) => monthEnd(year, month),
  },
  {
    pattern: String.raw`${YEAR}\s*[/-]\s*(?<month>\d{1,2})`,
    day: ({ year, month }) => monthEnd(year, month),
  },
  {
    // Months are never written in Roman numbers.
    pattern: String.raw`(?<quarter>iv|i{1,3})\s*[/.-]\s*${YEAR}`,
    day: ({ year, quarter }) => quarterOf(year, quarter),
  },
  {
    pattern: String.raw`(?:(?:cuoi|ca)?\s*nam\s*)?${YEAR}`,
    day: ({ year }) => monthEnd(year, "12"),
  },
];

type Parts = Readonly<Record<"year" | "quarter" | "month" | "day" | "half", string>>;

const WORDS: Readonly<Record<string, string>> = { ba: "3", sau: "6", chin: "9" };
const ROMAN: Readonly<Record<string, string>> = { i: "1", ii: "2", iii: "3", iv: "4" };

const WHOLE = [...FORMS, ...ALONE].map(({ pattern, day }) => ({
  pattern: new RegExp(`^${BEFORE}${pattern}(?:[t ]+00:00(?::00(?:\\.0+)?)?z?)?[.)]?$`, "u"),
  day,
}));

/** A file has few different ones. */
const MOST_PERIODS = 1000;

/**
 * The last day of the period that a text names (`Quý III/2026`, `tháng 9/2026`, `6 tháng đầu năm 2026`, `năm 2025`), or
 * the day itself (`30/09/2026`, day before month); null where it names none or one that is not in the calendar.
 */
export const periodDay = remembered(MOST_PERIODS, readPeriod);

function readPeriod(text: string): Day | null {
  const plain = plainText(text);
  for (const { pattern, day } of WHOLE) {
    const found = pattern.exec(plain);
    if (found) return day(found.groups as Parts);
  }
  return null;
}

const DATED = new RegExp(
  String.raw`(?:tinh |so lieu |thoi diem |cap nhat )?(?:den|tai)(?: het)?(?: thoi diem)? (${anyOf(FORMS).source})`,
  "gu",
);
const MONTH_FORM = FORMS.length - 1;
const PERIOD = anyOf(FORMS.slice(3, MONTH_FORM));
const MONTH = anyOf(FORMS.slice(MONTH_FORM));
const SIGNED = /ngay\s*\d{1,2}\s*(?:[/.-]|thang)\s*\d{1,2}\s*(?:[/.-]|nam)\s*\d{2,4}/gu;
const YEARLY =
  /\b(?:bao cao|so lieu|thong ke|hien trang|ket qua|bieu)\b.*?\bnam ((?:19|20)\d\d)\b/u;
const OF_PLANS = /\b(?:quyet dinh|nghi quyet|ke hoach|cong van|den nam|giai doan)\b/u;

/** What a line of text names as the time of its figures. */
export interface LinePeriods {
  readonly days: readonly Day[];
  /** The end of a year that is named without anything more exact: no evidence against days in that year. */
  readonly year: Day | null;
  /** The line without them, accents and case lost. */
  readonly rest: string;
}

/**
 * Finds what a line names as the time of its figures: `số liệu tính đến 30/9/2026`, `Quý III năm 2026`. Days on which
 * a letter or a decision was signed are none, nor are the years of plans.
 */
export function periodsIn(line: string): LinePeriods {
  const days = new Set<Day>();
  const take = (text: string): string => {
    const day = periodDay(text);
    if (day === null) return text;
    days.add(day);
    return " ";
  };
  let rest = plainText(line)
    .replaceAll(DATED, (_, period: string) => take(period))
    .replaceAll(SIGNED, " ")
    .replaceAll(PERIOD, take);
  if (days.size === 0) rest = rest.replaceAll(MONTH, take);
  const year = OF_PLANS.test(rest) ? undefined : YEARLY.exec(rest)?.[1];
  return {
    days: [...days],
    year: days.size === 0 && year !== undefined ? `${year}-12-31` : null,
    rest: rest.replaceAll(/\s+/gu, " ").trim(),
  };
}

/** The last day of the quarter that a cell of its own names (`III`, `Quý 3`, `3`), with the year from another cell. */
export function quarterDay(quarter: string, year: string): Day | null {
  const name = /^(?:q(?:u[yi])?\.?)?\s*(iv|i{1,3}|[1-4])$/u.exec(plainText(quarter))?.[1];
  const of = /^(?:nam\s*)?((?:19|20)\d\d)$/u.exec(plainText(year))?.[1];
  return name === undefined || of === undefined ? null : quarterOf(of, name);
}

/** The same of a month (`9`, `tháng 9`). */
export function monthDay(month: string, year: string): Day | null {
  const name = /^(?:t(?:hang)?\s*)?(\d{1,2})$/u.exec(plainText(month))?.[1];
  const of = /^(?:nam\s*)?((?:19|20)\d\d)$/u.exec(plainText(year))?.[1];
  return name === undefined || of === undefined ? null : monthEnd(of, name);
}

/** The day of a spreadsheet's day number, counted from 30 December 1899; null outside 2000–2099. */
export function serialDay(serial: number): Day | null {
  return serial >= 36_526 && serial < 73_051 ? addDays("1899-12-30", Math.floor(serial)) : null;
}

/** One pattern for several forms, without the names of their parts. */
function anyOf(forms: typeof FORMS): RegExp {
  const patterns = forms.map(({ pattern }) =>
    pattern.replaceAll(/\?<\w+>/gu, "?:").replaceAll(String.raw`\k<sign>`, "[/.-]"),
  );
  return new RegExp(patterns.join("|"), "gu");
}

function plainText(text: string): string {
  return withoutAccents(text).replaceAll(/\s+/gu, " ").trim();
}

function quarterOf(year: string, quarter: string): Day | null {
  return monthEnd(year, String(Number(ROMAN[quarter] ?? quarter) * 3));
}

function monthEnd(year: string, month: string): Day | null {
  const first = dayOf(year, month, "1");
  return first === null ? null : addDays(addMonths(first, 1), -1);
}

function dayOf(year: string, month: string, day: string): Day | null {
  const text = `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
  const at = startOfDay(text);
  return Number.isNaN(at) || utcDay(at) !== text ? null : text;
}
