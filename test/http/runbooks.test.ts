import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openTestDatabase } from "../support/database.ts";
import { type AppServer, startApp } from "./support/app-server.ts";

const RUNBOOK = `# PortalDown

## English

A portal **fails** & <script>alert("x")</script> <b>loudly</b>.

### What to do

1. Read [its neighbour](PortalDegraded.md#what), [incidents](/incidents), [the docs](../incidents.md).
2. [Click](javascript:alert(1)) ![picture <i>](https://elsewhere.example/x.png)
3. [Elsewhere](/\\elsewhere.example) <pre> & <img src=x onerror=alert(1) alt=y

| name | value |
| ---- | ----- |
| a    | \`<b>\` |

## Tiếng Việt

Một cổng **hỏng**.

### Cần làm gì

Đọc [sổ bên cạnh](PortalDegraded.md).
`;

let opened: Awaited<ReturnType<typeof openTestDatabase>>;
let folder: string;
let app: AppServer;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "runbooks-"));
  await writeFile(join(folder, "PortalDown.md"), RUNBOOK);
  await writeFile(join(folder, "Watchdog.md"), "# Watchdog\n\n## English\n\nAlways there.\n");
  await writeFile(join(folder, "README.md.txt"), "none");
  await writeFile(join(folder, "notes.md"), "none");
  opened = await openTestDatabase();
  app = await startApp(opened.db, {
    publicRead: "none",
    runbooks: pathToFileURL(`${folder}/`),
  });
});
afterAll(async () => {
  await app.stop();
  await opened.close();
  await rm(folder, { recursive: true });
});

const page = async (path: string, language = "en") => {
  const response = await app.request(path, { headers: { "Accept-Language": language } });
  return { status: response.status, headers: response.headers, html: await response.text() };
};

describe("a runbook", () => {
  test("is shown in the reader's language, without a key, whatever may be read", async () => {
    const english = await page("/runbooks/PortalDown");
    expect(english.status).toBe(200);
    expect(english.html).toContain("<strong>fails</strong>");
    expect(english.html).toContain("<h2>What to do</h2>");
    expect(english.html).not.toContain("hỏng");
    const vietnamese = await page("/runbooks/PortalDown", "vi");
    expect(vietnamese.headers.get("content-language")).toBe("vi");
    expect(vietnamese.html).toContain("<strong>hỏng</strong>");
    expect((await page("/runbooks/PortalDown?lang=vi")).html).toContain("<h2>Cần làm gì</h2>");
  });

  test("shows HTML as text, and runs and loads nothing of it", async () => {
    const { html } = await page("/runbooks/PortalDown");
    expect(html).toContain("&lt;script&gt;");
    expect(html).toContain("<code>&lt;b&gt;</code>");
    expect(html).toContain("&lt;pre&gt; &amp; &lt;img src=x");
    expect(html).not.toMatch(/<script|<b>|<img|javascript:|elsewhere\.example|<i>/);
  });

  test("links to other runbooks and pages of the service, and to no file that is not served", async () => {
    const { html } = await page("/runbooks/PortalDown");
    expect(html).toContain('<a href="/runbooks/PortalDegraded?lang=en">its neighbour</a>');
    expect(html).toContain('<a href="/incidents">incidents</a>');
    expect(html).toContain(", the docs.");
    expect((await page("/runbooks/PortalDown", "vi")).html).toContain(
      '<a href="/runbooks/PortalDegraded?lang=vi">',
    );
  });

  test("that has one language alone says so in the other", async () => {
    expect((await page("/runbooks/Watchdog", "vi")).html).toContain("chỉ có bằng ngôn ngữ kia");
  });

  test.each(["/runbooks/Nothing", "/runbooks/notes", "/runbooks/..%2FPortalDown"])(
    "%s is a page that says that there is none",
    async (path) => {
      const { status, headers, html } = await page(path);
      expect(status).toBe(404);
      expect(headers.get("content-type")).toContain("text/html");
      expect(html).toContain("There is no such runbook");
      expect((await page(path, "vi")).html).toContain("Không có sổ tay này");
    },
  );
});

test.each(["/runbooks", "/runbooks/"])("%s lists all of them", async (path) => {
  const { html } = await page(path);
  const links = [...html.matchAll(/<li>\s*<a href="([^"]*)"/g)].map(([, link]) => link);
  expect(links).toEqual(["/runbooks/PortalDown?lang=en", "/runbooks/Watchdog?lang=en"]);
});
