import { expect, test } from "vitest";
import { KINDS, MILESTONES, PROGRAMMES } from "../../dashboards/boards/ipv6/milestones.ts";
import { readRequirements } from "../../seeds/read-requirements.ts";

test("the milestones of the dashboard are the dated levels that the programmes ask of portals, with their certainty", async () => {
  const dated = (await readRequirements()).filter(
    ({ programme, evidence, valid_to }) =>
      PROGRAMMES.includes(programme) && evidence.by === "level" && valid_to !== null,
  );
  expect(MILESTONES.map(({ id }) => id)).toEqual(dated.map(({ id }) => id));
  for (const [index, { document_number, evidence, valid_to, certainty }] of dated.entries()) {
    expect(MILESTONES[index]).toMatchObject({
      document: document_number,
      level: evidence.by === "level" ? evidence.atLeast : null,
      due: valid_to,
      certainty,
    });
  }
  for (const { kinds } of dated) expect(kinds).toEqual(KINDS);
});

test("no milestone is one that nobody has checked", () => {
  expect(MILESTONES.map(({ certainty }) => certainty)).not.toContain("unverified");
});
