import type { Nodes, PhrasingContent, RootContent, Table } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmTableFromMarkdown } from 'mdast-util-gfm-table';
import { gfmTable } from 'micromark-extension-gfm-table';
import type { Block } from '../blocks.ts';

/** HTML and indented code are text like any other. */
const plainText = { disable: { null: ['htmlFlow', 'htmlText', 'codeIndented'] } };

/** Wider tables are not shown. */
const mostColumns = 60;

export function parseMarkdown(markdown: string): readonly RootContent[] {
  return fromMarkdown(markdown, { extensions: [plainText, gfmTable()], mdastExtensions: [gfmTableFromMarkdown()] }).children;
}

/** One top-level construct as blocks; `unsupported` hears of what a report does not show. */
export function toBlocks(node: RootContent, unsupported: (node: Nodes) => void): Block[] {
  switch (node.type) {
    case 'heading':
      return [{ type: 'heading', level: node.depth === 2 ? 2 : 3, text: inline(node.children, unsupported) }];
    case 'paragraph': {
      const text = inline(node.children, unsupported);
      return text.trim() === '' ? [] : [{ type: 'text', text }];
    }
    case 'list':
      return [{ type: 'list', ordered: node.ordered === true, items: node.children.map((item) => lines(item.children, unsupported)) }];
    case 'blockquote': {
      const text = lines(node.children, unsupported);
      const warning = /^\[!WARNING\]\s*/;
      return [{ type: 'notice', tone: warning.test(text) ? 'warning' : 'info', text: text.replace(/^\[!\w+\]\s*/, '') }];
    }
    case 'table':
      if ((node.children[0]?.children.length ?? 0) <= mostColumns) return [table(node, unsupported)];
      unsupported(node);
      return [];
    case 'code':
      return [{ type: 'text', text: node.value }];
    case 'definition':
      return [];
    default:
      unsupported(node);
      return [];
  }
}

/** What stands inside a list item or a quotation, a line for each part. */
function lines(children: readonly RootContent[], unsupported: (node: Nodes) => void): string {
  return children.flatMap((child) => toBlocks(child, unsupported).map(asLines)).join('\n');
}

function asLines(block: Block): string {
  if (block.type === 'list') return block.items.map((item, index) => `${block.ordered ? `${index + 1}.` : '–'} ${item}`).join('\n');
  if (block.type === 'table') return block.rows.map((row) => row.join(' · ')).join('\n');
  return 'text' in block ? block.text : '';
}

function table({ align, children: [head, ...body] }: Table, unsupported: (node: Nodes) => void): Block {
  const cells = (row: Table['children'][number]) => row.children.map((cell) => inline(cell.children, unsupported));
  const titles = head ? cells(head) : [''];
  const rows = body.map((row) => {
    const texts = cells(row);
    return titles.map((_, index) => texts[index] ?? '');
  });
  const columns = titles.map((title, index) => {
    const longest = Math.max(title.length, ...rows.map((row) => row[index]?.length ?? 0));
    return { title, align: align?.[index] === 'right' ? ('right' as const) : ('left' as const), share: Math.min(40, Math.max(5, longest)) };
  });
  return { type: 'table', caption: null, columns, rows };
}

function inline(children: readonly PhrasingContent[], unsupported: (node: Nodes) => void): string {
  return children
    .map((child): string => {
      switch (child.type) {
        case 'text':
        case 'inlineCode':
          return child.value;
        case 'break':
          return '\n';
        case 'emphasis':
        case 'strong':
        case 'delete':
          return inline(child.children, unsupported);
        case 'link': {
          const text = inline(child.children, unsupported);
          return text === child.url || child.url === '' ? text : `${text} (${child.url})`;
        }
        case 'linkReference':
          return inline(child.children, unsupported);
        default:
          unsupported(child);
          return '';
      }
    })
    .join('');
}
