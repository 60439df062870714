"use client";

import LogOut from "lucide-react/icons/log-out";
import MenuIcon from "lucide-react/icons/menu";
import Settings from "lucide-react/icons/settings";
import { useSearchParams } from "next/navigation";
import { Icon } from "../_ui/icon.tsx";
import { Menu, type MenuItem } from "../_ui/menu.tsx";
import { themeChoices } from "../_ui/theme.ts";
import { pageHref, pagesBehindMore } from "./pages.ts";
import { initialsOf, type Person, roleOn } from "./person.ts";
import { withTime } from "./place.ts";
import { signOut } from "./sign-out.ts";
import { usePlace } from "./use-place.ts";
import { usePreferences } from "./use-preferences.ts";

const themeLabels = { system: "As the system", dark: "Dark", light: "Light" };

/** Who is signed in, how they want to see times and colours, and the way out. */
export function AccountMenu({ person, isTab }: { person: Person; isTab?: boolean }) {
  const { network, section } = usePlace();
  const search = useSearchParams();
  const pages = isTab ? pagesBehindMore : [];
  const isHere = section === "settings" || pages.some((page) => page.section === section);
  const { theme, zone, chooseTheme, chooseZone } = usePreferences();
  const role = roleOn(person, network);
  const items: MenuItem[] = [
    ...pages.map(
      (page): MenuItem => ({
        kind: "link",
        label: page.label,
        icon: page.icon,
        href: withTime(pageHref(network, page), search),
        isCurrent: page.section === section,
      }),
    ),
    ...(isTab ? [{ kind: "separator", id: "pages" } as const] : []),
    { kind: "heading", label: `${person.email}, ${role ?? "no role"} on ${network}` },
    { kind: "separator", id: "theme" },
    { kind: "heading", label: "Theme" },
    ...themeChoices.map(
      (choice): MenuItem => ({
        kind: "choice",
        label: themeLabels[choice],
        isOn: theme === choice,
        onSelect: () => chooseTheme(choice),
      }),
    ),
    { kind: "separator", id: "zone" },
    { kind: "heading", label: "Times" },
    { kind: "choice", label: "UTC", isOn: zone === "utc", onSelect: () => chooseZone("utc") },
    { kind: "choice", label: "Your time", isOn: zone === "local", onSelect: () => chooseZone("local") },
    { kind: "separator", id: "out" },
    { kind: "link", label: "Settings", icon: Settings, href: "/settings/account" },
    { kind: "action", label: "Sign out", icon: LogOut, onSelect: () => void signOut() },
  ];
  return (
    <Menu label="Account" items={items} side="top" align={isTab ? "end" : "start"}>
      {(trigger) =>
        isTab ? (
          <button type="button" aria-current={isHere ? "true" : undefined} {...trigger}>
            <Icon of={MenuIcon} size={20} />
            More
          </button>
        ) : (
          <button
            type="button"
            className="nav-i"
            aria-current={isHere ? "true" : undefined}
            data-tip={`${person.name}, ${role ?? "no role"}`}
            {...trigger}
          >
            <span className="avatar" aria-hidden="true">
              {initialsOf(person.name)}
            </span>
            <span className="truncate">{person.name}</span>
            <span className="nav-role">{role ?? "no role"}</span>
          </button>
        )
      }
    </Menu>
  );
}
