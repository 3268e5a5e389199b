import { createHmac, timingSafeEqual } from "node:crypto";
import { done, refused } from "../domain/result.ts";
import type { Channel } from "./channel.ts";
import type { SettingsOf } from "./config-schema.ts";
import { createHttpDoor, type FindAddresses, judgeStatus } from "./http.ts";

/** The signature of a body at an instant: `t=SECONDS,v1=HEX`, an HMAC-SHA256 over `SECONDS.BODY`. */
export function signatureOf(secret: string, body: string, now: number): string {
  const seconds = Math.floor(now / 1000);
  return `t=${seconds},v1=${hmac(secret, `${seconds}.${body}`).toString("hex")}`;
}

/** Whether a signature fits a body and is no older than `toleranceMs`; what receivers do. */
export function isSignedBy(
  secret: string,
  body: string,
  signature: string,
  { now, toleranceMs = 300_000 }: { now: number; toleranceMs?: number },
): boolean {
  const [, seconds = "", given = ""] = /^t=(\d{1,12}),v1=([0-9a-f]{64})$/.exec(signature) ?? [];
  if (given === "" || Math.abs(now - Number(seconds) * 1000) > toleranceMs) return false;
  return timingSafeEqual(hmac(secret, `${seconds}.${body}`), Buffer.from(given, "hex"));
}

function hmac(secret: string, text: string): Buffer {
  return createHmac("sha256", secret).update(text).digest();
}

/** Posts the message as JSON, signed; the same body and key at every try, the signature's time is that of the try. */
export function createWebhook(settings: SettingsOf<"webhook">, find?: FindAddresses): Channel {
  const door = createHttpDoor(settings.allow_networks, find);
  return {
    name: settings.name,
    kind: "webhook",
    async send(message, { dedupeKey, now, signal }) {
      const body = JSON.stringify(message);
      const answer = await door.send({
        method: "POST",
        url: settings.url,
        headers: {
          ...settings.headers,
          "content-type": "application/json",
          "idempotency-key": dedupeKey,
          "x-hatangso-signature": signatureOf(settings.secret, body, now),
        },
        body,
        signal,
      });
      if (!answer.ok) return answer;
      const problem = judgeStatus(answer.value);
      return problem === null ? done({ receipt: null, note: null }) : refused(problem);
    },
    close: door.close,
  };
}
