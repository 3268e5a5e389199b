import { Spool } from "../../../src/store/spool.ts";
import { result, START } from "./results.ts";

// Appends batches of 40 until it is killed, and says after each how many are on disk.
const spool = new Spool(process.argv[2] ?? "");
for (let batch = 0; ; batch += 1) {
  const runs = Array.from({ length: 40 }, (_, at) =>
    result({ scheduledAt: START + batch * 40 + at }),
  );
  spool.append(runs);
  process.stdout.write(`${batch + 1}\n`);
}
