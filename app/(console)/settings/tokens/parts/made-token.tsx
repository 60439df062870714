import type { NewToken } from "../../../../../server/features/tokens/schema.ts";
import { Button } from "../../../../_ui/button.tsx";
import { Panel } from "../../../../_ui/panel.tsx";
import { Sheet } from "../../../../_ui/sheet.tsx";
import { tabStopWhileScrolling } from "../../../../_ui/tab-stop-while-scrolling.ts";
import { curlFor } from "./curl-for.ts";

/** The secret, this once. */
export function MadeToken({ made }: { made: NewToken }) {
  const { token, secret } = made;
  const [scope = "read"] = token.scopes;
  const command = curlFor(scope, window.location.origin);
  return (
    <Sheet columns="minmax(0, 1fr) minmax(0, 1fr)">
      <Panel title={`${token.name} is made`} sub="copy it now: only its hash is stored">
        <div className="made-link" role="status">
          <code>{secret}</code>
          <Button kind="primary" data-copy={secret}>
            Copy
          </Button>
        </div>
        <p className="hint mt-2">Gone when you leave this page.</p>
      </Panel>
      <Panel title="Try it" sub={scope} actions={<CopyCommand command={command} />}>
        <pre ref={tabStopWhileScrolling} className="curl">
          {command}
        </pre>
      </Panel>
    </Sheet>
  );
}

function CopyCommand({ command }: { command: string }) {
  return (
    <Button size="small" data-copy={command}>
      Copy
    </Button>
  );
}
