import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { Markdown } from "../../../_ui/markdown/markdown.tsx";
import { guidePages } from "../guide-pages.ts";

type GuidePageProps = { params: Promise<{ name: string }> };

export async function generateMetadata({ params }: GuidePageProps): Promise<Metadata> {
  const { name } = await params;
  return { title: guidePages.find((page) => page.name === name)?.title ?? "Guide" };
}

/** Only names of the list are read: an address never becomes a path. */
export default async function GuidePage({ params }: GuidePageProps) {
  const { name } = await params;
  const page = guidePages.find((known) => known.name === name);
  if (!page) notFound();
  return <Markdown source={await readFile(join(process.cwd(), "docs/guide", `${page.name}.md`), "utf8")} />;
}
