/** A session that was just written; `cookies` are whole Set-Cookie lines. */
export type IssuedSession = { token: string; cookies: readonly string[] };

/** Keeps the proof of who somebody is in a signed cookie. Who it is, the ways to sign in have found out before. */
export type SessionIssuer = {
  /** The id of the person; null when the e-mail or the password is wrong, after the same time. */
  checkPassword(credentials: Credentials): Promise<string | null>;
  issue(userId: string, userAgent: string | null): Promise<IssuedSession>;
  /** The session token of the cookie, null without one or when its signature is not ours. Asks no database. */
  readToken(headers: Headers): Promise<string | null>;
  /** Set-Cookie lines that take the session out of the browser. */
  expireCookies(): Promise<readonly string[]>;
};

export type Credentials = { email: string; password: string };
