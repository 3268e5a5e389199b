import type { Day } from "../../domain/calendar.ts";
import type { CoverageSum } from "../../domain/coverage/sum.ts";
import { type SheetColumn, toXlsx } from "../xlsx.ts";

/** How the workbook is made. */
interface WorkbookOptions {
  readonly lang: "vi" | "en";
  /** The day whose units the sums are for. */
  readonly units: Day;
  readonly created: Date;
}

interface Words {
  readonly title: string;
  readonly units: string;
  readonly madeUp: string;
  readonly headers: readonly string[];
}

const WORDS: Readonly<Record<"vi" | "en", Words>> = {
  vi: {
    title: "Số liệu phủ mạng",
    units: "Theo đơn vị hành chính ngày",
    madeUp: "SỐ LIỆU GIẢ ĐỊNH, KHÔNG PHẢI SỐ LIỆU THẬT",
    headers: [
      "Mã",
      "Đơn vị",
      "Tử số",
      "Mẫu số",
      "Tỷ lệ",
      "Cận dưới",
      "Cận trên",
      "Xã có số liệu",
      "Tổng số xã",
      "Nguồn mẫu số",
      "Cơ sở",
    ],
  },
  en: {
    title: "Coverage",
    units: "By the units of",
    madeUp: "MADE-UP FIGURES, NOT REAL ONES",
    headers: [
      "Code",
      "Unit",
      "Numerator",
      "Denominator",
      "Share",
      "Lower bound",
      "Upper bound",
      "Communes reported",
      "Communes expected",
      "Origin of denominators",
      "Basis",
    ],
  },
};

const SHAPES: readonly Omit<SheetColumn, "header">[] = [
  { width: 8 },
  { width: 28 },
  { width: 12, as: "count" },
  { width: 12, as: "count" },
  { width: 9, as: "ratio" },
  { width: 9, as: "ratio" },
  { width: 9, as: "ratio" },
  { width: 12, as: "count" },
  { width: 12, as: "count" },
  { width: 18 },
  { width: 12 },
];

/** Sums of one indicator as an XLSX file of one sheet; made-up figures are called so above the table. */
export function sumsWorkbook(
  sums: readonly CoverageSum[],
  { lang, units, created }: WorkbookOptions,
): Promise<Uint8Array> {
  const words = WORDS[lang];
  const [first] = sums;
  const about = first === undefined ? "" : `${first.indicator} · ${first.as_of}`;
  const lines = [
    `${words.title}: ${about}`,
    `${words.units} ${units}`,
    ...(sums.some(({ made_up }) => made_up) ? [words.madeUp] : []),
  ];
  const columns = SHAPES.map((shape, index) => ({ ...shape, header: words.headers[index] ?? "" }));
  const rows = sums.map((sum) => [
    sum.unit.code,
    sum.unit.name_vi,
    sum.numerator,
    sum.denominator,
    sum.ratio,
    sum.lower,
    sum.upper,
    sum.reported_communes,
    sum.expected_communes,
    sum.denominator_source,
    sum.basis,
  ]);
  const sheet = { name: first?.indicator ?? words.title, lines, columns, rows };
  return toXlsx([sheet], { title: lines.join(" · "), description: about, created });
}
