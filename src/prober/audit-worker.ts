import { parentPort, workerData } from "node:worker_threads";
import type { AuditThreadData, FromAuditThread, ToAuditThread } from "./audit-messages.ts";
import type { LeaveOrder } from "./life-signs.ts";
import { AuditShare } from "./audit-share.ts";

if (!parentPort) throw new Error("This file is the entry of the audit thread");

const port = parentPort;
const share = new AuditShare(workerData as AuditThreadData, (message: FromAuditThread) =>
  port.postMessage(message),
);
port.on("message", (message: ToAuditThread | LeaveOrder) => {
  // Ends this thread, not the process.
  if (message.type === "leave") process.exit(0);
  share.handle(message);
});
