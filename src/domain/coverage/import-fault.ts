/** The rules that a report must stand up to, in the order in which they are told. */
export const RULE_IDS = [
  "V01",
  "V02",
  "V03",
  "V04",
  "V05",
  "V06",
  "V07",
  "V08",
  "V09",
  "V10",
  "V11",
  "V12",
  "V13",
  "V14",
  "V15",
  "V16",
  "V17",
  "V18",
  "V19",
  "V20",
  "V21",
  "V22",
  "V23",
  "V24",
  "V25",
  "V26",
  "V27",
  "V28",
] as const;

export type RuleId = (typeof RULE_IDS)[number];

/** What a fault does: `hold` keeps the row out until a person accepts it, `warn` only tells. */
export const SEVERITIES = ["reject_file", "reject_row", "hold", "warn"] as const;

export type Severity = (typeof SEVERITIES)[number];

/**
 * What exactly is wrong: `code` is a slug within the rule (`unknown_code`), the rest are the facts that the message
 * names. Messages are made from it, in both languages, by the catalogue.
 */
export interface FaultDetail {
  readonly code: string;
  readonly [fact: string]: string | number | null | readonly string[];
}

/** One fault of a file, at the place where a person finds it. */
export interface ImportFault {
  /** Null where the file has no sheets, or the fault is of the file. */
  readonly sheet: string | null;
  /** Row as spreadsheets count, from 1; null where the fault is of the sheet or the file. */
  readonly row: number | null;
  /** The header of the column as it is written, or its letter. */
  readonly column: string | null;
  /** The raw value, at most 200 characters. */
  readonly value: string | null;
  readonly rule: RuleId;
  readonly severity: Severity;
  readonly detail: FaultDetail;
}
