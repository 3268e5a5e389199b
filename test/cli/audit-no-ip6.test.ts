import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { CHECKS } from "../../src/checks/index.ts";
import { inNamespace, whyNoNamespace } from "../support/network-namespace.ts";
import type { AuditJson } from "./support/audit-lab.ts";

const why = await whyNoNamespace();

/** Turns IPv6 off in the namespace, and becomes the program. */
const WITHOUT_IP6 = 'echo 1 > /proc/sys/net/ipv6/conf/all/disable_ipv6 && exec "$@"';

const PLAY = fileURLToPath(new URL("audit-no-ip6.play.ts", import.meta.url));

const TRANSPORT = new Map(CHECKS.map(({ id, transport }) => [id as string, transport]));

type Finding = AuditJson["findings"][number];

/** Whether a packet over IPv6 would have had to travel for this to be judged. */
function needsIp6({ check, family }: Finding): boolean {
  const transport = TRANSPORT.get(check);
  return transport === "own" ? family === "ip6" : transport?.includes("ip6") === true;
}

/** The lab's pages load nothing: over no family is there anything to fetch. */
const LOADS_NOTHING = "W8";

test("where there is no IPv6, what needs it is unknown and none of it fails; the rest is judged", async (context) => {
  if (why !== null) context.skip(`no network namespace here: ${why}`);
  const program = ["sh", "-c", WITHOUT_IP6, "sh", process.execPath, PLAY];
  const { code, stdout, stderr } = await inNamespace([], program);
  if (code !== 0) throw new Error(stderr);
  const audits = JSON.parse(stdout) as { id: string; code: number; json: AuditJson }[];
  expect(audits.map(({ id }) => id)).toEqual(
    expect.arrayContaining(["healthy", "ipv6-refused", "expired"]),
  );
  for (const { id, json, code: exit } of audits) {
    const over6 = json.findings.filter(
      (finding) => needsIp6(finding) && finding.check !== LOADS_NOTHING,
    );
    expect(over6.length).toBeGreaterThan(12);
    const verdicts = new Set(over6.map(({ verdict }) => verdict));
    verdicts.delete("not_applicable");
    expect([id, [...verdicts]]).toEqual([id, ["unknown"]]);
    const loads = json.findings.find(({ check }) => check === LOADS_NOTHING);
    expect(["pass", "unknown"]).toContain(loads?.verdict);
    expect([id, json.level]).toEqual([id, "U"]);
    // A resolver is enough for what the name publishes, and IPv4 for what is wrong over it.
    expect(json.findings.find(({ check }) => check === "D1")?.verdict).toBe("pass");
    expect([id, exit]).toEqual([id, id === "expired" ? 1 : 0]);
  }
}, 120_000);
