"use client";

import Link from "next/link";
import { useSearchParams } from "next/navigation";
import { Icon } from "../_ui/icon.tsx";
import { AccountMenu } from "./account-menu.tsx";
import { pageHref, pagesInThumbReach } from "./pages.ts";
import type { Person } from "./person.ts";
import { withTime } from "./place.ts";
import { usePlace } from "./use-place.ts";

/** The navigation of a phone, at the thumb; all other pages are behind "More". */
export function PhoneTabs({ person }: { person: Person }) {
  const { network, section } = usePlace();
  const search = useSearchParams();
  return (
    <nav className="phone-tabs" aria-label="Main, phone">
      {pagesInThumbReach.map((page) => (
        <Link
          key={page.label}
          href={withTime(pageHref(network, page), search)}
          aria-current={section === page.section ? "page" : undefined}
        >
          <Icon of={page.icon} size={20} />
          {page.label}
        </Link>
      ))}
      <AccountMenu person={person} isTab />
    </nav>
  );
}
