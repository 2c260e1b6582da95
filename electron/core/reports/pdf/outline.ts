import { PdfArray, PdfDict, PdfName, PdfNull, PdfNumber, PdfString, type PDF, type PdfRef } from '@libpdf/core';
import type { Landmark, Pages } from './pages.ts';

type Node = { readonly landmark: Landmark; readonly children: Node[]; readonly dict: PdfDict; readonly ref: PdfRef };

/** The tree of headings that a reader shows beside the pages (ISO 32000-2, 12.3.3). The library has no call for it. */
export function writeOutline(pdf: PDF, pages: Pages): void {
  const roots = treeOf(pdf, pages);
  if (roots.length === 0) return;
  const outline = PdfDict.of({ Type: PdfName.of('Outlines') });
  const ref = pdf.register(outline);
  link(outline, ref, roots);
  const catalog = pdf.getCatalog();
  catalog.set('Outlines', ref);
  catalog.set('PageMode', PdfName.of('UseOutlines'));
}

function treeOf(pdf: PDF, pages: Pages): Node[] {
  const roots: Node[] = [];
  const open: Node[] = [];
  for (const landmark of pages.landmarks) {
    const page = pages.all[landmark.page]?.page;
    if (!page) continue;
    const top = PdfNumber.of(Math.round(landmark.y + 6));
    const dict = PdfDict.of({
      Title: PdfString.fromString(landmark.title.replace(/\s+/g, ' ').slice(0, 200)),
      Dest: PdfArray.of(page.ref, PdfName.of('XYZ'), PdfNull.instance, top, PdfNull.instance),
    });
    const node: Node = { landmark, children: [], dict, ref: pdf.register(dict) };
    while ((open.at(-1)?.landmark.level ?? 0) >= landmark.level) open.pop();
    (open.at(-1)?.children ?? roots).push(node);
    open.push(node);
  }
  return roots;
}

function link(parent: PdfDict, parentRef: PdfRef, nodes: readonly Node[]): void {
  for (const [index, { dict, ref, children }] of nodes.entries()) {
    dict.set('Parent', parentRef);
    const [previous, next] = [nodes[index - 1], nodes[index + 1]];
    if (previous) dict.set('Prev', previous.ref);
    if (next) dict.set('Next', next.ref);
    if (children.length > 0) link(dict, ref, children);
  }
  const [first, last] = [nodes[0], nodes.at(-1)];
  if (!first || !last) return;
  parent.set('First', first.ref);
  parent.set('Last', last.ref);
  // Sections are open at the outset only as a list: a negative count keeps what is below them folded.
  const isRoot = parent.get('Title') === undefined;
  parent.set('Count', PdfNumber.of(isRoot ? nodes.length : -nodes.length));
}
