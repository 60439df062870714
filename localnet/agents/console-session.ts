const timeoutMs = 20_000;

/** One person at the console's public HTTP interface, as a browser or a script is there. */
export class ConsoleSession {
  private readonly baseUrl: string;
  private readonly cookie: string;

  private constructor(baseUrl: string, cookie: string) {
    this.baseUrl = baseUrl;
    this.cookie = cookie;
  }

  static async open(
    baseUrl: string,
    credentials: { email: string; password: string },
  ): Promise<ConsoleSession> {
    const answer = await fetch(new URL("/api/auth/sign-in", baseUrl), {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(credentials),
      signal: AbortSignal.timeout(timeoutMs),
    });
    const cookies = answer.headers.getSetCookie().map((cookie) => cookie.split(";")[0]);
    if (!answer.ok || cookies.length === 0)
      throw new Error(`${credentials.email} could not sign in: ${answer.status} ${await answer.text()}`);
    return new ConsoleSession(baseUrl, cookies.join("; "));
  }

  async query<Result>(path: string, input: object): Promise<Result> {
    const search = new URLSearchParams({ input: JSON.stringify(input) });
    return dataOf<Result>(await this.send(`/api/trpc/${path}?${search}`, { method: "GET" }));
  }

  async mutate<Result>(path: string, input: object): Promise<Result> {
    return dataOf<Result>(await this.send(`/api/trpc/${path}`, { method: "POST", json: input }));
  }

  async send(
    path: string,
    { json, bytes, method }: { method: string; json?: object; bytes?: Uint8Array<ArrayBuffer> },
  ): Promise<unknown> {
    const answer = await fetch(new URL(path, this.baseUrl), {
      method,
      headers: {
        cookie: this.cookie,
        origin: new URL(this.baseUrl).origin,
        ...(json && { "content-type": "application/json" }),
      },
      ...(json && { body: JSON.stringify(json) }),
      ...(bytes && { body: bytes }),
      signal: AbortSignal.timeout(timeoutMs),
    });
    const text = await answer.text();
    if (!answer.ok)
      throw new Error(`${method} ${path.split("?")[0]}: ${answer.status} ${text.slice(0, 500)}`);
    return text === "" ? null : JSON.parse(text);
  }
}

function dataOf<Result>(answer: unknown): Result {
  return (answer as { result: { data: Result } }).result.data;
}
