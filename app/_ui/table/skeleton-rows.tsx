import { cx } from "../cx.ts";
import { Skeleton } from "../skeleton.tsx";
import type { Column } from "./columns.ts";

const count = 12;

/** The real layout in grey while the first rows are on their way. */
export function SkeletonRows<Row>({
  columns,
  hasCheck,
}: {
  columns: readonly Column<Row>[];
  hasCheck: boolean;
}) {
  return (
    <tbody aria-hidden="true" className="grid-body" style={{ height: `calc(${count} * var(--grid-row-h))` }}>
      {Array.from({ length: count }, (_, index) => (
        <tr
          // biome-ignore lint/suspicious/noArrayIndexKey: rows without content have nothing else
          key={index}
          className="grid-row"
          style={{ transform: `translateY(calc(${index} * var(--grid-row-h)))` }}
        >
          {hasCheck && <td className="grid-td grid-edge-l" />}
          {columns.map((column, place) => (
            <td
              key={column.id}
              className={cx(
                "grid-td",
                column.isNumber && "grid-td-num",
                place === 0 && !hasCheck && "grid-edge-l",
              )}
            >
              <Skeleton width={column.isNumber ? 24 : `${48 + ((index * 7 + place * 13) % 36)}%`} />
            </td>
          ))}
        </tr>
      ))}
    </tbody>
  );
}
