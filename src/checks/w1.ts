import type { PortSight } from "../domain/audit/host.ts";
import { otherFamily } from "../domain/family.ts";
import type { Finding } from "../domain/finding.ts";
import type { ReasonOf } from "../domain/reasons/index.ts";
import type { Check } from "./check.ts";
import { causes, conclude, failedTries } from "./conclude.ts";
import { familyView } from "./family-view.ts";
import { type FamilyCase, perFamily } from "./per-family.ts";
import { portTold } from "./stages.ts";
import { type At, tally } from "./told.ts";

/** W1: every address accepts TCP on 443; differences on port 80 are only ever `warn` and lower nothing. */
export const w1: Check = {
  id: "W1",
  about: ["ip4", "ip6"],
  transport: "own",
  judge: perFamily("W1", (one) => {
    const https = tally(one.addresses.map((view) => portTold(view, "https")));
    const http = tally(one.addresses.map((view) => portTold(view, "http")));
    const evidence = {
      port: one.entry.httpsPort,
      addresses: [...https.good, ...https.bad].map(inShort),
      port_80: [...http.good, ...http.bad].map(inShort),
      ...failedTries(https.bad.map(({ fact }) => fact)),
    };
    const conclusion = (reason: ReasonOf<"W1">, wrong: readonly At<unknown>[] = []): Finding =>
      conclude("W1", one.family, reason, evidence, addressCauses(wrong, one.entry.httpsPort));
    if (https.bad.length > 0) {
      if (https.good.length > 0) return conclusion("some_closed", https.bad);
      const reason = https.missing === null ? closed(http) : "some_closed_rest_unseen";
      return conclusion(reason, https.bad);
    }
    if (https.missing !== null) {
      return conclusion(https.good.length > 0 ? "partly_seen" : https.missing);
    }
    const behind = otherServesHttp(one) && http.bad.length > 0;
    return behind ? conclusion("port_80_differs", http.bad) : conclusion("all_open");
  }),
};

/**
 * Causes that are the addresses themselves: whoever shares one shares the fault. A port of its own is named, because
 * portals at other ports of the address have nothing to do with it.
 */
function addressCauses(wrong: readonly At<unknown>[], port: number) {
  return causes(
    "address",
    wrong.map(({ address }) => (port === HTTPS_PORT ? address : withPort(address, port))),
  );
}

const HTTPS_PORT = 443;

function withPort(address: string, port: number): string {
  return address.includes(":") ? `[${address}]:${port}` : `${address}:${port}`;
}

function closed(http: ReturnType<typeof tally<PortSight>>): ReasonOf<"W1"> {
  if (http.good.length > 0) return "only_port_80";
  return http.missing === null ? "none_open" : "port_443_closed";
}

function otherServesHttp({ entry, family }: FamilyCase): boolean {
  const other = familyView(entry, otherFamily(family));
  if (other.presence !== "some") return false;
  return other.addresses.some((view) => portTold(view, "http").is === "good");
}

function inShort({ address, fact }: At<PortSight>) {
  return { address, outcome: fact.outcome, code: fact.code };
}
