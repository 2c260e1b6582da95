import type { Element, ElementContent } from 'hast';
import type { ReactNode } from 'react';
import type { Components } from 'react-markdown';
import { CodeBlock } from './code-block.tsx';
import { LinkText } from './link-text.tsx';
import styles from './markdown.module.css';

type Content = { children?: ReactNode | undefined };

/** Text of an element and everything inside it. */
function textOf(node: ElementContent | undefined): string {
  if (node?.type === 'text') return node.value;
  return node?.type === 'element' ? node.children.map(textOf).join('') : '';
}

function languageOf(code: Element | undefined): string | null {
  const classes = code?.properties['className'];
  const name = Array.isArray(classes) ? classes.find((each) => String(each).startsWith('language-')) : undefined;
  return name === undefined ? null : String(name).slice('language-'.length, 'language-'.length + 40);
}

function alignmentOf(cell: Element | undefined): 'center' | 'right' | undefined {
  const align = cell?.properties['align'];
  return align === 'center' || align === 'right' ? align : undefined;
}

/**
 * How every element that Markdown can make is drawn. Each takes only children (and, named here, a number or a text), so no
 * attribute that a model wrote reaches the page. Headings start below the view's own.
 */
export const elements: Components = {
  p: ({ children }: Content) => <p>{children}</p>,
  strong: ({ children }: Content) => <strong>{children}</strong>,
  em: ({ children }: Content) => <em>{children}</em>,
  del: ({ children }: Content) => <del>{children}</del>,
  blockquote: ({ children }: Content) => <blockquote>{children}</blockquote>,
  ul: ({ children }: Content) => <ul>{children}</ul>,
  ol: ({ children, start }) => <ol start={typeof start === 'number' ? start : undefined}>{children}</ol>,
  li: ({ children }: Content) => <li>{children}</li>,
  h1: ({ children }: Content) => <h3>{children}</h3>,
  h2: ({ children }: Content) => <h4>{children}</h4>,
  h3: ({ children }: Content) => <h5>{children}</h5>,
  h4: ({ children }: Content) => <h6>{children}</h6>,
  h5: ({ children }: Content) => <h6>{children}</h6>,
  h6: ({ children }: Content) => <h6>{children}</h6>,
  hr: () => <hr />,
  br: () => <br />,
  // The scroll area takes the keyboard, so that a wide table can be read without a mouse.
  table: ({ children }: Content) => (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className={styles['table']} tabIndex={0}>
      <table>{children}</table>
    </div>
  ),
  thead: ({ children }: Content) => <thead>{children}</thead>,
  tbody: ({ children }: Content) => <tbody>{children}</tbody>,
  tr: ({ children }: Content) => <tr>{children}</tr>,
  th: ({ node, children }) => (
    <th scope="col" data-align={alignmentOf(node)}>
      {children}
    </th>
  ),
  td: ({ node, children }) => <td data-align={alignmentOf(node)}>{children}</td>,
  code: ({ children }: Content) => <code>{children}</code>,
  pre: ({ node }) => {
    const code = node?.children.find((child): child is Element => child.type === 'element' && child.tagName === 'code');
    return <CodeBlock code={textOf(code).replace(/\n$/, '')} language={languageOf(code)} />;
  },
  a: ({ node, children }) => (
    <LinkText address={String(node?.properties['href'] ?? '')} text={textOf(node)}>
      {children}
    </LinkText>
  ),
  img: ({ node }) => <span className={styles['image']}>{String(node?.properties['alt'] ?? '') || '[]'}</span>,
  input: ({ node }) => <span>{node?.properties['checked'] === true ? '☑ ' : '☐ '}</span>,
};

export const allowedElements: readonly string[] = Object.keys(elements);
