import { dnsName } from "../dns/dns-name.ts";
import { hostOf, portOf } from "../location.ts";
import { REFERENCE_LIMIT, URL_LIMIT } from "./limits.ts";
import type { Reference } from "./reference.ts";
import { stableUrl } from "./stable-url.ts";

/** What a page loads from one host. */
export interface HostUse {
  urls: number;
  readonly kinds: Set<string>;
  /** How many URLs lead to each port. */
  readonly ports: Map<number, number>;
}

/** The sub-resources of one page, by host. */
export interface ResourceUrls {
  readonly hosts: ReadonlyMap<string, HostUse>;
  /** Distinct URLs, at most URL_LIMIT. */
  readonly urls: number;
  /** Whether a bound ended the counting. */
  readonly cut: boolean;
  /** The first `http:` URLs on an https page, without what is volatile, and how many there are. */
  readonly mixed: readonly string[];
  readonly mixedCount: number;
}

/** Longest URL that is counted, as in location.ts (RFC 9110 section 4.1). */
const URL_LENGTH = 8000;

/** Examples of mixed content that are kept, and the characters of each. */
const MIXED_SHOWN = 10;
const MIXED_LENGTH = 500;

/** A scheme at the start of a URL, which tells megabytes of `data:` from what can be asked for. */
const SCHEME = /^([a-z][a-z\d+.-]{0,30}):/i;

/** Collects references and resolves them; every bound is on what is kept and on what is looked at. */
export class ResourceCollector {
  readonly #secure: boolean;
  readonly #seen = new Set<string>();
  readonly #hosts = new Map<string, HostUse>();
  readonly #mixed = new Set<string>();
  #base: string;
  #baseSet = false;
  #upgrades = false;
  #references = 0;
  #mixedCount = 0;
  #cut = false;

  constructor(pageUrl: string) {
    this.#base = pageUrl;
    this.#secure = URL.parse(pageUrl)?.protocol === "https:";
  }

  /** The first base element that says where (HTML standard, section 4.2.3). */
  setBase(href: string | undefined): void {
    if (this.#baseSet || href === undefined) return;
    this.#baseSet = true;
    const base = URL.parse(href.trim().slice(0, URL_LENGTH), this.#base);
    if (base?.protocol === "http:" || base?.protocol === "https:") this.#base = base.href;
  }

  /** A content security policy, which may turn http into https from here on (upgrade-insecure-requests). */
  readPolicy(policy: string): void {
    this.#upgrades ||= /(?:^|[;,])\s*upgrade-insecure-requests\s*(?:[;,]|$)/i.test(policy);
  }

  /** Takes references until a bound is met. */
  take(references: Iterable<Reference>): void {
    if (this.#cut) return;
    for (const reference of references) {
      this.#references += 1;
      this.#cut = this.#references > REFERENCE_LIMIT || this.#seen.size >= URL_LIMIT;
      if (this.#cut) return;
      this.#add(reference);
    }
  }

  facts(): ResourceUrls {
    return {
      hosts: this.#hosts,
      urls: this.#seen.size,
      cut: this.#cut,
      mixed: [...this.#mixed],
      mixedCount: this.#mixedCount,
    };
  }

  #add({ kind, url: text }: Reference): void {
    const url = this.#resolve(text);
    if (url === null) return;
    const host = hostOf(url);
    const use = this.#hosts.get(host) ?? { urls: 0, kinds: new Set(), ports: new Map() };
    this.#hosts.set(host, use);
    use.kinds.add(kind);
    if (this.#seen.has(url.href)) return;
    this.#seen.add(url.href);
    use.urls += 1;
    use.ports.set(portOf(url), (use.ports.get(portOf(url)) ?? 0) + 1);
    if (this.#secure && url.protocol === "http:") this.#addMixed(url.href);
  }

  #addMixed(url: string): void {
    this.#mixedCount += 1;
    if (this.#mixed.size < MIXED_SHOWN) this.#mixed.add(stableUrl(url.slice(0, MIXED_LENGTH)));
  }

  /** Null for what makes a browser send nothing: no URL, another scheme, no possible host, a part of the page itself. */
  #resolve(text: string): URL | null {
    const trimmed = text.trim();
    if (trimmed === "" || trimmed.length > URL_LENGTH || trimmed.startsWith("#")) return null;
    const scheme = SCHEME.exec(trimmed)?.[1]?.toLowerCase() ?? "http";
    if (scheme !== "http" && scheme !== "https") return null;
    const url = URL.parse(trimmed, this.#base);
    if (url === null || (url.protocol !== "http:" && url.protocol !== "https:")) return null;
    if (dnsName(hostOf(url)) === null) return null;
    url.hash = "";
    if (this.#secure && this.#upgrades && url.protocol === "http:") url.protocol = "https:";
    return url;
  }
}
