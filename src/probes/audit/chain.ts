import type { SecureContext } from "node:tls";
import type { ChainSight, HopSight } from "../../domain/audit/host.ts";
import { type Sight, type Unseen, isUnseen, unseen } from "../../domain/audit/sight.ts";
import type { FailureKind } from "../../domain/failure.ts";
import type { Family } from "../../domain/family.ts";
import { isRedirect } from "../../domain/status-set.ts";
import { CookieJar } from "../cookies.ts";
import { hostOf } from "../location.ts";
import { maskedUrl } from "../page/index.ts";
import { MAX_REDIRECTS, MAX_TEXT } from "./limits.ts";
import { reachable } from "./reachable.ts";
import type { AuditTools } from "./tools.ts";
import { trySight } from "./try-sight.ts";
import { type Visit, visit } from "./visit.ts";

/** One visit and where it went. */
export interface Stay {
  readonly address: string;
  readonly trust: SecureContext;
  readonly visit: Visit;
}

/** Where a chain begins: the visit of the entry URL that was made already, or null if there was none. */
export interface ChainStart {
  readonly url: URL;
  readonly family: Family;
  readonly first: Stay | null;
}

/** A chain as followed, with what a later fetch of its last page needs. */
export interface Followed {
  readonly sight: Sight<ChainSight>;
  /** Every URL that was gone to or should have been, in order. */
  readonly urls: readonly URL[];
  /** The last page where the chain arrived. */
  readonly end: { readonly url: URL; readonly stay: Stay } | null;
  readonly jar: CookieJar;
}

/** Addresses of a hop that are tried before it counts as failed. */
const MAX_HOP_ADDRESSES = 3;

/**
 * Follows redirects over one family, which it never leaves: a hop to a host that lacks the family ends the chain.
 * Cookies are sent back, certificates are not judged here (each hop's host is looked at by itself).
 */
export function followChain(start: ChainStart, tools: AuditTools): Promise<Followed> {
  return new Chain(start, tools).follow();
}

class Chain {
  readonly #family: Family;
  readonly #tools: AuditTools;
  readonly #jar = new CookieJar();
  readonly #hops: HopSight[] = [];
  readonly #urls: URL[] = [];
  readonly #met = new Set<string>();
  readonly #start: ChainStart;

  constructor(start: ChainStart, tools: AuditTools) {
    this.#start = start;
    this.#family = start.family;
    this.#tools = tools;
  }

  async follow(): Promise<Followed> {
    let { url, first } = this.#start;
    for (;;) {
      this.#urls.push(url);
      this.#met.add(this.#keyOf(url));
      const stay = first ?? (await this.#go(url));
      first = null;
      if ("unseen" in stay) return this.#unseen(stay);
      if ("gap" in stay) return this.#ended(url, null, "family_gap");
      if ("special" in stay) return this.#ended(url, null, "failed", "address_special");
      const { sight, next, setCookies } = stay.visit;
      if (sight.outcome === "failed") return this.#ended(url, stay, "failed", sight.kind);
      if (!isRedirect(sight.status ?? 0)) return this.#arrived(url, stay);
      if (next === null) return this.#ended(url, stay, "invalid");
      this.#note(url, stay);
      this.#jar.store(setCookies, url);
      // The same address with new cookies is another question; without them it has been answered already.
      if (this.#met.has(this.#keyOf(next))) return this.#close("loop", null, null);
      if (this.#hops.length > MAX_REDIRECTS) return this.#close("limit", null, null);
      url = next;
    }
  }

  #keyOf(url: URL): string {
    return `${url.href} ${this.#jar.header(url)}`;
  }

  /** Goes to a hop at the first of its addresses that answers. */
  async #go(url: URL): Promise<Stay | Unseen | { gap: true } | { special: true }> {
    const { session, nameOf } = this.#tools;
    const name = await nameOf(hostOf(url));
    const found = reachable(name.answers[this.#family], this.#family, session);
    if ("unseen" in found || "gap" in found || "special" in found) return found;
    let last: Stay | Unseen = unseen("not_reached");
    for (const address of found.addresses.slice(0, MAX_HOP_ADDRESSES)) {
      last = await this.#tryAt(url, address);
      if ("unseen" in last || last.visit.sight.outcome === "answered") break;
    }
    return last;
  }

  async #tryAt(url: URL, address: string): Promise<Stay | Unseen> {
    const { session, offers } = this.#tools;
    const cookie = this.#jar.header(url);
    // The least demands: whether a handshake takes more than they should is told of the hop's host.
    const trust = offers.lenient;
    const order = { url, family: this.#family, address, trust, cookie };
    const tried = await trySight(
      session,
      () => visit(order, this.#tools),
      ({ sight }) => sight.outcome === "failed",
    );
    return isUnseen(tried.outcome) ? tried.outcome : { address, trust, visit: tried.outcome };
  }

  #note(url: URL, stay: Stay | null): void {
    const sight = stay?.visit.sight;
    this.#hops.push({
      url: maskedUrl(url.href.slice(0, MAX_TEXT)),
      address: stay?.address ?? null,
      status: sight?.status ?? null,
      leadsTo: sight?.leadsTo ?? null,
    });
  }

  #ended(
    url: URL,
    stay: Stay | null,
    outcome: ChainSight["outcome"],
    kind: FailureKind | null = null,
  ): Followed {
    this.#note(url, stay);
    return this.#close(outcome, kind, null);
  }

  #arrived(url: URL, stay: Stay): Followed {
    this.#note(url, stay);
    return this.#close("arrived", null, { url, stay });
  }

  #close(outcome: ChainSight["outcome"], kind: FailureKind | null, end: Followed["end"]): Followed {
    const finalUrl = end ? maskedUrl(end.url.href.slice(0, MAX_TEXT)) : null;
    const sight = { hops: this.#hops, outcome, kind, finalUrl };
    return { sight, urls: this.#urls, end, jar: this.#jar };
  }

  #unseen(sight: Unseen): Followed {
    return { sight, urls: this.#urls, end: null, jar: this.#jar };
  }
}
