import { WhatIsThis } from "../../../../../_ui/what-is-this.tsx";

export function WhatRunsAre() {
  return (
    <WhatIsThis title="Runs">
      <p>
        A run is one event handled by one version. Its tasks are the engagements that the event met; a runtime
        tells it, with what the code logged, when it ends. Every failed run is kept, and of the others a
        sample every few seconds, for two days; the counts are of all.
      </p>
      <p>What was live is read from the deployment SETs that were in force.</p>
    </WhatIsThis>
  );
}
