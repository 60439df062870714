import { openPass } from "../../features/dashboards/frame-pass.ts";
import { isAllowed } from "../../features/identity/rules.ts";
import type { Clock } from "../../kernel/clock.ts";
import type { NetworkName } from "../../kernel/networks.ts";
import type { PersonActor } from "../../kernel/roles.ts";
import type { Logger } from "../../ports/logger.ts";
import type { Sessions } from "../../ports/sessions.ts";
import type { Vault } from "../../ports/vault.ts";

export type ViewerOptions = { sessions: Sessions; vault: Vault; clock: Clock; log: Logger };
/** Somebody who may see a network's frames, by the session that stands behind their cookie. */
export type Viewer = { person: PersonActor; network: NetworkName };

type Hold = { sessionId: string; network: NetworkName; end: () => void };

/** How long an answer about a session is believed by requests; a frame sends dozens of them at once. */
const believedMs = 1_000;
const maxRemembered = 5_000;

/** Who is behind a frame's cookie; and everything that runs for them, so that it ends with their session. */
export class FrameViewers {
  readonly #options: ViewerOptions;
  readonly #holds = new Set<Hold>();
  readonly #remembered = new Map<string, { person: Promise<PersonActor | null>; until: number }>();

  constructor(options: ViewerOptions) {
    this.#options = options;
  }

  /** Null: no cookie of ours, for another network, or a session that ended or may not see this network. */
  async find(sealed: string | null, network: NetworkName): Promise<Viewer | null> {
    const { vault, clock } = this.#options;
    const pass = sealed === null ? null : openPass(vault, "grafana frame", { text: sealed, at: clock.now() });
    return pass?.network === network ? this.findBySession(pass.sessionId, network) : null;
  }

  async findBySession(sessionId: string, network: NetworkName): Promise<Viewer | null> {
    const person = await this.#person(sessionId);
    return person && mayView(person, network) ? { person, network } : null;
  }

  /** Calls `end` once the viewer's session has ended. The answer releases the hold. */
  hold({ person, network }: Viewer, end: () => void): () => void {
    const hold: Hold = { sessionId: person.sessionId, network, end };
    this.#holds.add(hold);
    return () => void this.#holds.delete(hold);
  }

  countOf(sessionId: string): number {
    let count = 0;
    for (const hold of this.#holds) if (hold.sessionId === sessionId) count += 1;
    return count;
  }

  /** Ends what runs for sessions that are over. A database that does not answer ends nothing: it is asked again. */
  async recheck(sessionIds: readonly string[] | "all"): Promise<void> {
    const concerned = [...this.#holds].filter(
      ({ sessionId }) => sessionIds === "all" || sessionIds.includes(sessionId),
    );
    if (sessionIds === "all") this.#forgetOld();
    else for (const sessionId of sessionIds) this.#remembered.delete(sessionId);
    if (concerned.length === 0) return;
    try {
      const ids = new Set(concerned.map(({ sessionId }) => sessionId));
      const actors = await this.#options.sessions.listActors([...ids]);
      for (const hold of concerned) {
        const actor = actors.get(hold.sessionId);
        if (actor?.kind === "person" && mayView(actor, hold.network)) continue;
        this.#remembered.delete(hold.sessionId);
        this.#holds.delete(hold);
        hold.end();
      }
    } catch (error) {
      this.#options.log.warn(
        { err: error },
        "sessions of frames could not be checked; asked again in a moment",
      );
    }
  }

  #person(sessionId: string): Promise<PersonActor | null> {
    const nowMs = this.#options.clock.now().getTime();
    const known = this.#remembered.get(sessionId);
    if (known && known.until > nowMs) return known.person;
    if (this.#remembered.size >= maxRemembered) this.#remembered.clear();
    const person = this.#options.sessions.listActors([sessionId]).then((actors) => {
      const actor = actors.get(sessionId);
      return actor?.kind === "person" ? actor : null;
    });
    this.#remembered.set(sessionId, { person, until: nowMs + believedMs });
    // A database that fails is asked again by the next request.
    person.catch(() => this.#remembered.delete(sessionId));
    return person;
  }

  #forgetOld(): void {
    const nowMs = this.#options.clock.now().getTime();
    for (const [sessionId, { until }] of this.#remembered)
      if (until <= nowMs) this.#remembered.delete(sessionId);
  }
}

function mayView(person: PersonActor, network: NetworkName): boolean {
  return isAllowed(person, "viewer", { network, environment: null });
}
