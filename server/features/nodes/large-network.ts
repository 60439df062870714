/** A network with as many nodes is large: its figures are shared, and what moves slowly is not read at every look. */
export const largeNetwork = 200;

/** How old what moves slowly may be: names and places of nodes, their newest minutes. */
export const slowMs = 4_000;
