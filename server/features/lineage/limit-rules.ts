/** How much of a graph one request may touch; browser-safe. */
export const mostDepth = 10;
export const mostNodes = 200;
/** Newest neighbours of a node that are drawn; of an opened one ten times as many. */
export const widthOfNode = 12;
/** Hidden edges are counted up to here. */
export const countedEdges = 1_000;
/** Nodes that impact and root cause look at. */
export const mostReached = 2_000;
export const reachWidth = 100;
