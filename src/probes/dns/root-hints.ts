import { isIP } from "node:net";
import { ROOT, dnsName } from "./dns-name.ts";

/** One root server with its published addresses. */
export interface RootServer {
  /** Lower case, without the final dot. */
  readonly name: string;
  readonly ip4: readonly string[];
  readonly ip6: readonly string[];
}

/** The servers from which a delegation walk begins, sorted by name. */
export type RootHints = readonly RootServer[];

/** Root hints, or what is wrong with them, in one sentence that names line and value. */
export type ParsedRootHints = { readonly hints: RootHints } | { readonly wrong: string };

/** A hint file has three lines a server and some comments; a larger one is something else. */
const MAX_LINES = 10_000;

/** `name [ttl] [class] type data` (RFC 1035 section 5.1), as far as hint files use it. */
const LINE = /^(\S+)\s+(?:\d+\s+)?(?:IN\s+)?(?:\d+\s+)?(NS|A|AAAA)\s+(\S+)$/i;

/** Reads root hints in the form that IANA publishes as named.root; never throws. */
export function parseRootHints(text: string): ParsedRootHints {
  const lines = text.split(/\r\n|\r|\n/);
  if (lines.length > MAX_LINES) return { wrong: `more than ${MAX_LINES} lines` };
  const file = new HintFile();
  for (const [index, whole] of lines.entries()) {
    const line = whole.replace(/;.*$/, "").trim();
    if (line === "") continue;
    const wrong = file.add(line);
    if (wrong !== null) return { wrong: `line ${index + 1}: ${wrong}` };
  }
  return file.end();
}

class HintFile {
  readonly #servers = new Set<string>();
  readonly #addresses = new Map<string, { ip4: string[]; ip6: string[] }>();

  /** Adds one line; what is wrong with it, or null. */
  add(line: string): string | null {
    const match = LINE.exec(line);
    if (match === null) return `not an NS, A or AAAA record: ${shown(line)}`;
    const [, owner, type, data] = match as unknown as [string, string, string, string];
    const name = dnsName(owner);
    if (name === null) return `not a name: ${shown(owner)}`;
    if (type.toUpperCase() === "NS") return this.#addServer(name, data);
    return this.#addAddress(name, type.toUpperCase() === "A" ? 4 : 6, data);
  }

  #addServer(zone: string, data: string): string | null {
    if (zone !== ROOT) return `NS of ${shown(zone)}, not of the root`;
    const server = dnsName(data);
    if (server === null || server === ROOT) return `not a name: ${shown(data)}`;
    this.#servers.add(server);
    return null;
  }

  #addAddress(name: string, version: 4 | 6, data: string): string | null {
    if (isIP(data) !== version) return `not an IPv${version} address: ${shown(data)}`;
    const known = this.#addresses.get(name) ?? { ip4: [], ip6: [] };
    known[version === 4 ? "ip4" : "ip6"].push(data.toLowerCase());
    this.#addresses.set(name, known);
    return null;
  }

  end(): ParsedRootHints {
    if (this.#servers.size === 0) return { wrong: "no NS record of the root" };
    const hints = Array.from(this.#servers, (name) => ({
      name,
      ...(this.#addresses.get(name) ?? { ip4: [], ip6: [] }),
    })).sort((a, b) => (a.name < b.name ? -1 : 1));
    const bare = hints.find(({ ip4, ip6 }) => ip4.length + ip6.length === 0);
    return bare ? { wrong: `no address of ${bare.name}` } : { hints };
  }
}

/** Enough of a value to find it by. */
function shown(value: string): string {
  return JSON.stringify(value.slice(0, 80));
}
