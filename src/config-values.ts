import { readFileSync, statSync } from "node:fs";
import { isIP, isIPv6 } from "node:net";
import ipaddr from "ipaddr.js";
import { z } from "zod";

/** A whole number in these bounds. Digits alone: what else `Number` takes (blanks, 0x10) is more likely a slip. */
export const whole = (min: number, max: number) =>
  z
    .string()
    .regex(/^\d{1,9}$/)
    .transform(Number)
    .refine((value) => value >= min && value <= max);

/** `address[:port]` with IPv6 in brackets where a port follows, as c-ares takes it. */
export function isResolverAddress(text: string): boolean {
  const bracketed = /^\[([^\]]+)\](?::(\d{1,5}))?$/.exec(text);
  if (bracketed) return isIPv6(bracketed[1] ?? "") && isPort(bracketed[2] ?? "53");
  if (isIP(text)) return true;
  const [address = "", port = "", ...rest] = text.split(":");
  return rest.length === 0 && isIP(address) === 4 && isPort(port);
}

function isPort(text: string): boolean {
  return /^\d{1,5}$/.test(text) && Number(text) >= 1 && Number(text) <= 65535;
}

/** `host:port`, IPv6 in brackets, as the self-test reads it. */
export function isAnchor(text: string): boolean {
  const match = /^(\[[^\]]+\]|[^:\s[\]]+):(\d{1,5})$/.exec(text);
  if (!match) return false;
  const host = match[1] ?? "";
  const named = host.startsWith("[")
    ? isIPv6(host.slice(1, -1))
    : // A host that ends in a number must be an IPv4 address (WHATWG URL standard 3.5): 256.1.1.1 is none.
      /^[a-z0-9.-]{1,253}$/i.test(host) && URL.canParse(`https://${host}/`);
  return named && isPort(match[2] ?? "");
}

/** With a whole address: the library would take 10/8 for 0.0.0.10/8 and 010.0.0.0/8 for 8.0.0.0/8. */
export function isNetwork(text: string): boolean {
  return isIP(text.split("/")[0] ?? "") !== 0 && ipaddr.isValidCIDR(text);
}

/** What can be read as a URL; an empty host means that a query parameter names it. Checked here to stay unprinted. */
export function isDatabaseUrl(text: string): boolean {
  return /^postgres(ql)?:\/\/./.test(text) && URL.canParse(text);
}

/** An http or https URL. */
export function isWebAddress(text: string): boolean {
  return /^https?:\/\/[^\s]+$/.test(text) && URL.canParse(text);
}

/** A time zone by its name, known here and by PostgreSQL alike. */
export function isTimeZone(name: string): boolean {
  // An offset is read with the opposite sign by PostgreSQL, which follows POSIX.
  if (/^[+-]/.test(name)) return false;
  try {
    return Intl.DateTimeFormat("en", { timeZone: name }) !== undefined;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

/** Far more than any root-hints file holds (IANA's has 3 KB). */
const HINTS_BYTES = 1024 * 1024;

/** What a readable file of sensible size holds; everything else is refused. */
export const textFile = z.string().transform((path, context) => {
  try {
    const { size } = statSync(path);
    if (size <= HINTS_BYTES) return { path, text: readFileSync(path, "utf8") };
  } catch (error) {
    if (!(error instanceof Error && "code" in error)) throw error;
  }
  context.addIssue("unreadable");
  return z.NEVER;
});

/** Comma-separated items, trimmed, empty ones left out. */
export const list = (isItem: (item: string) => boolean, allowed: string) =>
  z
    .string()
    .transform((text) =>
      text
        .split(",")
        .map((item) => item.trim())
        .filter((item) => item !== ""),
    )
    .refine((items) => items.every(isItem), allowed);
