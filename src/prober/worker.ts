import { parentPort, workerData } from "node:worker_threads";
import type { FromThread, ThreadData, ToThread } from "./messages.ts";
import type { LeaveOrder } from "./life-signs.ts";
import { Share } from "./share.ts";

if (!parentPort) throw new Error("This file is the entry of a probing thread");

const port = parentPort;
const share = new Share(workerData as ThreadData, (message: FromThread) =>
  port.postMessage(message),
);
port.on("message", (message: ToThread | LeaveOrder) => {
  // Ends this thread, not the process.
  if (message.type === "leave") process.exit(0);
  share.handle(message);
});
