"use client";

import { Crumbs } from "./crumbs.tsx";
import { JobsButton } from "./jobs/jobs-button.tsx";
import { LiveToggle } from "./live-toggle.tsx";
import { NetworkSwitch } from "./network-switch.tsx";
import { NotificationsButton } from "./notifications/notifications-button.tsx";
import { SearchBox } from "./palette/search-box.tsx";
import { RangeControl } from "./time-range/range-control.tsx";
import { ViewsMenu } from "./views/views-menu.tsx";

export function Topbar() {
  return (
    <header className="topbar">
      <NetworkSwitch />
      <Crumbs />
      <span className="sp" />
      <SearchBox />
      <ViewsMenu />
      <JobsButton />
      <NotificationsButton />
      <RangeControl />
      <LiveToggle />
    </header>
  );
}
