import type { CidFault } from "../../../../../../../server/kernel/cid/parse-cid.ts";
import type { NetworkName } from "../../../../../../../server/kernel/networks.ts";
import { Banner } from "../../../../../../_ui/banner.tsx";
import { LinkButton } from "../../../../../../_ui/link-button.tsx";
import { PageHead } from "../../../../../../_ui/page-head.tsx";
import { Panel } from "../../../../../../_ui/panel.tsx";
import { Sheet } from "../../../../../../_ui/sheet.tsx";
import "./cid.css";

type WrongCidProps = { network: NetworkName; text: string; fault: CidFault };

/** What is wrong with a text that should be a CID, and where. */
export function WrongCid({ network, text, fault }: WrongCidProps) {
  const end = fault.at + fault.length;
  return (
    <>
      <PageHead title="Not a CID" actions={<LinkButton href={`/${network}/data`}>Buckets</LinkButton>} />
      <Banner tone="crit" title={`Character ${fault.at + 1}.`}>
        {fault.reason} {fault.hint}
      </Banner>
      <Sheet>
        <Panel title="As it was given" sub={`${text.length} characters; a CID of DDC has 59`}>
          <p className="cid-text mono">
            {text.slice(0, fault.at)}
            <mark>{fault.length > 0 ? text.slice(fault.at, end) : "▯"}</mark>
            {text.slice(end)}
          </p>
        </Panel>
      </Sheet>
    </>
  );
}
