import type { PortSight } from "../../domain/audit/host.ts";
import { type Sight, isUnseen } from "../../domain/audit/sight.ts";
import type { FailureKind } from "../../domain/failure.ts";
import { isEnd } from "../../domain/probe-facts.ts";
import type { Endpoint } from "../connect.ts";
import { withTcp } from "./dial.ts";
import type { AuditTools } from "./tools.ts";
import { trySight } from "./try-sight.ts";

type Attempt = Pick<PortSight, "outcome" | "code">;

const OUTCOMES: Partial<Record<FailureKind, PortSight["outcome"]>> = {
  connect_refused: "refused",
  connect_timeout: "timeout",
  connect_reset: "reset",
  network_unreachable: "unreachable",
};

/** Whether an address accepts TCP on a port, tried up to three times (W1). */
export async function seePort(endpoint: Endpoint, tools: AuditTools): Promise<Sight<PortSight>> {
  const { outcome, failedTries } = await trySight(
    tools.session,
    () => attempt(endpoint, tools),
    (port) => port.outcome !== "open",
  );
  return isUnseen(outcome) ? outcome : { ...outcome, failedTries };
}

async function attempt(endpoint: Endpoint, tools: AuditTools): Promise<Sight<Attempt>> {
  const opened = await withTcp(endpoint, tools, async () => "open" as const);
  if (opened === "open") return { outcome: "open", code: null };
  if (!isEnd(opened)) return opened;
  return { outcome: OUTCOMES[opened.stop] ?? "unreachable", code: opened.code };
}
