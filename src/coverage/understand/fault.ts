import type {
  FaultDetail,
  ImportFault,
  RuleId,
  Severity,
} from "../../domain/coverage/import-fault.ts";
import type { RawValue } from "../contract.ts";

const MAX_VALUE = 200;

/** A cell as a person sees it, at most 200 characters; null for an empty one. */
export function rawText(value: RawValue | undefined): string | null {
  if (value === null || value === undefined) return null;
  if (typeof value === "string") return value.slice(0, MAX_VALUE);
  if (value instanceof Date)
    return Number.isNaN(value.getTime()) ? "?" : value.toISOString().slice(0, 10);
  if (typeof value === "object") {
    return "percent" in value ? `${value.percent} %` : value.text.slice(0, MAX_VALUE);
  }
  return typeof value === "boolean" ? String(value).toUpperCase() : String(value);
}

/** Whether a cell holds nothing, or nothing that can be seen. */
export function isBlank(value: RawValue | undefined): boolean {
  return (
    value === null || value === undefined || (typeof value === "string" && value.trim() === "")
  );
}

/** A fault of a sheet's header or of a row in it. */
export function faultAt(
  place: {
    readonly sheet: string | null;
    readonly row?: number | null;
    readonly column?: string | null;
    readonly value?: RawValue;
  },
  rule: RuleId,
  severity: Severity,
  detail: FaultDetail,
): ImportFault {
  const { sheet, row = null, column = null } = place;
  return { sheet, row, column, value: rawText(place.value), rule, severity, detail };
}
