import type { FaultDetail } from "../../domain/coverage/import-fault.ts";
import type { Lang } from "../text.ts";

/** A fact of a fault as text; empty where there is none. */
export function fact(detail: FaultDetail, name: string): string {
  const value = detail[name];
  if (value === undefined || value === null) return "";
  return typeof value === "object" ? value.join(", ") : String(value);
}

/** An indicator that a fault names: what it is called, else its code. `name`: the fact that has the code. */
export function indicator(detail: FaultDetail, lang: Lang, name = "indicator"): string {
  return fact(detail, `${name}_${lang}`) || fact(detail, name);
}

/** ` before…after` around a fact, or nothing where there is none. */
export function ifAny(detail: FaultDetail, name: string, before: string, after = ""): string {
  const text = fact(detail, name);
  return text === "" ? "" : `${before}${text}${after}`;
}
