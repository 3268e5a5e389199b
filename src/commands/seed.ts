import { seed } from "../../seeds/seed.ts";
import type { DatabaseCommand } from "./command.ts";

/** Loads the data that come with the product and says how much of each there is. */
export const seedCommand: DatabaseCommand = async ({ db, output, service }) => {
  const seeded = await seed(db);
  const counts = Object.entries(seeded).map(
    ([what, count]) => `${count} ${what.replaceAll("_", " ")}`,
  );
  output.err(`Seeded: ${counts.join(", ")}.`);
  await service?.portalsChanged();
  service?.coverageChanged();
  return 0;
};
