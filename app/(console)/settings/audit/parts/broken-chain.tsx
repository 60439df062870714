import type { ChainState } from "../../../../../server/features/audit/schema.ts";
import { Banner } from "../../../../_ui/banner.tsx";
import { Button } from "../../../../_ui/button.tsx";

type BrokenChainProps = { chain: ChainState | undefined; onOpen: (entryId: string) => void };

/** The first thing that is wrong, and the way to it. */
export function BrokenChain({ chain, onOpen }: BrokenChainProps) {
  const verdict = chain?.checked?.verdict;
  if (verdict?.kind !== "broken") return null;
  const { entryId, fault, detail, seq } = verdict;
  const isThere = entryId !== null && fault !== "removed";
  return (
    <Banner
      tone="crit"
      title={detail}
      actions={
        isThere && (
          <Button size="small" onClick={() => onOpen(entryId)}>
            Show entry
          </Button>
        )
      }
    >
      {seq !== null && seq !== "1" && `Everything up to ${Number(seq) - 1} is sound.`}
    </Banner>
  );
}
