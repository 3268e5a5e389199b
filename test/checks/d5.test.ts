import { describeCheck } from "./support/describe-check.ts";
import { entry, seen, zoneOf } from "./support/parts.ts";

const outcome = (outcome: "insecure" | "bogus" | "unproven" | "resolver_failed") => {
  return (o: Parameters<typeof zoneOf>[0]) => void (seen(zoneOf(o).dnssec).outcome = outcome);
};

describeCheck("D5", [
  { when: "a validating resolver says so", gives: ["pass", "signed"] },
  {
    when: "the zone is not signed",
    change: outcome("insecure"),
    gives: ["warn", "unsigned"],
    causes: ["zone example.gov.vn"],
  },
  { when: "the signatures are wrong", change: outcome("bogus"), gives: ["fail", "bogus"] },
  {
    when: "the resolver does not validate",
    change: outcome("unproven"),
    gives: ["unknown", "resolver_does_not_validate"],
  },
  {
    when: "the resolver did not answer",
    change: outcome("resolver_failed"),
    gives: ["unknown", "resolver_failed"],
  },
  {
    when: "somebody may have tampered with the answer",
    change: (o) => {
      outcome("bogus")(o);
      o.facts.gate.before = { ...o.facts.gate.before, resolverDoubtful: true };
    },
    gives: ["unknown", "resolver_doubtful"],
  },
  {
    when: "this was not asked",
    change: (o) => void (zoneOf(o).dnssec = { unseen: "resolver_unusable" }),
    gives: ["unknown", "resolver_unusable"],
  },
  {
    when: "the portal is registered by an address",
    change: (o) => void (entry(o).host = "2001:db8:10::1"),
    gives: ["not_applicable", "literal_address"],
  },
]);
