import { StateBlock } from "./_ui/state-block.tsx";

export default function NotFound() {
  return (
    <main>
      <StateBlock
        isPage
        tone="unknown"
        title="There is nothing at this address"
        actions={
          <a className="btn btn-sm" href="/">
            To the console
          </a>
        }
      >
        <p>The link may be cut or out of date.</p>
      </StateBlock>
    </main>
  );
}
