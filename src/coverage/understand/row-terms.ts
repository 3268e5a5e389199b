import type { Basis, FigureStatus } from "../../domain/coverage/figure.ts";
import { ALL_OPERATORS } from "../../domain/coverage/figure.ts";
import type { ImportSettings, RawValue, Register, StatedFigure } from "../contract.ts";
import { rawText } from "./fault.ts";
import { foldHeader } from "./fold-header.ts";
import type { HeaderDictionary } from "./header-dictionary.ts";
import type { RowTeller } from "./row-teller.ts";
import { cellOf, type SheetLayout } from "./sheet-layout.ts";
import { statedBasis, statedStatus } from "./status-words.ts";

/** What a row says of all its figures beside their numbers. */
export interface StatedTerms {
  /** Null where no column names it; as written where nobody knows it. */
  readonly indicator: { readonly code: string; readonly percentage: boolean } | null;
  readonly version: number | null;
  readonly operator: string;
  readonly basis: Basis | null;
  readonly status: FigureStatus | null;
  readonly denominatorSource: string | null;
}

/** Reads the columns beside the numbers: indicator, version, operator, basis, status, the denominator's source. */
export function rowTerms(
  layout: SheetLayout,
  cells: readonly RawValue[],
  { register, dictionary, settings }: TermsContext,
  teller: RowTeller,
): StatedTerms {
  const text = (role: Parameters<typeof cellOf>[2]) =>
    rawText(cellOf(layout, cells, role))?.trim() ?? null;
  const understood = <Value>(
    role: "basis" | "status" | "version",
    read: (text: string) => Value | null,
    tell: (value: RawValue) => void,
  ): Value | null => {
    const written = text(role);
    if (written === null) return null;
    const found = read(written);
    if (found === null) tell(cellOf(layout, cells, role));
    return found;
  };
  const source = text("denominator_source");
  return {
    indicator: namedIndicator(text("indicator"), register, dictionary),
    version: understood("version", versionOf, (value) =>
      teller.tell(layout.of("version"), value, "V27", "reject_row", { code: "unreadable_version" }),
    ),
    operator: namedOperator(text("operator"), register, settings),
    basis: understood("basis", statedBasis, (value) =>
      teller.tell(layout.of("basis"), value, "V27", "reject_row", { code: "unreadable_basis" }),
    ),
    status: understood("status", statedStatus, (value) =>
      teller.tell(layout.of("status"), value, "V14", "reject_row", { code: "unknown_status" }),
    ),
    denominatorSource: source === null ? null : spaced(source),
  };
}

export interface TermsContext {
  readonly register: Pick<Register, "indicators" | "operators">;
  readonly dictionary: HeaderDictionary;
  readonly settings: Pick<ImportSettings, "operator">;
}

/** The part of a stated figure that is the same for all numbers of its row. */
export function statedOf(
  { version, operator, basis }: StatedTerms,
  indicator: string,
): Pick<StatedFigure, "indicator" | "version" | "operator" | "basis"> {
  return { indicator, version, operator, basis };
}

function versionOf(text: string): number | null {
  const digits = /^(?:v|phiên bản )?(\d{1,6})(?:[.,]0+)?$/iu.exec(text)?.[1];
  return digits === undefined ? null : Number(digits);
}

function namedIndicator(
  text: string | null,
  { indicators }: Pick<Register, "indicators">,
  dictionary: HeaderDictionary,
): StatedTerms["indicator"] {
  if (text === null) return null;
  const code = text.toLowerCase();
  if (indicators.some((each) => each.code === code)) return { code, percentage: false };
  const meaning = dictionary.meaningOf(text.normalize("NFC").replaceAll(/\s+/gu, " "));
  const [, kind, named] =
    meaning !== null && "role" in meaning
      ? (/^(numerator|ratio):(.*)$/u.exec(meaning.role) ?? [])
      : [];
  return { code: named ?? text, percentage: kind === "ratio" };
}

const ALL = new Set([
  ALL_OPERATORS,
  "tat ca",
  "tat ca doanh nghiep",
  "tat ca nha mang",
  "chung",
  "tong hop",
  "toan bo",
]);

function namedOperator(
  text: string | null,
  { operators }: Pick<Register, "operators">,
  { operator }: Pick<ImportSettings, "operator">,
): string {
  if (text === null) return operator;
  const folded = foldHeader(text);
  if (ALL.has(folded)) return ALL_OPERATORS;
  const bare = folded.replaceAll(" ", "");
  return operators.find((each) => foldHeader(each).replaceAll(" ", "") === bare) ?? text;
}

function spaced(text: string): string {
  return text.normalize("NFC").replaceAll(/\s+/gu, " ").trim();
}
