import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { readConfig } from "../src/config.ts";
import { DEFAULT_POLICY } from "../src/domain/incident/policy.ts";
import { UsageError } from "../src/domain/usage-error.ts";
import { readIncidentPolicy } from "../src/incident-policy.ts";

const read = (policy: unknown) =>
  readIncidentPolicy(
    { path: "policy.json", text: typeof policy === "string" ? policy : JSON.stringify(policy) },
    "INCIDENT_POLICY_FILE",
  );

test("without a file, and with one that asks for nothing or for the same, the defaults hold", () => {
  expect(readIncidentPolicy(null, "INCIDENT_POLICY_FILE")).toBe(DEFAULT_POLICY);
  expect(read({})).toEqual(DEFAULT_POLICY);
  expect(read(DEFAULT_POLICY)).toEqual(DEFAULT_POLICY);
});

test("what a file names is so, within a part too; the rest is as it was", () => {
  const policy = read({ down: { openAfter: 5 }, reopenWithinMs: 0, expiring: [] });
  expect(policy).toEqual({
    ...DEFAULT_POLICY,
    down: { ...DEFAULT_POLICY.down, openAfter: 5 },
    reopenWithinMs: 0,
    expiring: [],
  });
});

test.each([
  ["no JSON", "{", "it is no JSON object"],
  ["a list", [], "it is no JSON object"],
  ["an unknown key", { donw: {} }, "donw"],
  ["an unknown key within a part", { down: { openafter: 3 } }, "down: .*openafter"],
  ["a text for a number", { down: { openAfter: "3" } }, "down.openAfter: "],
  ["never opening", { down: { openAfter: 0 } }, "down.openAfter: "],
  [
    "more scheduled runs than runs",
    { down: { openAfter: 1, openAfterScheduled: 2 } },
    "down: openAfterScheduled",
  ],
  [
    "flapping that ends above its beginning",
    { flapping: { end: 0.4 } },
    "flapping: end is above begin",
  ],
  [
    "steps that do not come closer",
    {
      expiring: [
        { days: 7, lifetimeShare: 1 },
        { days: 7, lifetimeShare: 1 },
      ],
    },
    "expiring: ",
  ],
  ["the name of every object's method", { toString: {} }, "toString"],
])("refuses %s with one line that says where", (_, policy, where) => {
  const refused = () => read(policy);
  expect(refused).toThrow(UsageError);
  expect(refused).toThrow(
    new RegExp(`^INCIDENT_POLICY_FILE="policy.json" is not allowed: .*${where}.*Mend the file.$`),
  );
});

test("the configuration holds the policy and the network that the environment names", async () => {
  const folder = await mkdtemp(join(tmpdir(), "hatangso-policy-"));
  const path = join(folder, "policy.json");
  await writeFile(path, JSON.stringify({ freshIntervals: 3 }));
  const env = { DNS_SERVERS: "127.0.0.1", VANTAGE_NETWORK: "state-network" };
  expect(readConfig({ ...env, INCIDENT_POLICY_FILE: path })).toMatchObject({
    incidentPolicy: { ...DEFAULT_POLICY, freshIntervals: 3 },
    vantageNetwork: "state-network",
  });
  await writeFile(path, "[]");
  expect(() => readConfig({ ...env, INCIDENT_POLICY_FILE: path })).toThrow(UsageError);
  await rm(folder, { recursive: true });
  expect(() => readConfig({ ...env, INCIDENT_POLICY_FILE: path })).toThrow(UsageError);
  expect(() => readConfig({ VANTAGE_NETWORK: "State network" })).toThrow(UsageError);
  const { incidentPolicy, vantageNetwork } = readConfig({ DNS_SERVERS: "127.0.0.1" });
  expect({ incidentPolicy, vantageNetwork }).toEqual({
    incidentPolicy: DEFAULT_POLICY,
    vantageNetwork: "internet",
  });
});

test("the file that the documentation shows is the defaults, to four digits", async () => {
  const text = await readFile(new URL("../docs/incidents.md", import.meta.url), "utf8");
  const [, json = ""] = /```json\n([^`]*)```/.exec(text) ?? [];
  const rounded = (policy: object) =>
    JSON.parse(
      JSON.stringify(policy, (_, value: unknown) =>
        typeof value === "number" ? Number(value.toFixed(4)) : value,
      ),
    ) as object;
  expect(rounded(read(json))).toEqual(rounded(DEFAULT_POLICY));
  expect(Object.keys(JSON.parse(json) as object)).toEqual(Object.keys(DEFAULT_POLICY));
});

/** What became of a file: the names in its policy, or the line that refuses it. */
function outcome(text: string): readonly string[] | string {
  try {
    return Object.keys(read(text)).toSorted();
  } catch (error) {
    if (error instanceof UsageError) return error.message;
    throw error;
  }
}

test("whatever a file holds, it is a policy or one line", () => {
  const names = Object.keys(DEFAULT_POLICY).toSorted();
  fc.assert(
    fc.property(fc.oneof(fc.json(), fc.string()), (text) => {
      const became = outcome(text);
      expect(typeof became === "string" ? !became.includes("\n") : became).toEqual(
        typeof became === "string" ? true : names,
      );
    }),
  );
});
