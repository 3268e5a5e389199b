import { createHash } from "node:crypto";

/** Text as PostgreSQL can hold it: a portal decides what stands in its certificate and headers. */
export function storableText(text: string): string {
  return text.replaceAll("\0", "\u{FFFD}").toWellFormed();
}

/** A JSON value as PostgreSQL can hold it. */
export function storableJson(value: unknown): unknown {
  if (typeof value === "string") return storableText(value);
  if (Array.isArray(value)) return value.map(storableJson);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [storableText(key), storableJson(item)]),
  );
}

/** A JSON value with the keys of every object in order. */
export function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortKeys);
  if (value === null || typeof value !== "object") return value;
  const sorted = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(sorted.map(([key, item]) => [key, sortKeys(item)]));
}

/** The value as it comes back from the database, whatever its keys' order. */
export function asStored<Value>(value: Value): Value {
  return JSON.parse(JSON.stringify(storableJson(value))) as Value;
}

/** The one text of a storable JSON value, and its SHA-256 in hex. */
export function contentAddress(value: unknown): { readonly text: string; readonly digest: string } {
  const text = JSON.stringify(sortKeys(storableJson(value)));
  return { text, digest: createHash("sha256").update(text).digest("hex") };
}
