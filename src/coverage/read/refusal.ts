import type {
  FaultDetail,
  ImportFault,
  RuleId,
  Severity,
} from "../../domain/coverage/import-fault.ts";

/** The facts that a message names. */
export type Facts = Omit<FaultDetail, "code">;

/** A fault of the file or of one of its sheets. */
export function fault(
  rule: RuleId,
  severity: Severity,
  code: string,
  facts: Facts = {},
  place: Partial<Pick<ImportFault, "sheet" | "row" | "column" | "value">> = {},
): ImportFault {
  return {
    sheet: place.sheet ?? null,
    row: place.row ?? null,
    column: place.column ?? null,
    value: place.value?.slice(0, 200) ?? null,
    rule,
    severity,
    detail: { ...facts, code },
  };
}

/**
 * Why a file can't be read, from deep inside the reading of it; thrown so that streams end at once, and made a value
 * at the door (`openTable`).
 */
export class Refusal extends Error {
  readonly fault: ImportFault;

  constructor(refused: ImportFault) {
    super(`${refused.rule}.${refused.detail.code}`);
    this.name = "Refusal";
    this.fault = refused;
  }
}

/** A refusal under V28: what is dangerous, too large or no table at all. */
export function unsafe(
  code: string,
  facts: Facts = {},
  place: Partial<Pick<ImportFault, "sheet" | "row" | "column" | "value">> = {},
): Refusal {
  return new Refusal(fault("V28", "reject_file", code, facts, place));
}
