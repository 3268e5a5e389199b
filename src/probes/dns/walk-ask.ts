import { isUnseen } from "../../domain/audit/sight.ts";
import { type AuthorityTools, askAuthority } from "./authority.ts";
import type { Question, Reply } from "./message.ts";
import type { WalkBudget } from "./walk-budget.ts";
import { type WalkServer, type WalkZone, isUseful } from "./walk-zone.ts";

/** Addresses of one zone that are asked for one answer. */
const MAX_CANDIDATES = 8;

/** An answer that helps on, and the address that gave it. */
export interface Useful {
  readonly reply: Reply;
  readonly address: string;
}

/** What is needed to ask the servers of a zone. */
export interface ZoneAsker extends AuthorityTools {
  readonly budget: WalkBudget;
  /** Where among a zone's servers to begin: the same for one portal, spread over all. */
  readonly turn: number;
}

interface Candidate {
  readonly address: string;
  /** Those that have it; none where it is the parent's. */
  readonly servers: readonly WalkServer[];
}

/**
 * Asks a zone's servers over IPv6 until one gives an answer that helps on: the one that did so last or one by
 * turn, then all others at once, so that a row of silent ones costs the time of two. Null if none does.
 */
export async function askZone(
  zone: WalkZone,
  question: Question,
  asker: ZoneAsker,
): Promise<Useful | null> {
  const [first, ...rest] = candidates(zone, asker.turn);
  if (first === undefined) return null;
  return asker.budget.timed(async () => {
    const told = await askOne(zone, question, first, asker);
    if (told !== null) return told;
    const others = await Promise.all(rest.map((each) => askOne(zone, question, each, asker)));
    return others.find((useful) => useful !== null) ?? null;
  });
}

function candidates(zone: WalkZone, turn: number): Candidate[] {
  const { servers, shared, good } = zone;
  const start = servers.length === 0 ? 0 : turn % servers.length;
  const turned = [...servers.slice(start), ...servers.slice(0, start)];
  const rounds = Math.max(0, ...turned.map(({ addresses6 }) => addresses6.length));
  const addresses = new Set<string>();
  for (let round = 0; round < rounds; round += 1) {
    for (const { addresses6 } of turned) {
      const address = addresses6[round];
      if (address !== undefined) addresses.add(address);
    }
  }
  if (shared !== null) addresses.add(shared);
  const goodFirst = [...addresses].sort((a, b) => Number(b === good) - Number(a === good));
  return goodFirst.slice(0, MAX_CANDIDATES).map((address) => ({
    address,
    servers: servers.filter(({ addresses6 }) => addresses6.includes(address)),
  }));
}

async function askOne(
  zone: WalkZone,
  question: Question,
  { address, servers }: Candidate,
  asker: ZoneAsker,
): Promise<Useful | null> {
  if (!asker.budget.takeQuestion()) return null;
  const told = await askAuthority(question, address, "either", asker);
  if (isUnseen(told)) {
    if (told.unseen === "refused_here") note(servers, "refused_here");
    else asker.budget.giveUp();
    return null;
  }
  if (told.outcome !== "answered") {
    note(servers, told.outcome);
    return null;
  }
  const { reply } = told;
  if (!isUseful(reply, zone, question.name)) {
    note(servers, "lame");
    const refused = reply.rcode === "REFUSED" || reply.rcode === "SERVFAIL";
    if (!refused) for (const server of servers) server.wrong = true;
    return null;
  }
  note(servers, "answered");
  zone.good = address;
  return { reply, address };
}

/** Keeps the best that any address of a server came to. */
function note(servers: readonly WalkServer[], outcome: NonNullable<WalkServer["outcome"]>): void {
  for (const server of servers) {
    if (server.outcome !== "answered") server.outcome = outcome;
  }
}
