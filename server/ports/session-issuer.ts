/** A session that was just written; `cookies` are whole Set-Cookie lines. */
export type IssuedSession = { token: string; cookies: readonly string[] };

/** What proves who somebody is and keeps the proof in a signed cookie. Further ways to sign in are further methods. */
export type SessionIssuer = {
  /** Null when the e-mail or the password is wrong; both take the same time. */
  issueForPassword(credentials: Credentials, userAgent: string | null): Promise<IssuedSession | null>;
  /** The session token of the cookie, null without one or when its signature is not ours. Asks no database. */
  readToken(headers: Headers): Promise<string | null>;
  /** Set-Cookie lines that take the session out of the browser. */
  expireCookies(): Promise<readonly string[]>;
};

export type Credentials = { email: string; password: string };
