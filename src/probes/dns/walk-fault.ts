import type { CutFault } from "../../domain/audit/zone.ts";
import { isUnseen } from "../../domain/audit/sight.ts";
import { askAuthority } from "./authority.ts";
import { NO_ADDRESS } from "./lookup.ts";
import type { Question } from "./message.ts";
import type { NameLookup } from "./name-lookup.ts";
import type { ZoneAsker } from "./walk-ask.ts";
import { type WalkServer, type WalkZone, isUseful } from "./walk-zone.ts";

/** Servers that are asked over IPv4 too, to see whether their silence is a matter of the family. */
const MAX_COMPARED = 4;

/** What faults are looked into with. */
export interface FaultTools extends ZoneAsker {
  /** The resolver's view, over whatever transport it uses. */
  readonly lookUp: NameLookup;
}

/** Troubles of servers without address, those first that say most about the whole. */
const ORDER: readonly CutFault[] = [
  "limit",
  "rate_limited",
  "loop",
  "glue_missing",
  "out_of_zone_ns_unresolvable",
  "ns_without_aaaa",
];

/** Why none of a zone's servers helped on with this question; `target` is the name that the walk is about. */
export async function faultOf(
  zone: WalkZone,
  question: Question,
  target: string,
  tools: FaultTools,
): Promise<CutFault> {
  if (tools.budget.over) return "limit";
  const asked = zone.servers.filter(({ outcome }) => outcome !== null);
  if (asked.length > 0) return faultOfAsked(zone, asked, question, target, tools);
  await Promise.all(zone.servers.map((server) => refine(server, tools)));
  const troubles = new Set(zone.servers.map(({ trouble }) => trouble));
  return ORDER.find((fault) => troubles.has(fault)) ?? "limit";
}

/** Glue is missing only for a server that has an AAAA; that it has one, the resolver may know over IPv4. */
async function refine(server: WalkServer, { lookUp }: FaultTools): Promise<void> {
  if (server.trouble !== "glue_missing") return;
  const { outcome } = (await lookUp(server.name)).answers.ip6;
  if (NO_ADDRESS.has(outcome)) server.trouble = "ns_without_aaaa";
}

async function faultOfAsked(
  zone: WalkZone,
  asked: readonly WalkServer[],
  question: Question,
  target: string,
  tools: FaultTools,
): Promise<CutFault> {
  const reachable = asked.filter(({ outcome }) => outcome !== "refused_here");
  const fault = reachable.some(({ outcome }) => outcome !== "lame") ? "no_answer" : "lame";
  if (reachable.length === 0) return "no_answer";
  if (reachable.every(({ wrong }) => wrong)) return fault;
  const over4 = await overIp4(zone, reachable, question, tools);
  // Who can't be asked over IPv4 may refuse us alone; where this place has no IPv4, be silent to us alone too.
  const untold = fault === "lame" || tools.session.closed("ip4") !== null;
  const alike = over4 === "fails" || (over4 === "not_asked" && untold);
  if (!alike || !(await resolves(target, tools))) return fault;
  for (const server of reachable) server.outcome = "rate_limited";
  return "rate_limited";
}

/** Whether the resolver finds the name: then its servers answer somebody, and it is us whom they refuse. */
async function resolves(target: string, { lookUp }: FaultTools): Promise<boolean> {
  const { ip4, ip6 } = (await lookUp(target)).answers;
  return [ip4, ip6].some(({ outcome }) => outcome === "addresses" || outcome === "no_data");
}

/** How the same question fares over IPv4 with the same servers. */
async function overIp4(
  zone: WalkZone,
  servers: readonly WalkServer[],
  question: Question,
  tools: FaultTools,
): Promise<"works" | "fails" | "not_asked"> {
  const outcomes = await Promise.all(
    servers.slice(0, MAX_COMPARED).map(async ({ name, glue4 }) => {
      const address = glue4[0] ?? (await firstIp4(name, tools));
      if (address === undefined || !tools.budget.takeQuestion()) return "not_asked";
      const told = await askAuthority(question, address, "either", tools);
      if (isUnseen(told)) return "not_asked";
      const works = told.outcome === "answered" && isUseful(told.reply, zone, question.name);
      return works ? "works" : "fails";
    }),
  );
  if (outcomes.includes("works")) return "works";
  return outcomes.includes("fails") ? "fails" : "not_asked";
}

async function firstIp4(name: string, { lookUp }: FaultTools): Promise<string | undefined> {
  return (await lookUp(name)).answers.ip4.addresses[0]?.address;
}
