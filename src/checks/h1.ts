import type { TlsSight } from "../domain/audit/host.ts";
import type { Check } from "./check.ts";
import { causes, conclude, failedTries } from "./conclude.ts";
import { perFamily } from "./per-family.ts";
import { certificateTold, portTold, tlsTold } from "./stages.ts";
import { type At, tally } from "./told.ts";
import { faultOf } from "./w3.ts";

/** H1: HTTPS with a valid certificate at every address that accepts TCP on 443. */
export const h1: Check = {
  id: "H1",
  about: ["ip4", "ip6"],
  transport: "own",
  judge: perFamily("H1", ({ family, entry, addresses }) => {
    const port = tally(addresses.map((view) => portTold(view, "https")));
    const tls = tally(addresses.map(tlsTold));
    const certificate = tally(addresses.map(certificateTold));
    const evidence = {
      host: entry.host,
      port: entry.httpsPort,
      addresses: port.good.map(({ address }) => address),
    };
    if (tls.bad.length > 0) {
      const tries = failedTries(tls.bad.map(({ fact }) => fact));
      const all = { ...evidence, at: tls.bad.map(({ address }) => address), ...tries };
      return conclude("H1", family, "tls_fails", all, causes("host", [entry.host]));
    }
    if (certificate.bad.length > 0) {
      const all = { ...evidence, at: certificate.bad.map(inShort) };
      const leaves = certificate.bad.flatMap(({ fact }) => fact.chain.slice(0, 1));
      const named =
        leaves.length > 0 ? causes("certificate", leaves) : causes("host", [entry.host]);
      return conclude("H1", family, "certificate_faulty", all, named);
    }
    if (certificate.missing !== null) return conclude("H1", family, certificate.missing, evidence);
    if (certificate.good.length > 0) return conclude("H1", family, "valid", evidence);
    const all = { ...evidence, ...failedTries(port.bad.map(({ fact }) => fact)) };
    return conclude("H1", family, "port_443_closed", all, causes("host", [entry.host]));
  }),
};

function inShort({ address, fact }: At<TlsSight>) {
  return { address, fingerprint: fact.chain[0] ?? null, fault: faultOf(fact) };
}
