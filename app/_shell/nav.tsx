"use client";

import Link from "next/link";
import { useSearchParams } from "next/navigation";
import { Icon } from "../_ui/icon.tsx";
import { AccountMenu } from "./account-menu.tsx";
import { AlertCount } from "./alert-count.tsx";
import { BrandMark } from "./brand-mark.tsx";
import { type ConsolePage, consolePages, pageHref } from "./pages.ts";
import type { Person } from "./person.ts";
import { withTime } from "./place.ts";
import { usePlace } from "./use-place.ts";
import { useViews } from "./views/use-views.ts";
import { defaultQuery } from "./views/view-words.ts";

export function Nav({ person }: { person: Person }) {
  const { network } = usePlace();
  return (
    <nav className="nav" aria-label="Main">
      <div className="nav-in">
        <Link className="brand" href={`/${network}`}>
          <BrandMark />
          <span>DDC Console</span>
        </Link>
        {consolePages.filter(({ group }) => group === "first").map(toEntry)}
        <div className="nav-g">
          <span className="net-word" data-network={network}>
            {network}
          </span>
        </div>
        {consolePages.filter(({ group }) => group === "network").map(toEntry)}
        <div className="nav-g">Platform</div>
        {consolePages.filter(({ group }) => group === "platform").map(toEntry)}
        <span className="sp" />
        <AccountMenu person={person} />
      </div>
    </nav>
  );
}

function toEntry(page: ConsolePage) {
  return <Entry key={page.label} page={page} />;
}

function Entry({ page }: { page: ConsolePage }) {
  const { network, section } = usePlace();
  const search = useSearchParams();
  const views = useViews();
  return (
    <Link
      className="nav-i"
      href={withTime(pageHref(network, page), search, defaultQuery(views, page.section))}
      aria-current={section === page.section ? "page" : undefined}
    >
      <Icon of={page.icon} />
      <span>{page.label}</span>
      {page.section === "alerts" && <AlertCount network={network} />}
    </Link>
  );
}
