import { isIP } from "node:net";
import { judgeCertificate } from "../domain/judge-certificate.ts";
import { type Skip, type Stop, isEnd } from "../domain/probe-facts.ts";
import { gateFailure } from "../domain/vantage.ts";
import type { Answer, Request } from "./answer.ts";
import { exchange } from "./exchange.ts";
import { type Found, findAddresses, usableAddresses } from "./find-addresses.ts";
import { hostOf } from "./location.ts";
import { type Connection, openConnection } from "./open-connection.ts";
import type { ProbeTools, Run } from "./run.ts";

/** This family has no record of the host while the other one has. */
export const OTHER_FAMILY_ONLY = "other_family_only";

/**
 * Goes to one URL over the family of the run: finds addresses, connects, looks at the certificate, asks once.
 * What was seen is kept in the run, one hop whatever it comes to. While the gate of the family is closed it ends
 * after the lookup, so that no packet goes to the portal.
 */
export async function visit(
  request: Request,
  tools: ProbeTools,
  run: Run,
): Promise<Answer | typeof OTHER_FAMILY_ONLY | Stop | Skip> {
  const url = request.url.href;
  const connection = await arrive(request.url, tools, run);
  if (connection === OTHER_FAMILY_ONLY || isEnd(connection)) {
    run.hops.push({ url, address: null, status: null, ...NO_CERTIFICATE });
    return connection;
  }
  const { socket, address, release } = connection;
  const seen = lookAtCertificate(connection, tools, run);
  try {
    const answer = await exchange(socket, request, run.deadline);
    run.hops.push({ url, address, status: isEnd(answer) ? null : answer.status, ...seen });
    return answer;
  } finally {
    socket.destroy();
    release();
  }
}

async function arrive(
  url: URL,
  tools: ProbeTools,
  run: Run,
): Promise<Connection | typeof OTHER_FAMILY_ONLY | Stop | Skip> {
  const found = await find(hostOf(url), run);
  if (isEnd(found)) return doubt(found, run);
  if (found.found === "other_family_only") {
    return run.gate.resolver.doubtful && isIP(hostOf(url)) === 0 ? WITHHELD : OTHER_FAMILY_ONLY;
  }
  if (run.hops.length === 0) run.addresses = found.addresses;
  if (!run.gate.families[run.family].healthy) {
    return { stop: gateFailure(run.family), phase: "resolve", code: null };
  }
  const usable = usableAddresses(found.addresses, tools.policy);
  return isEnd(usable) ? usable : openConnection(url, usable, tools, run);
}

/** Records may be withheld or invented here: their absence is nobody's fault that we know of. */
const WITHHELD: Stop = { stop: "resolver_unusable", phase: "resolve", code: null };

function doubt(end: Stop | Skip, run: Run): Stop | Skip {
  const absent = "stop" in end && end.stop === "no_address_at_all";
  return absent && run.gate.resolver.doubtful ? WITHHELD : end;
}

async function find(host: string, run: Run): Promise<Found | Stop | Skip> {
  const startedAt = performance.now();
  const { dns, family, deadline, gate } = run;
  const found = await findAddresses(host, { dns, family, deadline, dns64Prefix: gate.dns64Prefix });
  if (run.deadline.remaining() > 0) run.phasesMs.resolve += performance.now() - startedAt;
  return found;
}

const NO_CERTIFICATE = { certificateFaults: [], chainCode: null } as const;

function lookAtCertificate({ certificate }: Connection, tools: ProbeTools, run: Run) {
  if (certificate === null) return NO_CERTIFICATE;
  const certificateFaults = judgeCertificate(certificate.sight, tools.clock());
  // The certificate that is stored is the first bad one, so that it explains the failure; else the last one.
  if (run.hops.every((hop) => hop.certificateFaults.length === 0)) {
    run.certificate = certificate.facts;
  }
  return { certificateFaults, chainCode: certificate.sight.chainCode };
}
