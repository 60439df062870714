/** Something that runs until it is stopped. `stop` resolves when its work is safely put down. */
export type Running = { stop(): Promise<void> };

/** Health of one part, in words for a person: shown in the status bar and on /readyz. */
export type Health = { state: "ok" | "degraded" | "down"; reason: string | null; since: Date | null };

/** Stops parts in the reverse order of their start; a part that fails to stop does not keep the others running. */
export async function stopInOrder(
  parts: readonly Running[],
  onError: (error: unknown) => void,
): Promise<void> {
  for (const part of [...parts].reverse()) {
    try {
      await part.stop();
    } catch (error) {
      onError(error);
    }
  }
}
