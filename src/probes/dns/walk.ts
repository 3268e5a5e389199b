import type { CutFault } from "../../domain/audit/zone.ts";
import { labelCount, lastLabels, isWithin } from "./dns-name.ts";
import { followChain, valuesAt } from "./follow-chain.ts";
import type { Question } from "./message.ts";
import { type Useful, askZone } from "./walk-ask.ts";
import { type FaultTools, faultOf } from "./walk-fault.ts";
import { type WalkServer, type WalkZone, delegationIn } from "./walk-zone.ts";

/** What walking to a name came to. */
export type Walked =
  | { readonly came: "through"; readonly addresses: readonly string[] }
  | { readonly came: "blocked"; readonly zone: string; readonly fault: CutFault };

/** Names of name servers in zones whose name servers are named in zones …: nobody needs more to reach a portal. */
const MAX_DEPTH = 6;

/** Questions with a shortened name (RFC 9156 section 2.3, MAX_MINIMISE_COUNT). */
const MAX_MINIMISED = 10;

/** Resolves names by RD=0 questions over IPv6 alone, from the root on, and remembers the zones that it meets. */
export class Walk {
  readonly #tools: FaultTools;
  readonly #zones = new Map<string, WalkZone>();
  readonly #walked = new Map<string, Walked>();
  readonly #onTheWay = new Set<string>();
  readonly #names: string[] = [];

  constructor(root: WalkZone, tools: FaultTools) {
    this.#zones.set(root.name, root);
    this.#tools = tools;
  }

  /** Zones below the root that hold the portal's name and then its aliases, each from the top down. */
  get path(): WalkZone[] {
    const zones = this.#names.flatMap((name) =>
      Array.from({ length: labelCount(name) }, (_, i) => this.#zones.get(lastLabels(name, i + 1))),
    );
    return [...new Set(zones)].filter((zone) => zone !== undefined);
  }

  /** AAAA of a name, aliases followed; `depth` 0 for the portal, more for names of name servers. */
  async to(name: string, depth = 0): Promise<Walked> {
    const known = this.#walked.get(name);
    if (known !== undefined) return known;
    if (this.#onTheWay.has(name)) return blocked(this.#nearest(name).name, "loop");
    if (depth > MAX_DEPTH) return blocked(this.#nearest(name).name, "limit");
    this.#onTheWay.add(name);
    const walked = await this.#follow(name, depth);
    this.#onTheWay.delete(name);
    // A circle is one only for those who stand in it.
    if (walked.came === "through" || walked.fault !== "loop") this.#walked.set(name, walked);
    return walked;
  }

  async #follow(name: string, depth: number): Promise<Walked> {
    let [current, chain] = [name, [] as readonly string[]];
    for (;;) {
      if (depth === 0) this.#names.push(current);
      const found = await this.#find(current, depth);
      if ("fault" in found) return found;
      const { answers } = found.useful.reply;
      const followed = followChain(name, chain, { answers });
      // Aliases in a circle end nowhere, over whatever family: the servers have answered.
      if (followed.end === "loop") return { came: "through", addresses: [] };
      if (followed.end === "limit") return blocked(found.zone.name, "limit");
      const addresses = valuesAt(answers, followed.name, "AAAA");
      // What a server says of names outside its zone is not its to say.
      const own = isWithin(followed.name, found.zone.name);
      if (followed.name === current || (own && addresses.length > 0)) {
        return { came: "through", addresses };
      }
      [current, chain] = [followed.name, followed.chain];
    }
  }

  /** The answer to AAAA of a name, from a server of the zone that holds it. */
  async #find(name: string, depth: number): Promise<Found | Blocked> {
    let zone = this.#nearest(name);
    const final: Question = { name, type: "AAAA" };
    for (let asked = 0, labels = labelCount(zone.name); ;) {
      const stopped = await this.#enter(zone, depth);
      if (stopped !== null) return stopped;
      labels += 1;
      const whole = labels >= labelCount(name) || asked >= MAX_MINIMISED;
      const question: Question = whole ? final : { name: lastLabels(name, labels), type: "NS" };
      const useful = await this.#ask(zone, question, final);
      if ("fault" in useful) return useful;
      asked += 1;
      const child = delegationIn(useful.reply, zone, name, useful.address);
      if (child !== null) {
        if (!this.#meet(child)) return this.#block(child, "limit");
        zone = child;
        labels = labelCount(child.name);
      } else if (whole || useful.question === final) {
        return { useful, zone };
      } else if (useful.reply.rcode === "NXDOMAIN") {
        // Some servers deny names that have nothing but names below them (RFC 8020): the whole name decides.
        labels = labelCount(name) - 1;
      }
    }
  }

  /**
   * Asks a zone's servers up to three times apart, once where they have failed that often before; last the whole name,
   * which all know.
   */
  async #ask(
    zone: WalkZone,
    question: Question,
    final: Question,
  ): Promise<(Useful & { question: Question }) | Blocked> {
    const { session, budget } = this.#tools;
    const once = async (): Promise<(Useful & { question: Question }) | null> => {
      const told = await askZone(zone, question, this.#tools);
      if (told !== null) return { ...told, question };
      // Balancers that play name server know nothing but addresses of whole names.
      const whole = question === final ? null : await askZone(zone, final, this.#tools);
      return whole && { ...whole, question: final };
    };
    const hasFailed = zone.fault !== null;
    const mayChange = () => !hasFailed && !budget.over && zone.servers.some(isAway);
    const { outcome: useful } = await session.tries(once, (told) => told === null && mayChange());
    if (useful !== null) return useful;
    return this.#block(zone, await faultOf(zone, final, final.name, this.#tools));
  }

  /** Learns the addresses of a zone's servers over IPv6; not null if that leads in a circle. */
  async #enter(zone: WalkZone, depth: number): Promise<Blocked | null> {
    if (zone.stage === "entered") return null;
    if (zone.stage === "entering") {
      const some = zone.servers.some(({ addresses6 }) => addresses6.length > 0);
      return some ? null : blocked(zone.name, "loop");
    }
    zone.stage = "entering";
    for (const server of zone.servers) {
      if (server.addresses6.length > 0) continue;
      const enough = depth > 0 && zone.servers.some(({ addresses6 }) => addresses6.length > 0);
      if (server.inZone) await this.#askShared(zone, server);
      else if (!enough) await this.#walkTo(server, depth);
    }
    // Walked in the middle of a circle, its servers may be found once the circle is left.
    const circle = zone.servers.some(({ trouble }) => trouble === "loop");
    zone.stage = circle && depth > 0 ? "met" : "entered";
    return null;
  }

  async #walkTo(server: WalkServer, depth: number): Promise<void> {
    const walked = await this.to(server.name, depth + 1);
    server.trouble = null;
    if (walked.came === "through") {
      server.addresses6 = walked.addresses.slice(0, MAX_ADDRESSES);
      if (server.addresses6.length === 0) server.trouble = "ns_without_aaaa";
    } else {
      server.trouble = OURS.has(walked.fault) ? walked.fault : "out_of_zone_ns_unresolvable";
    }
  }

  /** Nobody but the parent can tell the address, unless a server of both zones answers. */
  async #askShared(zone: WalkZone, server: WalkServer): Promise<void> {
    server.trouble = "glue_missing";
    if (zone.shared === null) return;
    const question: Question = { name: server.name, type: "AAAA" };
    const told = await askZone({ ...zone, servers: [] }, question, this.#tools);
    if (told === null) return;
    server.addresses6 = valuesAt(told.reply.answers, server.name, "AAAA").slice(0, MAX_ADDRESSES);
    server.trouble = server.addresses6.length > 0 ? null : "ns_without_aaaa";
  }

  #meet(zone: WalkZone): boolean {
    this.#zones.set(zone.name, zone);
    return this.#tools.budget.takeCut();
  }

  #block(zone: WalkZone, fault: CutFault): Blocked {
    zone.fault = fault;
    return blocked(zone.name, fault);
  }

  /** The deepest zone above a name that the walk has met. */
  #nearest(name: string): WalkZone {
    for (let labels = labelCount(name); labels > 0; labels -= 1) {
      const zone = this.#zones.get(lastLabels(name, labels));
      if (zone !== undefined) return zone;
    }
    return this.#zones.get(lastLabels(name, 0))!;
  }
}

/** Whether a server was asked and may answer another time. */
function isAway({ outcome }: WalkServer): boolean {
  return outcome !== null && outcome !== "refused_here";
}

/** Addresses of one server that are asked. */
const MAX_ADDRESSES = 8;

/** Faults that keep their meaning when they concern the name of a name server. */
const OURS: ReadonlySet<CutFault> = new Set(["loop", "limit", "rate_limited"]);

type Blocked = Extract<Walked, { came: "blocked" }>;

interface Found {
  readonly useful: Useful;
  readonly zone: WalkZone;
}

function blocked(zone: string, fault: CutFault): Blocked {
  return { came: "blocked", zone, fault };
}
