import type { AddressSight, HostSight } from "../../../src/domain/audit/host.ts";
import type { AuditObservation } from "../../../src/domain/audit/observation.ts";
import type { UnseenReason } from "../../../src/domain/audit/sight.ts";
import type { ZoneSight } from "../../../src/domain/audit/zone.ts";
import type { Family } from "../../../src/domain/family.ts";
import type { Draft } from "./portal.ts";

type Observation = Draft<AuditObservation>;

/** The entry host of an observation. */
export function entry(observation: Observation): Draft<HostSight> {
  const [first] = observation.facts.hosts;
  if (!first) throw new Error("An observation without host");
  return first;
}

/** The visited addresses of one family of the entry host. */
export function visited(observation: Observation, family: Family): Draft<AddressSight>[] {
  return entry(observation).addresses.filter((one) => one.family === family);
}

/** The first visited address of a family, for a defect at one of several. */
export function one(observation: Observation, family: Family): Draft<AddressSight> {
  const [first] = visited(observation, family);
  if (!first) throw new Error(`No address of ${family}`);
  return first;
}

/** The zone, which a test takes to have been seen. */
export function zoneOf(observation: Observation): Draft<ZoneSight> {
  const { zone } = observation.facts;
  if ("unseen" in zone) throw new Error("The zone was not seen");
  return zone;
}

/** A fact that is there, to be changed. */
export function seen<Fact extends object>(sight: Fact | { unseen: UnseenReason }): Fact {
  if ("unseen" in sight) throw new Error("Not seen");
  return sight;
}

/** The name has no address of this family, as two attempts say. */
export function withoutFamily(observation: Observation, family: Family): void {
  removeFamily(entry(observation), family);
}

/** A host's name has no address of this family. */
export function removeFamily(host: Draft<HostSight>, family: Family): void {
  const answer = host.name.answers[family];
  answer.outcome = "no_data";
  answer.addresses = [];
  for (const attempt of answer.attempts) attempt.outcome = "no_data";
  host.addresses = host.addresses.filter((address) => address.family !== family);
}
