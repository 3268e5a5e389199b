import { expect, test } from "vitest";
import { readConfig } from "../src/config.ts";
import { UsageError } from "../src/domain/usage-error.ts";

const read = (env: Record<string, string>) => readConfig({ DNS_SERVERS: "127.0.0.1", ...env });

test("mail is off unless it is configured", () => {
  expect(read({}).mail).toBeNull();
  const { mail } = read({ SMTP_URL: "smtps://u:p%40ss@relay.example", SMTP_FROM: "a@b.vn" });
  expect(mail).toMatchObject({
    from: "a@b.vn",
    server: { host: "relay.example", port: 465, secure: true, user: "u", password: "p@ss" },
  });
});

test.each([
  [{ SMTP_URL: "smtps://relay.example" }, "SMTP_FROM is not set although SMTP_URL is"],
  [{ SMTP_FROM: "a@b.vn" }, "SMTP_URL is not set although SMTP_FROM is"],
  [{ SMTP_URL: "smtps://relay.example", SMTP_FROM: "A <a@b.vn>" }, "one plain mail address"],
  [{ SMTP_URL: "http://u:secret@relay.example", SMTP_FROM: "a@b.vn" }, "SMTP_URL=(not shown)"],
])("%j is refused in one line that shows no password", (env, says) => {
  expect(() => read(env)).toThrow(UsageError);
  expect(() => read(env)).toThrow(says);
  expect(() => read(env)).not.toThrow("secret");
});
