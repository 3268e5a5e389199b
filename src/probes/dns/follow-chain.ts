import type { Reply } from "./message.ts";
import type { DnsRecord } from "./record.ts";

/** CNAME records that are followed (reference D1); RFC 1034 section 3.6.2 sets no bound. */
const MAX_ALIASES = 8;

/** Where the aliases in one answer lead. */
export interface Followed {
  readonly end: "name" | "loop" | "limit";
  /** The last name, the one that was asked for if there are no aliases. */
  readonly name: string;
  /** Names after the first, in order; one that comes again is not repeated. */
  readonly chain: readonly string[];
}

/** Follows the aliases of an answer on from where `before` has led from a name. */
export function followChain(
  name: string,
  before: readonly string[],
  { answers }: Pick<Reply, "answers">,
): Followed {
  const aliases = new Map<string, string>();
  for (const { type, name: owner, value } of answers) {
    if (type === "CNAME" && !aliases.has(owner)) aliases.set(owner, value);
  }
  const chain = [...before];
  const seen = new Set([name, ...before]);
  for (let current = before.at(-1) ?? name; ;) {
    const next = aliases.get(current);
    if (next === undefined) return { end: "name", name: current, chain };
    if (seen.has(next)) return { end: "loop", name: current, chain };
    chain.push(next);
    if (chain.length > MAX_ALIASES) return { end: "limit", name: current, chain };
    seen.add(next);
    current = next;
  }
}

/** The values of one name's records of one type, each once, sorted. */
export function valuesAt(
  records: readonly DnsRecord[],
  name: string,
  type: DnsRecord["type"],
): string[] {
  const values = records.filter((record) => record.name === name && record.type === type);
  return [...new Set(values.map(({ value }) => value))].sort();
}
