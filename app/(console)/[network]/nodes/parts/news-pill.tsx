import { formatNumber } from "../../../../_ui/format/number.ts";

/** Rows stay put while they are read; this says what they do not show, and shows it. */
export function NewsPill({ news, onShow }: { news: number; onShow: () => void }) {
  if (news === 0) return null;
  return (
    <button type="button" className="pill absolute top-8 left-1/2 z-10 -translate-x-1/2" onClick={onShow}>
      {formatNumber(news)} {news === 1 ? "node has" : "nodes have"} changed, show
    </button>
  );
}
