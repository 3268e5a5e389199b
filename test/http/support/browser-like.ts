import type { AppServer } from "./app-server.ts";

/** What a page's form sends: fields, and files where it has any. */
type Fields = Readonly<Record<string, string | File>>;

/** Somebody with a browser that keeps one session cookie and follows the address after a form. */
export interface Visitor {
  readonly cookie: string;
  /** Opens a page. */
  readonly open: (path: string) => Promise<PageAnswer>;
  /** Sends a form as the pages' own would, and opens the page that the answer leads to. */
  readonly send: (path: string, fields: Fields, from?: string) => Promise<PageAnswer>;
}

/** A page as it came. */
export interface PageAnswer {
  readonly status: number;
  /** Where the browser ended. */
  readonly path: string;
  readonly html: string;
  /** The page without its tags, in one line. */
  readonly text: string;
}

/** Signs in with a key, as the form does. */
export async function signedInVisitor(app: AppServer, key: string): Promise<Visitor> {
  const response = await app.request("/sign-in", {
    method: "POST",
    body: new URLSearchParams({ key, next: "/" }),
    headers: { Origin: app.url },
  });
  if (response.status !== 303) throw new Error(`not signed in: ${response.status}`);
  return visitor(app, (response.headers.get("set-cookie") ?? "").split(";")[0] ?? "");
}

/** A browser with this cookie; in English, so that tests read. */
export function visitor(app: AppServer, cookie: string): Visitor {
  const headers = { Cookie: cookie, "Accept-Language": "en" };
  const open = async (path: string) => answerOf(path, await app.request(path, { headers }));
  return {
    cookie,
    open,
    async send(path, fields, from = app.url) {
      const body = new FormData();
      for (const [name, value] of Object.entries(fields)) body.set(name, value);
      const response = await app.request(path, {
        method: "POST",
        body,
        headers: { ...headers, Origin: from },
      });
      const next = response.headers.get("location");
      if (response.status === 303 && next !== null) return open(next);
      return answerOf(path, response);
    },
  };
}

async function answerOf(path: string, response: Response): Promise<PageAnswer> {
  const html = await response.text();
  return { status: response.status, path, html, text: textOf(html) };
}

/** What a reader sees of a page, in one line. */
function textOf(html: string): string {
  return html
    .replace(/<head>.*?<\/head>/s, "")
    .replace(/<[^>]*>/g, " ")
    .replaceAll("&quot;", '"')
    .replaceAll("&#39;", "'")
    .replaceAll("&amp;", "&")
    .replace(/\s+/g, " ");
}
