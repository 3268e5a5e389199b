import type { RawValue } from "../../contract.ts";
import { shownPercent } from "../percent.ts";
import { attribute } from "../xml.ts";

/** The value of a cell from its attributes and shown text (ODF 1.3 part 3, 19.385); null where it is empty. */
export function odsValue(attributes: string, text: string): RawValue {
  // LibreOffice's own attribute beside the standard's, which has no type for errors.
  if (attributes.includes('calcext:value-type="error"')) return { problem: "error", text };
  const type = attribute(attributes, "value-type");
  if (type === null) {
    const formula = attribute(attributes, "formula");
    if (text !== "") return text;
    return formula === null ? null : { problem: "no_value", text: formula.slice(0, 200) };
  }
  if (["float", "percentage", "currency"].includes(type)) {
    const number = Number(attribute(attributes, "value") ?? Number.NaN);
    if (!Number.isFinite(number)) return text || null;
    return type === "percentage" ? shownPercent(number) : number;
  }
  if (type === "boolean") return attribute(attributes, "boolean-value") === "true";
  if (type === "date") return dateOf(attribute(attributes, "date-value") ?? "") ?? text;
  return text || null;
}

/** Dates without time zone are days of the calendar: they stand in UTC, as those of XLSX do. */
function dateOf(text: string): Date | null {
  const date = new Date(text.includes("T") && !/Z$|[+-]\d\d:\d\d$/.test(text) ? `${text}Z` : text);
  return Number.isNaN(date.getTime()) ? null : date;
}
