// Writes resources/samples: four documents with invented personal data, and samples.json that says what is in them.
// The same bytes come out every time; run it after a change of build/samples and commit the result.
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Image, PDFDocument, type SKRSContext2D } from '@napi-rs/canvas';
import { samples, type SampleContent } from './samples/content.ts';
import { drawSample, page } from './samples/draw.ts';
import { grayPng } from './samples/gray-png.ts';
import { scanOf } from './samples/scan.ts';

const folder = process.argv[2] ?? path.join(import.meta.dirname, '../resources/samples');

async function make(sample: SampleContent): Promise<Uint8Array> {
  if (sample.kind === 'image') {
    return grayPng(
      scanOf((context) => drawSample(context, sample), { dpi: 170, rotation: 1.3, shading: 0.35, noise: 9, border: 0.05, seed: 7 }),
    );
  }
  const pdf = new PDFDocument({ title: sample.title, producer: 'Redoubt', encodingQuality: 60 });
  // The library's types leave out that a PDF page is drawn on like a canvas.
  const context = pdf.beginPage(page.width, page.height) as unknown as SKRSContext2D;
  if (sample.reading === 'text') drawSample(context, sample);
  else {
    const scan = scanOf((target) => drawSample(target, sample), {
      dpi: 200,
      rotation: -0.35,
      shading: 0.08,
      noise: 6,
      border: 0,
      seed: 11,
    });
    const image = new Image();
    image.src = scan.toBuffer('image/jpeg', 60);
    await image.decode();
    context.drawImage(image, 0, 0, page.width, page.height);
  }
  pdf.endPage();
  return pdf.close();
}

mkdirSync(folder, { recursive: true });
for (const sample of samples) {
  const bytes = await make(sample);
  writeFileSync(path.join(folder, sample.file), bytes);
  console.log(`${sample.file}  ${Math.round(bytes.length / 1024)} kB`);
}
const listed = samples.map(({ file, kind, language, reading, identifiers, lines }) => ({
  file,
  kind,
  language,
  reading,
  identifiers,
  fields: Object.fromEntries(lines.flatMap(([, value, field]) => (field ? [[field, value]] : []))),
}));
writeFileSync(path.join(folder, 'samples.json'), `${JSON.stringify({ samples: listed }, null, 2)}\n`);
