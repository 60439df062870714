import { LinkButton } from "./_ui/link-button.tsx";
import { StateBlock } from "./_ui/state-block.tsx";

export default function NotFound() {
  return (
    <main>
      <StateBlock
        isPage
        tone="unknown"
        title="There is nothing at this address"
        actions={
          <LinkButton href="/" size="small">
            To the console
          </LinkButton>
        }
      >
        <p>The link may be cut or out of date.</p>
      </StateBlock>
    </main>
  );
}
