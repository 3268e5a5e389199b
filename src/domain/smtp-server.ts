/** Where and how mail is handed over. The password is never logged. */
export interface SmtpServer {
  readonly host: string;
  readonly port: number;
  /** TLS from the start (`smtps:`). */
  readonly secure: boolean;
  /** Refuse to go on without STARTTLS: wherever a password would travel in the clear. */
  readonly requireTls: boolean;
  readonly user: string | null;
  readonly password: string | null;
}

/** RFC 8314: submission with implicit TLS. RFC 6409: submission with STARTTLS. */
const PORTS = { "smtps:": 465, "smtp:": 587 } as const;

/**
 * Reads `smtp://user:password@host:port` or `smtps://…`; null for anything else. A password goes only over TLS, except
 * to this machine itself.
 */
export function parseSmtpUrl(text: string): SmtpServer | null {
  const url = URL.parse(text);
  if (url === null || (url.protocol !== "smtp:" && url.protocol !== "smtps:")) return null;
  if (url.hostname === "" || !["", "/"].includes(url.pathname) || url.search + url.hash !== "") {
    return null;
  }
  const user = decoded(url.username);
  const password = decoded(url.password);
  if (user === null || password === null) return null;
  const host = url.hostname.replace(/^\[|\]$/g, "");
  const secure = url.protocol === "smtps:";
  return {
    host,
    port: url.port === "" ? PORTS[url.protocol] : Number(url.port),
    secure,
    requireTls: !secure && user !== "" && !isThisMachine(host),
    user: user === "" ? null : user,
    password: password === "" ? null : password,
  };
}

/** Null where percent signs stand for nothing. */
function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch (error) {
    if (error instanceof URIError) return null;
    throw error;
  }
}

function isThisMachine(host: string): boolean {
  // The URL parser leaves no host that only looks like an IPv4 address.
  return host === "localhost" || host === "::1" || /^127\.\d+\.\d+\.\d+$/.test(host);
}
