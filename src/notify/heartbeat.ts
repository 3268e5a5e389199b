import { done, refused, type Result } from "../domain/result.ts";
import { type SendProblem } from "./channel.ts";
import type { HeartbeatSettings } from "./config-schema.ts";
import { createHttpDoor, type FindAddresses, judgeStatus } from "./http.ts";

/** Tells a watcher elsewhere that this service lives; the watcher raises the alarm when it hears nothing. */
export interface Heartbeat {
  /** Asks for the URL once. */
  beat(): Promise<Result<null, SendProblem>>;
  close(): void;
}

/** A heartbeat that follows no redirect and takes no longer than its settings allow. */
export function createHeartbeat(settings: HeartbeatSettings, find?: FindAddresses): Heartbeat {
  const door = createHttpDoor(settings.allow_networks, find);
  return {
    async beat() {
      const signal = AbortSignal.timeout(settings.timeout_seconds * 1000);
      const answer = await door.send({ method: "GET", url: settings.url, signal });
      if (!answer.ok) return answer;
      const wrong = judgeStatus(answer.value);
      return wrong === null ? done(null) : refused(wrong);
    },
    close: door.close,
  };
}
