import { box, type Places } from "../../../../../_client/lineage/graph-layout.ts";

/** How a plane is moved (pixels of the screen) and scaled. */
export type View = { x: number; y: number; zoom: number };
export type Screen = { width: number; height: number };

export const zooms = { least: 0.15, start: 0.85, most: 1.5 } as const;
const margin = 40;

/** Everything in the middle, never larger than it is. */
export function viewOfAll(places: Places, screen: Screen): View {
  const size = sizeOf(places);
  const fits = Math.min((screen.width - 2 * margin) / size.width, (screen.height - 2 * margin) / size.height);
  const zoom = Math.min(1, Math.max(zooms.least, fits));
  return {
    zoom,
    x: (screen.width - size.width * zoom) / 2,
    y: (screen.height - size.height * zoom) / 2,
  };
}

/** One thing in the middle, or as near to it as shows no more empty plane than the margin. */
export function viewOfRoot(places: Places, id: string, screen: Screen): View {
  const size = sizeOf(places);
  const at = places[id] ?? { x: 0, y: 0 };
  const zoom = zooms.start;
  const along = (middle: number, length: number, room: number) =>
    length * zoom + 2 * margin <= room
      ? (room - length * zoom) / 2
      : Math.min(margin, Math.max(room - margin - length * zoom, room / 2 - middle * zoom));
  return {
    zoom,
    x: along(at.x + box.width / 2, size.width, screen.width),
    y: along(at.y + box.height / 2, size.height, screen.height),
  };
}

function sizeOf(places: Places): Screen {
  const all = Object.values(places);
  return {
    width: Math.max(0, ...all.map(({ x }) => x)) + box.width,
    height: Math.max(0, ...all.map(({ y }) => y)) + box.height,
  };
}
