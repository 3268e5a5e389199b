import { parentPort, workerData } from "node:worker_threads";
import type { FromThread, ThreadData, ToThread } from "./messages.ts";
import { Share } from "./share.ts";

if (!parentPort) throw new Error("This file is the entry of a probing thread");

const port = parentPort;
const share = new Share(workerData as ThreadData, (message: FromThread) =>
  port.postMessage(message),
);
port.on("message", (message: ToThread) => share.handle(message));
