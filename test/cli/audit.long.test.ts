import { afterAll, beforeAll, expect, test } from "vitest";
import { CHECK_IDS } from "../../src/domain/finding.ts";
import { runCommand } from "../support/service-process.ts";
import { type AuditJson, type AuditLab, startAuditLab } from "./support/audit-lab.ts";

/** Sound, without IPv6, broken over IPv6, broken HTTPS, plain HTTP alone. */
const PORTALS = ["healthy", "ipv4-only", "ipv6-refused", "expired", "http-only"];

let lab: AuditLab;
beforeAll(async () => {
  lab = await startAuditLab(PORTALS);
});
afterAll(() => lab.stop());

const urlOf = (id: string) => lab.lab.portal(id).url;

async function auditJson(id: string, ...more: string[]) {
  const done = await runCommand(["audit", urlOf(id), "--json", ...more], lab.env);
  return { ...done, json: JSON.parse(done.stdout) as AuditJson };
}

test.each(PORTALS)(
  "audit --json of %s gives the lab's level and grade, and 1 exactly where a verdict is fail",
  async (id) => {
    const { code, json, stdout, stderr } = await auditJson(id);
    expect(stdout.trimEnd().split("\n")).toHaveLength(1);
    expect(json).toMatchObject({ url: urlOf(id), vantage: "local", ...lab.lab.portal(id).audit });
    expect(new Set(json.findings.map(({ check }) => check))).toEqual(new Set(CHECK_IDS));
    expect(code).toBe(json.findings.some(({ verdict }) => verdict === "fail") ? 1 : 0);
    expect(stderr).toContain("… Looking up names\n");
  },
  90_000,
);

test("the table of exit codes: a sound portal 0, one with a fault 1", async () => {
  const codes = await Promise.all(
    ["healthy", "ipv4-only"].map(async (id) => (await auditJson(id)).code),
  );
  expect(codes).toEqual([0, 1]);
});

test("a report for a person names level, grade, what is wrong and what to do, on stderr alone", async () => {
  const done = await runCommand(["audit", urlOf("expired")], { ...lab.env, LANG: "C" });
  expect(done).toMatchObject({ code: 1, stdout: "" });
  const { level, grade } = lab.lab.portal("expired").audit;
  expect(done.stderr).toMatch(
    new RegExp(`^IPv6 readiness: ${level} – .+ \\(by this system's criteria\\)$`, "m"),
  );
  expect(done.stderr).toMatch(
    new RegExp(`^HTTPS: ${grade} – .+ \\(by this system's criteria\\)$`, "m"),
  );
  expect(done.stderr).toMatch(/^\[Fail\] W3 \(IPv6\) .+\n {4}What to do: .+\n {4}Evidence: .*::1/m);
  expect(done.stderr).toMatch(/^Not measured \(needs a browser\): /m);
});

test("the report speaks the language of the environment, or the one that is asked for", async () => {
  const vietnamese = { ...lab.env, LANG: "vi_VN.UTF-8" };
  const [own, asked] = await Promise.all([
    runCommand(["audit", urlOf("healthy")], vietnamese),
    runCommand(["audit", urlOf("healthy"), "--lang", "en"], vietnamese),
  ]);
  expect(own.stderr).toMatch(/^Mức sẵn sàng IPv6: L3 – .+ \(theo tiêu chí của hệ thống\)$/m);
  expect(asked.stderr).toMatch(/^IPv6 readiness: L3 – /m);
});

test("a family that is left out is told, nothing is sent over it, and what needs it is unknown", async () => {
  const before = lab.lab.connections("healthy");
  const { json, stderr, code } = await auditJson("healthy", "--family", "4", "--lang", "en");
  expect(stderr).toContain("IPv6: left out by --family");
  expect(lab.lab.connections("healthy").ip6).toBe(before.ip6);
  expect(lab.lab.connections("healthy").ip4).toBeGreaterThan(before.ip4);
  expect([json.families, json.level, code]).toEqual([["ip4"], "U", 0]);
  const over6 = json.findings.filter(({ family }) => family === "ip6");
  expect(over6.length).toBeGreaterThan(0);
  expect(new Set(over6.map(({ verdict }) => verdict))).toEqual(new Set(["unknown"]));
  expect(new Set(over6.map(({ reason }) => reason))).toEqual(new Set(["family_left_out"]));
  expect(json.findings.map(({ reason }) => reason)).not.toContain("vantage_no_ipv6");
  const both = await auditJson("healthy", "--family", "4,6");
  expect([both.json.families, both.json.level]).toEqual([["ip4", "ip6"], "L3"]);
}, 30_000);

test.each([
  [["audit", "example.gov.vn"], /^hatangso: Expected a URL such as .+\n$/],
  [["audit", "https://user:secret@example.gov.vn/"], /^hatangso: Expected a URL .+\n$/],
  [
    ["audit", "https://example.gov.vn/", "--family", "5"],
    /^hatangso: --family takes 4, 6 or 4,6\.\n$/,
  ],
])("wrong usage (%j) ends with 2 and one line", async (words, says) => {
  const done = await runCommand(words, {});
  expect(done).toMatchObject({ code: 2, stdout: "" });
  expect(done.stderr).toMatch(says);
});
