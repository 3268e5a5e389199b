import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { Database } from "../../src/store/database.ts";
import { openTestDatabase } from "../support/database.ts";
import { type IncidentWorld, makeWorld, MINUTE, START } from "../support/incident-world.ts";
import { type SmtpTestServer, startSmtpServer } from "../support/smtp-server.ts";
import { fails, fine } from "./support/made-up-runs.ts";
import {
  type MadeUpAlertmanager,
  startMadeUpAlertmanager,
} from "./support/made-up-alertmanager.ts";

let db: Database;
let close: () => Promise<void>;
let smtp: SmtpTestServer;
let peers: MadeUpAlertmanager[];
let world: IncidentWorld;
beforeAll(async () => {
  ({ db, close } = await openTestDatabase());
  smtp = await startSmtpServer();
  peers = [await startMadeUpAlertmanager(), await startMadeUpAlertmanager()];
});
afterAll(async () => {
  await smtp.stop();
  await Promise.all(peers.map((peer) => peer.stop()));
  await close();
});
afterEach(() => world.stop());

const T = START + 5 * MINUTE;
const END = T + 30 * MINUTE;
const networks = { allow_networks: ["127.0.0.0/8"] };

/** A portal that is down for half an hour, told to these. */
async function tell(
  channel: { readonly name: string; readonly [setting: string]: unknown },
  others: readonly string[],
): Promise<void> {
  world = await makeWorld(db, {
    portals: 2,
    channels: [channel],
    routes: [{ channels: [channel.name, ...others] }],
    secrets: { SMTP_URL: smtp.url },
  });
  world.sky = ({ portal, at }) =>
    portal === 1 && at >= T && at < END ? fails("connect_refused") : fine;
  await world.play(50 * MINUTE);
}

describe("an outage and its end", () => {
  test("arrive at a webhook, and by mail in one thread", async () => {
    const to = [{ address: "truc@example.gov.vn", lang: "vi" }];
    const from = "canhbao@example.gov.vn";
    await tell({ name: "mail", kind: "email", to, smtp: { env: "SMTP_URL" }, from }, ["ops"]);
    expect(world.said()).toEqual(["opened down portal-001", "resolved down portal-001"]);
    const [opened, resolved, ...more] = smtp.received;
    expect(more).toEqual([]);
    const header = (data: string | undefined, name: string) =>
      new RegExp(`^${name}: (.*(?:\r\n[ \t].*)*)`, "im").exec(data ?? "")?.[1];
    expect(opened?.to).toEqual(["truc@example.gov.vn"]);
    expect(header(resolved?.data, "References")).toContain(
      header(opened?.data, "References") ?? header(opened?.data, "Message-ID"),
    );
  });

  test("an Alertmanager is told again and again, always with an end in the future, and of the real end at last", async () => {
    const urls = peers.map(({ url }) => url);
    await tell({ name: "alerts", kind: "alertmanager", peers: urls, ...networks }, []);
    for (const { posts } of peers) {
      const alerts = posts.flat().filter(({ labels }) => labels["portal"] === "portal-001");
      expect(new Set(alerts.map(({ labels }) => JSON.stringify(labels))).size).toBe(1);
      expect(new Set(alerts.map(({ startsAt }) => Date.parse(startsAt)))).toEqual(new Set([T]));
      for (const { startsAt, endsAt } of alerts) {
        expect(Date.parse(endsAt)).toBeGreaterThan(Date.parse(startsAt));
      }
      const ends = alerts.map(({ endsAt }) => Date.parse(endsAt));
      // While it is open the end moves on ahead; then it is the end itself, several times.
      expect(Math.max(...ends)).toBeGreaterThan(END);
      expect(ends.filter((end) => end === END).length).toBeGreaterThanOrEqual(2);
      expect(ends.at(-1)).toBe(END);
    }
  });
});
