import { PdfArray, PdfBool, PdfDict, PdfName, PdfNumber, PdfString, type PDF, type PdfObject, type PdfRef } from '@libpdf/core';
import type { Element } from './canvas.ts';
import type { Pages } from './pages.ts';

const name = (text: string) => PdfName.of(text);

/**
 * The reading order and the roles of what was drawn (tagged PDF, ISO 32000-2, 14.7), so that a screen reader finds headings,
 * leaves the frame of the pages out and reads what a chart says. Tables are read row by row as text.
 */
export function writeStructure(pdf: PDF, pages: Pages): void {
  const root = PdfDict.of({ Type: name('StructTreeRoot') });
  const rootRef = pdf.register(root);
  const document = PdfDict.of({ Type: name('StructElem'), S: name('Document'), P: rootRef });
  const documentRef = pdf.register(document);
  const refs = new Map<Element, PdfRef>();
  for (const element of pages.elements) if (element.marks.length > 0) refs.set(element, pdf.register(dictOf(element, documentRef)));
  document.set('K', PdfArray.of(...refs.values()));
  root.set('K', PdfArray.of(documentRef));
  const parents: PdfObject[] = [];
  for (const [index, { page, marked }] of pages.all.entries()) {
    page.dict.set('StructParents', PdfNumber.of(index));
    page.dict.set('Tabs', name('S'));
    parents.push(PdfNumber.of(index), PdfArray.of(...marked.flatMap((element) => refs.get(element) ?? [])));
  }
  root.set('ParentTree', pdf.register(PdfDict.of({ Nums: PdfArray.of(...parents) })));
  root.set('ParentTreeNextKey', PdfNumber.of(pages.all.length));
  const catalog = pdf.getCatalog();
  catalog.set('StructTreeRoot', rootRef);
  catalog.set('MarkInfo', PdfDict.of({ Marked: PdfBool.TRUE }));
}

function dictOf({ role, alt, marks }: Element, parent: PdfRef): PdfDict {
  const kids = marks.map(({ canvas, id }) => PdfDict.of({ Type: name('MCR'), Pg: canvas.page.ref, MCID: PdfNumber.of(id) }));
  const dict = PdfDict.of({ Type: name('StructElem'), S: name(role), P: parent, K: PdfArray.of(...kids) });
  if (alt !== null) dict.set('Alt', PdfString.fromString(alt));
  return dict;
}
