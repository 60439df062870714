"use client";

import { Command } from "cmdk";
import Globe from "lucide-react/icons/globe";
import Pause from "lucide-react/icons/pause";
import Play from "lucide-react/icons/play";
import SunMoon from "lucide-react/icons/sun-moon";
import { useSearchParams } from "next/navigation";
import { networkNames } from "../../../server/kernel/networks.ts";
import { useLiveState } from "../../_client/live/live-provider.tsx";
import type { IconType } from "../../_ui/icon.tsx";
import { consolePages, pageHref } from "../pages.ts";
import { onNetwork, withTime } from "../place.ts";
import { usePlace } from "../use-place.ts";
import { usePreferences } from "../use-preferences.ts";
import { PaletteItem } from "./palette-item.tsx";

type Own = { id: string; label: string; icon: IconType; end?: string; href?: string; run?: () => void };

/** Pages, and what can be done from anywhere; those whose words begin with what is typed. */
export function OwnItems({ text, onDone }: { text: string; onDone: () => void }) {
  const pages = usePages().filter(({ label }) => matches(label, text));
  const actions = useActions().filter(({ label }) => matches(label, text));
  return (
    <>
      <Group heading="Go to" items={pages} onDone={onDone} />
      <Group heading="Do" items={actions} onDone={onDone} />
    </>
  );
}

function Group({ heading, items, onDone }: { heading: string; items: readonly Own[]; onDone: () => void }) {
  if (items.length === 0) return null;
  return (
    <Command.Group heading={<span className="menu-h block">{heading}</span>}>
      {items.map(({ label, ...item }) => (
        <PaletteItem key={item.id} {...item} onDone={onDone}>
          {label}
        </PaletteItem>
      ))}
    </Command.Group>
  );
}

function usePages(): Own[] {
  const place = usePlace();
  const search = useSearchParams();
  const pages = consolePages.map((page) => ({
    id: `page ${page.label}`,
    label: page.label,
    icon: page.icon,
    end: `g ${page.letter}`,
    href: withTime(pageHref(place.network, page), search),
  }));
  const others = networkNames
    .filter((network) => network !== place.network)
    .map((network) => ({
      id: `network ${network}`,
      label: `Switch to ${network}`,
      icon: Globe,
      href: onNetwork(network, place, search),
    }));
  return [...pages, ...others];
}

function useActions(): Own[] {
  const live = useLiveState();
  const { theme, chooseTheme } = usePreferences();
  const isPaused = live.kind === "paused";
  return [
    {
      id: "do live",
      label: isPaused ? "Go live" : "Pause live figures",
      icon: isPaused ? Play : Pause,
      run: isPaused ? live.resume : live.pause,
    },
    ...(["dark", "light", "system"] as const)
      .filter((choice) => choice !== theme)
      .map((choice) => ({
        id: `do theme ${choice}`,
        label: choice === "system" ? "Theme as the system" : `Theme ${choice}`,
        icon: SunMoon,
        run: () => chooseTheme(choice),
      })),
  ];
}

function matches(label: string, text: string): boolean {
  const typed = text.trim().toLowerCase();
  return (
    typed === "" ||
    label
      .toLowerCase()
      .split(" ")
      .some((word) => word.startsWith(typed)) ||
    label.toLowerCase().startsWith(typed)
  );
}
