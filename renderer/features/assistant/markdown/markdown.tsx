import { memo, useMemo } from 'react';
import ReactMarkdown from 'react-markdown';
import remarkGfm from 'remark-gfm';
import { linkDefinitions, splitBlocks } from './blocks.ts';
import { allowedElements, elements } from './elements.tsx';
import { remarkPlain } from './remark-plain.ts';
import styles from './markdown.module.css';

/** A longer piece that is no fenced code is shown as plain text: parsing time must stay bounded whatever a model writes. */
const longestParsedBlock = 20_000;
/** So is a line that opens more quotes and lists than anyone writes: parsing those takes time without bound (30 s for 18 kB). */
const deepLine = /^(?:[ \t]*(?:>|[-*+](?=\s)|\d{1,9}[.)](?=\s))){25}/m;

const remarkPlugins = [remarkGfm, remarkPlain];
const allowed = [...allowedElements];
/** Addresses are only ever shown as text (`LinkText`), so they are shown as they are, `javascript:` too. */
const keepAddress = (address: string) => address;

const Block = memo(function Block({ source, definitions }: { source: string; definitions: string }) {
  const parsed = useMemo(() => render(source, definitions), [source, definitions]);
  return parsed ?? <div className={styles['plain']}>{source}</div>;
});

/** The piece as elements, or null where it must be shown as plain text. */
function render(source: string, definitions: string) {
  const fenced = /^\s*(?:`{3}|~{3})/.test(source);
  if (!fenced && (source.length > longestParsedBlock || deepLine.test(source))) return null;
  try {
    return ReactMarkdown({
      children: definitions === '' ? source : `${source}\n\n${definitions}`,
      remarkPlugins,
      components: elements,
      allowedElements: allowed,
      unwrapDisallowed: true,
      urlTransform: keepAddress,
    });
  } catch {
    // A text can be built to exhaust the parser's stack; its words are still there to read.
    return null;
  }
}

/**
 * A message of a model, which is untrusted: Markdown without raw HTML, links that open, pictures or any attribute of its own
 * (see `elements`). Growing text costs the parsing of its last piece only.
 */
export const Markdown = memo(function Markdown({ text }: { text: string }) {
  const blocks = splitBlocks(text);
  const definitions = linkDefinitions(text);
  return (
    <div className={styles['markdown']} dir="auto">
      {blocks.map((source, index) => (
        // Pieces only ever grow at the end: the index is the identity.
        // oxlint-disable-next-line react/no-array-index-key
        <Block key={index} source={source} definitions={definitions !== '' && source.includes('[') ? definitions : ''} />
      ))}
    </div>
  );
});
