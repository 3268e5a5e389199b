import type { RawValue } from "../../contract.ts";
import { shownPercent } from "../percent.ts";
import type { NumberLook } from "./styles.ts";

/** What the cells of a sheet refer to. */
export interface CellContext {
  readonly texts: readonly string[];
  /** By number of style: as what its numbers are shown. */
  readonly looks: readonly NumberLook[];
  readonly from1904: boolean;
}

/** A cell as the XML has it. */
export interface CellText {
  /** `s`, `str`, `inlineStr`, `b`, `e`, `n`, `d` (ECMA-376 18.18.11). */
  readonly type: string;
  readonly style: number;
  readonly hasFormula: boolean;
  readonly formula: string;
  readonly value: string;
  readonly inline: string;
}

const DAY_MS = 86_400_000;

/** Last serial date of Excel, 9999-12-31. */
const LAST_SERIAL = 2_958_465;

/** The value of a cell; undefined where it points to a text that is not there. */
export function cellValue(cell: CellText, context: CellContext): RawValue | undefined {
  switch (cell.type) {
    case "s":
      return cell.value === "" ? null : context.texts[Number(cell.value)];
    case "inlineStr":
      return cell.inline;
    case "str":
      return cell.value;
    case "e":
      return { problem: "error", text: cell.value };
    default:
      return plainValue(cell, context);
  }
}

/** A serial number as the day and time that it stands for; null where it is none. */
function serialDate(serial: number, from1904: boolean): Date | null {
  if (!(serial >= 0 && serial <= LAST_SERIAL)) return null;
  // Excel counts a 29 February 1900 that never was: before it days are one later than counted from 1899-12-30.
  const start = from1904 ? Date.UTC(1904, 0, 1) : Date.UTC(1899, 11, serial < 60 ? 31 : 30);
  return new Date(start + Math.round(serial * DAY_MS));
}

function plainValue(cell: CellText, context: CellContext): RawValue {
  if (cell.value === "") {
    return cell.hasFormula ? { problem: "no_value", text: `=${cell.formula}` } : null;
  }
  if (cell.type === "b") return cell.value === "1" || cell.value === "true";
  if (cell.type === "d") return dateOf(cell.value);
  const number = Number(cell.value);
  if (!Number.isFinite(number)) return cell.value;
  const look = context.looks[cell.style] ?? null;
  if (look === "date") return serialDate(number, context.from1904) ?? number;
  return look === "percent" ? shownPercent(number) : number;
}

function dateOf(text: string): Date | string {
  const day = new Date(/[zZ]|[+-]\d\d:\d\d$/.test(text) || !text.includes("T") ? text : `${text}Z`);
  return Number.isNaN(day.getTime()) ? text : day;
}
