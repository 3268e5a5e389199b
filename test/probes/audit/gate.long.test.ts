import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type Lab, startLab } from "../../../lab/index.ts";
import { isUnseen } from "../../../src/domain/audit/sight.ts";
import { DeepAudit } from "../../../src/probes/audit/audit.ts";
import { createDnsSight } from "../../../src/probes/dns/index.ts";
import { createAudit } from "../../../src/probes/audit/index.ts";
import { vantage } from "../support/runs.ts";
import { withTcp } from "../../../src/probes/audit/dial.ts";
import { LiveVantage } from "../../../src/prober/live-vantage.ts";
import { at, toolsOf } from "./support/tools.ts";
import { auditOf, auditOrder, entryOf, labAuditOptions, word } from "./support/lab-audits.ts";

let lab: Lab;
beforeAll(async () => {
  lab = await startLab({ only: ["healthy", "headers-slow", "dead", "redirect-good", "idn"] });
});
afterAll(() => lab.stop());
beforeEach((context) => context.skip(!lab.ip6, "no IPv6 loopback on this machine"));

const CLOSED = { families: { ip4: false, ip6: false }, resolverUsable: false };

describe("while a family's gate is closed", () => {
  test.each([
    ["ip6", "vantage_no_ipv6"],
    ["ip4", "vantage_no_ipv4"],
  ] as const)("nothing is sent over %s and everything of it is %s", async (family, reason) => {
    const before = lab.connections("redirect-good")[family];
    const gate = vantage({ closed: [family] });
    const observation = await auditOf(lab, "redirect-good", { order: { gate } });
    expect(lab.connections("redirect-good")[family]).toBe(before);
    const { address, https, http, tls, versions, answer, plain } = entryOf(observation, family);
    expect(address.usable).toBe(true);
    const sights = [https, http, tls, versions.TLSv1, answer, plain];
    expect(new Set(sights.map(word))).toEqual(new Set([reason]));
    expect(word(observation.facts.chains[family])).toBe(reason);
    expect(word(observation.facts.page.pages[family])).toBe(reason);
    expect(word(observation.facts.page.parity)).toBe(reason);
    expect(observation.facts.gate.before.families[family]).toBe(false);
    const other = family === "ip4" ? "ip6" : "ip4";
    expect(word(observation.facts.chains[other])).toBe("arrived");
  });
});

describe("a gate that closes during an audit", () => {
  test("closes for everything that has not been sent", async () => {
    let state = vantage();
    // As the prober's: read anew, it says what is known at that moment.
    const gate = new LiveVantage(state);
    const before = lab.connections("redirect-good").ip6;
    const progress = (step: string) => {
      if (step !== "addresses") return;
      state = vantage({ closed: ["ip6"] });
      gate.update(state);
    };
    const order = { gate, progress, confirmGate: async () => state };
    const observation = await auditOf(lab, "redirect-good", { order });
    expect(lab.connections("redirect-good").ip6).toBe(before);
    expect(observation.facts.gate.before.families.ip6).toBe(true);
    expect(word(entryOf(observation, "ip6").https)).toBe("vantage_no_ipv6");
    expect(word(observation.facts.chains.ip4)).toBe("arrived");
  });

  test("closes for who waits for a turn at the address", async () => {
    let open = true;
    const tools = toolsOf({ session: { openNow: () => open } });
    const release = await tools.session.turnAt("127.0.0.1");
    const waiting = withTcp(at(9), tools, async () => "connected");
    open = false;
    release();
    expect(await waiting).toEqual({ unseen: "vantage_no_ipv4" });
  });
});

describe("the gate after an audit", () => {
  test("is what the second look said", async () => {
    const confirmGate = async () => vantage({ closed: ["ip6"], dns64Prefix: "64:ff9b::/96" });
    const { facts } = await auditOf(lab, "healthy", { order: { confirmGate } });
    expect(facts.gate.before.families).toEqual({ ip4: true, ip6: true });
    expect(facts.gate.after).toMatchObject({
      families: { ip4: true, ip6: false },
      dns64Prefix: "64:ff9b::/96",
    });
  });

  test("is taken after the last packet", async () => {
    let atLook = -1;
    const sent = () => Object.values(lab.connections("idn")).reduce((a, b) => a + b);
    const confirmGate = async () => {
      atLook = sent();
      return vantage();
    };
    await auditOf(lab, "idn", { order: { confirmGate } });
    expect(atLook).toBe(sent());
  });

  test("proves nothing where the second look fails or never ends", async () => {
    const faults: string[] = [];
    const options = { onFault: (fault: Error) => void faults.push(fault.message) };
    const failing = { confirmGate: () => Promise.reject(new Error("no self-test")) };
    const failed = await auditOf(lab, "healthy", { options, order: failing });
    expect(failed.facts.gate.after).toMatchObject(CLOSED);
    expect(faults).toEqual(["audit: gate"]);
    const endless = { confirmGate: () => new Promise<never>(() => undefined) };
    const short = { timeoutMs: 3000 };
    const hung = await auditOf(lab, "healthy", { options: short, order: endless });
    expect(hung.facts.gate.after).toMatchObject(CLOSED);
  });
});

describe("an audit always ends with what it has", () => {
  test("at its deadline: what was not seen by then is deadline", async () => {
    const limits = { tcpMs: 20_000, tlsMs: 20_000, httpMs: 20_000, gateMs: 100 };
    const options = { timeoutMs: 2000, limits };
    const observation = await auditOf(lab, "headers-slow", { options });
    const { https, tls, answer } = entryOf(observation);
    expect([https, tls, answer].map(word)).toEqual(["open", "completed", "deadline"]);
    expect(word(observation.facts.chains.ip4)).toBe("deadline");
    expect(word(observation.facts.page.securityTxt)).toBe("deadline");
    const dead = await auditOf(lab, "dead", { options });
    expect(word(entryOf(dead, "ip6").https)).toBe("deadline");
  });

  test("when it is cut, at once or before it began", async () => {
    const cut = new AbortController();
    const progress = () => cut.abort();
    const order = { signal: cut.signal, progress };
    const observation = await auditOf(lab, "healthy", { order });
    expect(observation.facts.hosts[0]).toMatchObject({ role: "entry", addresses: [] });
    expect(word(observation.facts.zone)).toBe("deadline");
    const again = await auditOf(lab, "healthy", { order: { signal: cut.signal } });
    expect(again.facts.gate.after).toMatchObject(CLOSED);
  });

  test("at a fault of ours: what it kept from being seen is own_fault, and the fault is told", async () => {
    const faults: Error[] = [];
    const options = labAuditOptions(lab, { onFault: (fault) => void faults.push(fault) });
    const { dnsServers, rootHints, authorityPort } = options;
    const broken = {
      ...createDnsSight({ servers: dnsServers, rootHints, authorityPort }),
      seeZone: () => Promise.reject(new Error("a fault of ours")),
      seeMail: () => {
        throw new TypeError("another");
      },
    };
    const audit = new DeepAudit(options, broken);
    const { facts } = await audit.run({ url: lab.portal("healthy").url }, auditOrder());
    audit.close();
    expect([facts.zone, facts.mail].map(word)).toEqual(["own_fault", "own_fault"]);
    expect(word(facts.chains.ip4)).toBe("arrived");
    expect(faults.map(({ message }) => message).sort()).toEqual(["audit: mail", "audit: zone"]);
  });

  test("for a URL that is none, and with whoever is told of steps broken", async () => {
    const faults: string[] = [];
    const onFault = (fault: Error) => void faults.push(fault.message);
    const audit = createAudit(labAuditOptions(lab, { onFault }));
    const nothing = await audit.run({ url: "gopher://x" }, auditOrder());
    expect(nothing.facts.hosts).toHaveLength(1);
    expect(isUnseen(nothing.facts.zone) && nothing.facts.zone.unseen).toBe("own_fault");
    const progress = () => {
      throw new Error("listener");
    };
    const { facts } = await audit.run({ url: lab.portal("healthy").url }, auditOrder({ progress }));
    audit.close();
    expect(word(facts.chains.ip6)).toBe("arrived");
    expect(new Set(faults)).toEqual(new Set(["not a web address", "audit: progress"]));
  });
});
