/** What a text says as a number, under each way of writing decimals; null where that way it is none. */
export interface NumberText {
  readonly comma: DecimalReading | null;
  readonly dot: DecimalReading | null;
  /** The only decimal sign under which it is a number; null where both agree or both are possible. */
  readonly evidence: "," | "." | null;
  /** Whether the two readings differ, so that only the rest of the column can tell. */
  readonly ambiguous: boolean;
  /** The unit behind the number (`hộ`, `%`), or null. */
  readonly unit: string | null;
}

export interface DecimalReading {
  readonly value: number;
  readonly decimals: number;
}

const UNITS =
  /^(?<number>.*?\d)\s*(?<unit>%|hộ gia đình|hộ dân|hộ|người|thôn|bản|ấp|khu phố|tổ dân phố|trạm|xã|phường|cái)\.?$/iu;
const SPACED = /^\d{1,3}(?:[ '’]\d{3})+(?:[.,]\d+)?$/u;
const COMMA_DECIMAL = /^(?:[1-9]\d{0,2}(?:\.\d{3})+|\d+)(?:,(?<decimals>\d+))?$/u;
const DOT_DECIMAL = /^(?:[1-9]\d{0,2}(?:,\d{3})+|\d+)(?:\.(?<decimals>\d+))?$/u;

/**
 * Reads a text as a number: groups of three by dot, comma, space or apostrophe, a sign, an exponent, a unit behind it.
 * Null for anything else, and for what is too large to be a number.
 */
export function numberText(text: string): NumberText | null {
  if (/^\d{1,15}$/u.test(text)) return wholeNumber(Number(text));
  const plain = text
    .normalize("NFC")
    .replaceAll(/[\s\u2007\u202F]+/gu, " ")
    .trim();
  const withUnit = UNITS.exec(plain)?.groups;
  const parts = /^(?<sign>[-+−–]?) ?(?<digits>[\d.,'’ ]+?)(?<exponent>[eE][-+]?\d{1,3})?$/u.exec(
    withUnit?.["number"] ?? plain,
  )?.groups;
  if (!parts) return null;
  const digits = ungrouped(parts["digits"] ?? "");
  const sign = /[-−–]/u.test(parts["sign"] ?? "") ? -1 : 1;
  const scale = parts["exponent"] ?? "";
  const comma = reading(digits, COMMA_DECIMAL, "comma", sign, scale);
  const dot = reading(digits, DOT_DECIMAL, "dot", sign, scale);
  if (!comma && !dot) return null;
  const evidence = comma && dot ? null : comma ? "," : ".";
  return {
    comma,
    dot,
    evidence,
    ambiguous: comma !== null && dot !== null && comma.value !== dot.value,
    unit: withUnit?.["unit"] ?? null,
  };
}

function wholeNumber(value: number): NumberText {
  const same = { value, decimals: 0 };
  return { comma: same, dot: same, evidence: null, ambiguous: false, unit: null };
}

/** Digits whose groups are set apart by spaces or apostrophes, joined; anything else unchanged. */
function ungrouped(digits: string): string {
  return SPACED.test(digits) ? digits.replaceAll(/[ '’]/gu, "") : digits;
}

function reading(
  digits: string,
  pattern: RegExp,
  decimal: "comma" | "dot",
  sign: number,
  scale: string,
): DecimalReading | null {
  const found = pattern.exec(digits);
  if (!found) return null;
  const english =
    decimal === "comma" ? digits.replaceAll(".", "").replace(",", ".") : digits.replaceAll(",", "");
  const value = sign * Number(`${english}${scale}`);
  if (!Number.isFinite(value)) return null;
  return { value: value === 0 ? 0 : value, decimals: found.groups?.["decimals"]?.length ?? 0 };
}
