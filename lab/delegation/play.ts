import type { Family } from "../../src/domain/family.ts";
import { openTcp, openUdp } from "../dns-server.ts";
import { answerFrom } from "./authoritative.ts";
import { answerer } from "./encode-said.ts";
import type { Hierarchy, PlanServer, ServerMode } from "./hierarchy.ts";
import { type Validation, resolve } from "./resolve.ts";

/** A hierarchy that answers. */
export interface PlayedHierarchy {
  readonly close: () => Promise<void>;
}

/** Where a hierarchy plays. */
export interface Stage {
  /** Of all name servers. */
  readonly authorityPort: number;
  /** The resolver's, on 127.0.0.1. */
  readonly resolverPort: number;
  /** Default: it validates, and the zones are secure. */
  readonly validation?: Validation;
}

/** Opens all name servers of a hierarchy and a resolver that knows their zones; throws where an address is missing. */
export async function playHierarchy(hierarchy: Hierarchy, stage: Stage): Promise<PlayedHierarchy> {
  const closers: (() => Promise<void>)[] = [];
  for (const server of hierarchy.servers) {
    for (const family of ["ip4", "ip6"] as const) {
      closers.push(...(await openServer(server, family, stage.authorityPort)));
    }
  }
  const validation = stage.validation ?? "secure";
  const answer = (limit: number | null) =>
    answerer(limit, (query) => resolve(query, hierarchy, validation));
  closers.push(await openUdp("127.0.0.1", stage.resolverPort, answer(null)));
  closers.push(await openTcp("127.0.0.1", stage.resolverPort, answer(NO_LIMIT)));
  return { close: async () => void (await Promise.all(closers.map((close) => close()))) };
}

const NO_LIMIT = 65_535;

async function openServer(server: PlanServer, family: Family, port: number) {
  const zones = (family === "ip6" && server.zones6) || server.zones;
  const closers: (() => Promise<void>)[] = [];
  const [udp, tcp] = [server.udp?.[family] ?? "answer", server.tcp?.[family] ?? "answer"];
  const answers = (mode: ServerMode, limit: number | null) =>
    answerer(mode === "truncate" ? 0 : limit, (query) => {
      if (mode === "silent") return null;
      if (mode === "refuse") return { ...answerFrom([], query.packet.questions![0]!) };
      return answerFrom(zones, query.packet.questions![0]!);
    });
  if (udp !== "closed") closers.push(await openUdp(server[family], port, answers(udp, null)));
  if (tcp !== "closed") closers.push(await openTcp(server[family], port, answers(tcp, NO_LIMIT)));
  return closers;
}
