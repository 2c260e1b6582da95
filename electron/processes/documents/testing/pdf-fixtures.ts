/** An object of a PDF file: a dictionary, and bytes for a stream. */
type PdfObject = string | { readonly dictionary: string; readonly stream: string };

/** Writes the objects (numbered from 1; object 1 is the catalogue) with a right cross-reference table. */
export function pdfOf(objects: readonly PdfObject[], trailer = ''): Uint8Array {
  let file = '%PDF-1.7\n';
  const offsets = objects.map((object, index) => {
    const offset = file.length;
    const body =
      typeof object === 'string' ? object : `<<${object.dictionary} /Length ${object.stream.length}>>\nstream\n${object.stream}\nendstream`;
    file += `${index + 1} 0 obj\n${body}\nendobj\n`;
    return offset;
  });
  const start = file.length;
  const rows = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  file += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${rows}trailer\n<</Size ${objects.length + 1} /Root 1 0 R ${trailer}>>\nstartxref\n${start}\n%%EOF\n`;
  return Buffer.from(file, 'latin1');
}

const font = '<</Type /Font /Subtype /Type1 /BaseFont /Helvetica>>';

/** A page per text, each drawn as one line at (72, 700) in 12 point Helvetica on US Letter. */
export function textPdf(pages: readonly string[], trailer = ''): Uint8Array {
  const contents = pages.map((text) => `BT /F1 12 Tf 72 700 Td (${text.replace(/[()\\]/g, '\\$&')}) Tj ET`);
  return pdfWithContents(contents, [], trailer);
}

/** Pages with given content streams; `forms` are form XObjects /X0, /X1 … that every page and form may use. */
export function pdfWithContents(contents: readonly string[], forms: readonly string[], trailer = ''): Uint8Array {
  const firstForm = 4;
  const firstPage = firstForm + forms.length;
  const xObjects = forms.map((_, index) => `/X${index} ${firstForm + index} 0 R`).join(' ');
  const resources = `/Resources <</Font <</F1 3 0 R>> /XObject <<${xObjects}>>>>`;
  const kids = contents.map((_, index) => `${firstPage + 2 * index} 0 R`).join(' ');
  return pdfOf(
    [
      '<</Type /Catalog /Pages 2 0 R>>',
      `<</Type /Pages /Kids [${kids}] /Count ${contents.length}>>`,
      font,
      ...forms.map((stream) => ({ dictionary: `/Type /XObject /Subtype /Form /BBox [0 0 612 792] ${resources}`, stream })),
      ...contents.flatMap((stream, index): PdfObject[] => [
        `<</Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] ${resources} /Contents ${firstPage + 2 * index + 1} 0 R>>`,
        { dictionary: '', stream },
      ]),
    ],
    trailer,
  );
}

/** Protected by a password that nobody knows. */
export function encryptedPdf(): Uint8Array {
  const password = '0'.repeat(64);
  return textPdf(['secret'], `/ID [<00> <00>] /Encrypt <</Filter /Standard /V 1 /R 2 /Length 40 /P -4 /O <${password}> /U <${password}>>>`);
}

/** Page 2 of 3 draws a form that draws ten forms that draw ten forms … ten levels deep. */
export function endlessPdf(): Uint8Array {
  const levels = 10;
  const forms = Array.from({ length: levels }, (_, level) =>
    level === levels - 1 ? 'BT /F1 12 Tf 72 600 Td (again) Tj ET' : `/X${level + 1} Do `.repeat(10),
  );
  const line = (text: string) => `BT /F1 12 Tf 72 700 Td (${text}) Tj ET`;
  return pdfWithContents([line('before'), '/X0 Do', line('after')], forms);
}
