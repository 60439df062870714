import { StateBlock } from "../_ui/state-block.tsx";

export default function NotFound() {
  return (
    <StateBlock
      isPage
      tone="unknown"
      title="There is nothing at this address"
      actions={
        <a className="btn btn-sm" href="/">
          Overview
        </a>
      }
    >
      <p>
        The link may be cut, or what it named is not on this network. Paste a key, a cluster or a name with ⌘K
        to find it.
      </p>
    </StateBlock>
  );
}
