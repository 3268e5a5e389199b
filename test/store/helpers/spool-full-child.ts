import { Spool } from "../../../src/store/spool.ts";
import { failedResult, START } from "./results.ts";

// Appends batches until the file may not grow any more, then says what was taken, refused, and can still be read.
process.on("SIGXFSZ", () => undefined);
const spool = new Spool(process.argv[2] ?? "");
let accepted = 0;
let refused = 0;
while (refused < 3) {
  try {
    spool.append([1, 2, 3, 4].map((at) => failedResult({ scheduledAt: START + accepted + at })));
    accepted += 4;
  } catch (error) {
    if (!(error instanceof Error && "errcode" in error)) throw error;
    refused += 1;
  }
}
process.stdout.write(
  JSON.stringify({ accepted, refused, readable: spool.peek(1e6)?.results.length }),
);
