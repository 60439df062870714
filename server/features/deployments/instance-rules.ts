/** An instance that was not heard of for so long no longer counts as running. */
export const silentAfterMs = 15_000;
/** …and after this it is no longer listed: it was taken away. */
export const forgottenAfterMs = 600_000;
