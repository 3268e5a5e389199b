import { afterAll, beforeAll, expect, test } from "vitest";
import { countOpenIncidents } from "../../src/reports/incidents/counts.ts";
import { openByPortal } from "../../src/reports/incidents/open-by-portal.ts";
import { maintainedPortals } from "../../src/reports/maintained-sql.ts";
import { openTestDatabase } from "../support/database.ts";
import { MINUTE, type Outages, putOutages } from "./outages.ts";
import { buildWorld, START } from "./world.ts";

let opened: Awaited<ReturnType<typeof openTestDatabase>>;
let numbers: Awaited<ReturnType<typeof buildWorld>>;
let outages: Outages;
beforeAll(async () => {
  opened = await openTestDatabase();
  numbers = await buildWorld(opened.db);
  outages = await putOutages(opened.db, numbers);
});
afterAll(() => opened.close());

test("a portal's open incidents are its own and those of its certificate, not what they have in common", async () => {
  const open = await openByPortal(opened.db);
  const shown = open.map(({ portal, incident, kind, severity }) => [
    portal,
    incident,
    kind,
    severity,
  ]);
  expect(shown).toHaveLength(4);
  expect(shown).toEqual(
    expect.arrayContaining([
      [numbers.dead, outages.dead, "down", "critical"],
      [numbers.half, outages.half, "down", "minor"],
      [numbers.hanoi, outages.certificate, "certificate", "minor"],
      [numbers.hue, outages.certificate, "certificate", "minor"],
    ]),
  );
  const [hue] = await openByPortal(opened.db, [numbers.hue]);
  // Hue began to present it an hour after the first.
  expect(hue).toMatchObject({ portal: numbers.hue, openedAt: START - 60 * MINUTE });
});

test("open incidents are counted by kind and severity, parts and wholes", async () => {
  const counts = await countOpenIncidents(opened.db);
  expect(counts).toHaveLength(5);
  expect(counts).toEqual(
    expect.arrayContaining([
      { kind: "down", severity: "critical", incidents: 1 },
      { kind: "down", severity: "major", incidents: 1 },
      { kind: "down", severity: "minor", incidents: 1 },
      { kind: "certificate", severity: "minor", incidents: 1 },
      { kind: "vantage_degraded", severity: "major", incidents: 1 },
    ]),
  );
});

test("an agency's window covers its portals from its first moment to its last", async () => {
  const from = START + 120 * MINUTE;
  const covered = (at: number) => maintainedPortals(opened.db, at);
  expect(await covered(from - 1)).toEqual([]);
  expect(await covered(from)).toEqual([numbers.hue]);
  expect(await covered(from + 60 * MINUTE - 1)).toEqual([numbers.hue]);
  expect(await covered(from + 60 * MINUTE)).toEqual([]);
});
