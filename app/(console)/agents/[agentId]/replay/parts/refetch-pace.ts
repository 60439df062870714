/** While a replay goes on: its last notice may come while the one before is still being answered, and no other follows. */
export const openEveryMs = 5_000;
/** Of everything that is live, beside its notices. */
export const lookEveryMs = 60_000;
