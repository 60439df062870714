import type { SilencePreview } from "../../../../../server/features/alerts/schema.ts";

/** How much something would hide, with the first few by name. */
export function MatchPreview({ preview, verb }: { preview: SilencePreview; verb: "Hides" | "Holds" }) {
  const more = preview.open - preview.samples.length;
  return (
    <>
      <p>
        {verb} <b>{preview.open}</b> open now; <b>{preview.lastWeek}</b> fired in the last 7 days.
      </p>
      <ul>
        {preview.samples.map(({ title, name }) => (
          <li key={`${title} ${name}`}>
            {title} <span className="dim">{name}</span>
          </li>
        ))}
        {more > 0 && <li className="dim">and {more} more</li>}
      </ul>
    </>
  );
}
