import type {
  FaultDetail,
  ImportFault,
  RuleId,
  Severity,
} from "../../domain/coverage/import-fault.ts";
import type { RawValue } from "../contract.ts";
import type { RoledColumn } from "./assign-roles.ts";
import { faultAt } from "./fault.ts";

/** Collects the faults of one row: of one rule and code at most one per column. */
export class RowTeller {
  readonly faults: ImportFault[] = [];
  readonly #sheet: string | null;
  readonly #row: number;

  constructor(sheet: string | null, row: number) {
    this.#sheet = sheet;
    this.#row = row;
  }

  tell(
    column: RoledColumn | undefined,
    value: RawValue,
    rule: RuleId,
    severity: Severity,
    detail: FaultDetail,
  ): void {
    const place = { sheet: this.#sheet, row: this.#row, column: column?.header ?? null, value };
    const same = this.faults.some(
      (fault) =>
        fault.rule === rule && fault.detail.code === detail.code && fault.column === place.column,
    );
    if (!same) this.faults.push(faultAt(place, rule, severity, detail));
  }
}
