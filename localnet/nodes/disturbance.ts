/** How a node differs from its usual self at the moment; see localnet/faults. */
export type Disturbance = {
  isDown: boolean;
  /** Multiplies latencies. */
  slowdown: number;
  /** Part of requests that fail on top of the usual. */
  errorRatio: number;
  /** Its clock is ahead by so much. */
  skewMs: number;
  /** Part of its disk that filled up since the fault began. */
  extraFill: number;
};

export const undisturbed: Disturbance = {
  isDown: false,
  slowdown: 1,
  errorRatio: 0,
  skewMs: 0,
  extraFill: 0,
};

export type Disturbances = (nodeName: string) => Disturbance;
