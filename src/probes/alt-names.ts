import ipaddr from "ipaddr.js";

/** Names kept of one certificate; large hosters put several hundred into one. */
const MAX_NAMES = 100;

/** Longest name kept (RFC 1035 2.3.4 allows 255 octets on the wire, 253 in text). */
const MAX_LENGTH = 253;

/** One entry; Node quotes values that contain commas or unusual characters as JSON does. */
const ENTRY = /(DNS|IP Address):("(?:[^"\\]|\\.)*"|[^,]*)/g;

/**
 * DNS names and IP addresses of a subjectAltName extension as Node prints it, at most 100, other kinds left out.
 * Addresses are written in their shortest form.
 */
export function subjectAltNames(text: string | undefined): readonly string[] {
  const names: string[] = [];
  for (const [, type, value = ""] of (text ?? "").matchAll(ENTRY)) {
    if (names.length === MAX_NAMES) break;
    names.push(type === "DNS" ? dnsName(value) : shortAddress(value));
  }
  return names;
}

/** How many DNS names and IP addresses such an extension holds. */
export function countAltNames(text: string | undefined): number {
  return [...(text ?? "").matchAll(ENTRY)].length;
}

/** A quoted value stays quoted: it is no host name, and whoever reads it should see that. */
function dnsName(value: string): string {
  return value.replace(/\p{Cc}/gu, " ").slice(0, MAX_LENGTH);
}

function shortAddress(value: string): string {
  return ipaddr.isValid(value) ? ipaddr.parse(value).toString() : dnsName(value);
}
