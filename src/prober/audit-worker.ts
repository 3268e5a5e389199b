import { parentPort, workerData } from "node:worker_threads";
import type { AuditThreadData, FromAuditThread, ToAuditThread } from "./audit-messages.ts";
import { AuditShare } from "./audit-share.ts";

if (!parentPort) throw new Error("This file is the entry of the audit thread");

const port = parentPort;
const share = new AuditShare(workerData as AuditThreadData, (message: FromAuditThread) =>
  port.postMessage(message),
);
port.on("message", (message: ToAuditThread) => share.handle(message));
