import type { AnswerOutcome } from "../../domain/audit/names.ts";
import type { AuditSession } from "../audit/session.ts";
import type { Asked } from "./asked.ts";
import { type Followed, followChain, valuesAt } from "./follow-chain.ts";
import type { Question, Reply } from "./message.ts";
import { type Resolver, askResolver, isTold } from "./resolvers.ts";

/** What one resolver said of a name's addresses, aliases followed. */
export interface Lookup {
  readonly outcome: AnswerOutcome;
  /** Sorted, each once; not bounded but by the size of a message. */
  readonly addresses: readonly string[];
  /** Records that the message held beyond those that were read. */
  readonly beyond: number;
  readonly chain: readonly string[];
}

/** Outcomes that say that a name has no address, those first that claim least. */
export const NO_ADDRESS: ReadonlySet<AnswerOutcome> = new Set([
  "cname_limit",
  "cname_loop",
  "no_data",
  "nxdomain",
]);

/** What is looked up. */
export interface Wanted {
  readonly name: string;
  readonly type: "A" | "AAAA";
  /** CD: also what fails the resolver's validation. */
  readonly checkingDisabled: boolean;
}

/** Looks a name up with one resolver once, aliases followed, in at most nine questions of each kind. */
export async function lookUp(
  { name, type, checkingDisabled }: Wanted,
  resolver: Resolver,
  session: AuditSession,
): Promise<Lookup> {
  let followed: Followed = { end: "name", name, chain: [] };
  for (;;) {
    const question: Question = { name: followed.name, type, checkingDisabled };
    const asked = await askResolver(question, resolver, session);
    if (!isTold(asked)) {
      const { end, chain } = await aliasesBehind(name, followed, asked, (alias) =>
        askResolver(alias, resolver, session),
      );
      return lookup(end === "name" ? unanswered(asked) : (`cname_${end}` as const), chain);
    }
    const { reply } = asked;
    followed = followChain(name, followed.chain, reply);
    if (followed.end !== "name") return lookup(`cname_${followed.end}`, followed.chain);
    const addresses = valuesAt(reply.answers, followed.name, type);
    if (addresses.length > 0) {
      return { ...lookup("addresses", followed.chain), addresses, beyond: reply.beyond };
    }
    if (reply.rcode === "NXDOMAIN") return lookup("nxdomain", followed.chain);
    // A resolver that follows aliases ends with the SOA of where there is nothing (RFC 2308); one that does not
    // leaves the rest to the asker.
    if (followed.name === question.name || hasSoa(reply)) return lookup("no_data", followed.chain);
  }
}

/** Resolvers report a circle of aliases as their own failure: the aliases one by one tell. */
async function aliasesBehind(
  name: string,
  from: Followed,
  asked: Asked,
  ask: (question: Question) => Promise<Asked>,
): Promise<Followed> {
  let followed = from;
  if (asked.outcome !== "answered" || asked.reply.rcode !== "SERVFAIL") return from;
  for (;;) {
    const question: Question = { name: followed.name, type: "CNAME", checkingDisabled: true };
    const alias = await ask(question);
    if (!isTold(alias)) return from;
    followed = followChain(name, followed.chain, alias.reply);
    if (followed.end !== "name") return followed;
    if (followed.name === question.name) return from;
  }
}

function hasSoa({ authorities }: Reply): boolean {
  return authorities.some(({ type }) => type === "SOA");
}

function lookup(outcome: AnswerOutcome, chain: readonly string[]): Lookup {
  return { outcome, addresses: [], beyond: 0, chain };
}

function unanswered(asked: Asked): AnswerOutcome {
  switch (asked.outcome) {
    case "answered":
      if (asked.reply.rcode === "REFUSED") return "refused";
      return asked.reply.rcode === "SERVFAIL" ? "servfail" : "malformed";
    case "malformed":
      return "malformed";
    case "timeout":
      return "timeout";
    case "cut":
    case "own_fault":
      return "not_asked";
    default:
      return "resolver_down";
  }
}
