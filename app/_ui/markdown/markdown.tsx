import Link from "next/link";
import { Fragment, type ReactNode } from "react";
import { type Block, type Inline, parseMarkdown } from "./parse-markdown.ts";

/** A page of the guide. Its first heading is the page's own. */
export function Markdown({ source }: { source: string }) {
  return (
    <article className="prose">
      {numbered(parseMarkdown(source)).map(({ key, item }) => (
        <BlockElement key={key} block={item} />
      ))}
    </article>
  );
}

function BlockElement({ block }: { block: Block }) {
  switch (block.kind) {
    case "heading": {
      const Heading = `h${block.level}` as const;
      return <Heading>{inline(block.text)}</Heading>;
    }
    case "paragraph":
      return <p>{inline(block.text)}</p>;
    case "list":
      return (
        <ul>
          {numbered(block.items).map(({ key, item }) => (
            <li key={key}>{inline(item)}</li>
          ))}
        </ul>
      );
    case "code":
      return (
        <pre>
          <code>{block.text}</code>
        </pre>
      );
    case "table":
      return <GuideTable {...block} />;
  }
}

function GuideTable({ head, rows }: Extract<Block, { kind: "table" }>) {
  return (
    <table>
      <thead>
        <tr>
          {numbered(head).map(({ key, item }) => (
            <th key={key} scope="col">
              {inline(item)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {numbered(rows).map(({ key, item: cells }) => (
          <tr key={key}>
            {numbered(cells).map(({ key: cell, item }) => (
              <td key={cell}>{inline(item)}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function inline(parts: readonly Inline[]): ReactNode {
  return numbered(parts).map(({ key, item }) => <Fragment key={key}>{toInline(item)}</Fragment>);
}

function toInline(part: Inline): ReactNode {
  switch (part.kind) {
    case "text":
      return part.text;
    case "code":
      return <code>{part.text}</code>;
    case "strong":
      return <strong>{part.text}</strong>;
    case "link":
      return /^https?:/.test(part.href) ? (
        <a href={part.href} rel="noreferrer">
          {part.text}
        </a>
      ) : (
        <Link href={part.href}>{part.text}</Link>
      );
  }
}

/** A text that is not edited: its place is its name. */
function numbered<Item>(items: readonly Item[]): { key: number; item: Item }[] {
  return items.map((item, key) => ({ key, item }));
}
