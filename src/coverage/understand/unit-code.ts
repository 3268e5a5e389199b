import type { AdminLevel, UnitBook } from "../../domain/units/unit.ts";
import { sameUnitName } from "../../domain/units/unit-name.ts";
import type { RawValue } from "../contract.ts";
import { withoutAccents } from "./fold-header.ts";
import { isProvinceName } from "./province-names.ts";

/** A code cell as text, before anybody knows whether there is such a unit. */
export interface WrittenCode {
  /** Null for an empty cell. */
  readonly code: string | null;
  /** As it stands in the cell, where that is not the code. */
  readonly asWritten: string | null;
  /** `float`: it had lost its form to a number (`97.0`); `short`: digits fewer than codes have. */
  readonly lost: "float" | "short" | null;
}

const DIGITS: Readonly<Record<"province" | "commune", number>> = { province: 2, commune: 5 };

const WELL_FORMED = { province: /^\d{2}$/u, commune: /^\d{5}$/u } as const;

/** Reads a code cell: a text or a number, with or without an apostrophe before it or `.0` behind it. */
export function writtenCode(value: RawValue, level: "province" | "commune"): WrittenCode {
  if (value === null || typeof value === "object" || typeof value === "boolean") {
    return { code: null, asWritten: null, lost: null };
  }
  if (typeof value === "string" && WELL_FORMED[level].test(value)) {
    return { code: value, asWritten: null, lost: null };
  }
  const written = String(value).trim();
  const text = written.replaceAll(/[\s\u200B\uFEFF]+/gu, "").replace(/^['’‘`]/u, "");
  const digits = /^(?<code>\d+)(?:[.,]0+)?$/u.exec(text)?.groups?.["code"];
  const code = digits ?? text;
  if (code === "") return { code: null, asWritten: null, lost: null };
  const float = digits !== undefined && digits !== text;
  const short = digits !== undefined && digits.length < DIGITS[level];
  return {
    code: short ? code.padStart(DIGITS[level], "0") : code,
    asWritten: short || code !== written ? written : null,
    lost: short ? "short" : float ? "float" : null,
  };
}

/** Whether any unit that ever had a code was called by this name. */
export function nameConfirms(
  units: UnitBook,
  level: AdminLevel,
  code: string,
  name: string | null,
): boolean {
  if (name === null) return false;
  return units
    .withCode(level, code)
    .flatMap(({ id }) => units.attributesOf(id))
    .some((attributes) => sameUnitName(name, attributes));
}

/** Whether a text begins as the name of a commune does, by its type. */
export function namesCommune(text: string): boolean {
  return /^(?:xã|phường|đặc khu|thị trấn|tt\.?) /iu.test(text.normalize("NFC").trim());
}

/** Whether a text begins as the name of a district does; a city may also be a province. */
export function namesDistrict(text: string): boolean {
  return /^(?:quận|huyện|thị xã|thành phố|tp\.?|tx\.?) /iu.test(text.normalize("NFC").trim());
}

/** The province that a text names with its type (`Tỉnh Lào Cai`, `Thành phố Huế`), as its bare name, or null. */
export function namedProvince(text: string, units: UnitBook, day: string): string | null {
  const [, type = "", name] =
    /^(tỉnh|thành phố|tp\.?) (.+)$/iu.exec(text.normalize("NFC").trim()) ?? [];
  if (name === undefined) return null;
  if (withoutAccents(type) === "tinh") return name;
  const known = units
    .allOn("province", day)
    .some(({ id }) => sameUnitName(name, units.attributesOn(id, day)));
  return known ? name : null;
}

/** Whether a cell is a province's code, or its name. */
export function looksLikeProvince(value: RawValue, units: UnitBook): boolean {
  if (typeof value === "number") return value > 0 && value < 100;
  const named = /^\s*(?:(?:tỉnh|thành phố|tp\.?)\s|\d{1,2}\s*$)/iu;
  if (typeof value !== "string") return false;
  return named.test(value.normalize("NFC")) || isProvinceName(value, units);
}
